// SPDX-License-Identifier: MIT
#include "replies.h"

#include <string>

#include "encoding.h"
#include "row_writer.h"

namespace infusionsoft::sandbox {
namespace {

std::string_view StatusText(int status) {
  switch (status) {
    case 400:
      return "BAD_REQUEST";
    case 404:
      return "NOT_FOUND";
    case 405:
      return "METHOD_NOT_ALLOWED";
    default:
      return "INTERNAL_SERVER_ERROR";
  }
}

HttpReply JsonReply(int status, const rapidjson::StringBuffer& body) {
  HttpReply reply;
  reply.status = status;
  reply.body.assign(body.GetString(), body.GetSize());
  return reply;
}

}  // namespace

HttpReply ApiError(int status, std::string_view message, std::string_view resource) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  Member(writer, "code", int64_t{status});
  Member(writer, "message", message);
  Member(writer, "status", StatusText(status));
  WriteKey(writer, "details");
  writer.StartArray();
  writer.StartObject();
  Member(writer, "domain", "crm");
  Member(writer, "resource", resource);
  writer.EndObject();
  writer.EndArray();
  writer.EndObject();
  return JsonReply(status, buffer);
}

HttpReply ThrowableError(int status, std::string_view message) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, "cause");
  writer.Null();
  Member(writer, "localizedMessage", message);
  Member(writer, "message", message);
  WriteKey(writer, "stackTrace");
  writer.StartArray();
  writer.EndArray();
  WriteKey(writer, "suppressed");
  writer.StartArray();
  writer.EndArray();
  writer.EndObject();
  return JsonReply(status, buffer);
}

HttpReply GatewayFault(int status, std::string_view text, std::string_view code) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  WriteKey(writer, "fault");
  writer.StartObject();
  Member(writer, "faultstring", text);
  WriteKey(writer, "detail");
  writer.StartObject();
  Member(writer, "errorcode", code);
  writer.EndObject();
  writer.EndObject();
  writer.EndObject();
  return JsonReply(status, buffer);
}

HttpReply OauthError(int status, std::string_view error, std::string_view description) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  Member(writer, "error", error);
  Member(writer, "error_description", description);
  writer.EndObject();
  return JsonReply(status, buffer);
}

HttpReply QuotaExceeded() {
  HttpReply reply;
  reply.status = 429;
  reply.body = R"({"code":"429","message":"Quota Exceeded","status":"Request Throttled","details":null})";
  return reply;
}

HttpReply HtmlPage(int status, std::string_view title, std::string_view content) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "text/html; charset=utf-8";
  reply.body = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>";
  reply.body += HtmlEscape(title);
  reply.body += "</title></head>\n<body>\n<h1>";
  reply.body += HtmlEscape(title);
  reply.body += "</h1>\n";
  reply.body += content;
  reply.body += "\n</body>\n</html>\n";
  return reply;
}

HttpReply Redirect(std::string_view location) {
  HttpReply reply;
  reply.status = 302;
  reply.content_type = "text/plain";
  reply.headers.emplace_back("Location", std::string(location));
  return reply;
}

}  // namespace infusionsoft::sandbox
