// SPDX-License-Identifier: MIT
#include "echo_server.h"

#include <cstdlib>

#include "json/document.h"

namespace infusionsoft::oauth_test {
namespace {

// Every member that some client might show to a person.
std::string ErrorJson(const std::string& text) {
  json::Writer writer;
  writer.BeginObject();
  for (const char* name : {"message", "error_description", "detail"}) {
    writer.Key(name);
    writer.String(text);
  }
  writer.Key("error");
  writer.String("invalid_request");
  writer.EndObject();
  return writer.Take();
}

}  // namespace

EchoServer::EchoServer() {
  const auto answer = [this](const httplib::Request& request, httplib::Response& response) { Answer(request, response); };
  server_.Get(".*", answer);
  server_.Post(".*", answer);
  server_.set_keep_alive_max_count(1);            // or kept connections would hold all of its threads
  port_ = server_.bind_to_any_port("127.0.0.1");  // connections wait from here on
  thread_ = std::thread([this] { server_.listen_after_bind(); });
}

EchoServer::~EchoServer() {
  server_.stop();
  thread_.join();
}

std::string EchoServer::Targets() const {
  std::lock_guard lock(mutex_);
  return targets_;
}

std::string EchoServer::Contents() const {
  std::lock_guard lock(mutex_);
  return contents_;
}

void EchoServer::Answer(const httplib::Request& request, httplib::Response& response) {
  std::string seen;
  for (const auto& [name, value] : request.headers) seen += value + " ";
  seen += request.body;
  {
    std::lock_guard lock(mutex_);
    targets_ += request.target + "\n";
    contents_ += seen + "\n";
  }
  const std::string kind = request.path.substr(1, request.path.find('/', 1) - 1);
  const int status = std::atoi(kind.c_str());
  response.status = status == 0 ? 200 : status;
  response.set_header("Retry-After", "100000");  // longer than any client waits
  if (kind == "html") return response.set_content("<p>" + seen + "</p>", "text/html");
  const std::string json = ErrorJson(seen);
  if (kind == "malformed") return response.set_content(json.substr(0, json.size() - 1), "application/json");
  if (kind == "foreign") return response.set_content("{\"tokens\":" + json + "}", "application/json");
  response.set_content(json, "application/json");
}

}  // namespace infusionsoft::oauth_test
