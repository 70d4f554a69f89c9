// SPDX-License-Identifier: MIT
#include "test_client.h"

#include <httplib.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <catch2/catch.hpp>

#include "encoding.h"

namespace infusionsoft::sandbox {
namespace {

constexpr int kMostPages = 5000;

Answer FromResult(const httplib::Result& result) {
  Answer answer;
  if (!result) return answer;
  answer.status = result->status;
  answer.body = result->body;
  answer.headers.insert(result->headers.begin(), result->headers.end());
  answer.json.Parse(answer.body.data(), answer.body.size());
  return answer;
}

httplib::Headers ToHeaders(const std::multimap<std::string, std::string>& headers) {
  return {headers.begin(), headers.end()};
}

// A client may meet a token that is a URL.
std::string PlainToken(const std::string& token) {
  const std::string mark = "page_token=";
  const size_t at = token.find(mark);
  return at == std::string::npos ? PercentEncode(token) : token.substr(at + mark.size());
}

// The array of an answer: a member of it, or all of it.
const rapidjson::Value* ItemsOf(const rapidjson::Value& answer) {
  if (!answer.IsObject()) return answer.IsArray() ? &answer : nullptr;
  for (const auto& member : answer.GetObject()) {
    if (member.value.IsArray()) return &member.value;
  }
  return nullptr;
}

}  // namespace

std::string Answer::Header(const std::string& name) const {
  for (const auto& [key, value] : headers) {
    if (key.size() == name.size() && std::equal(key.begin(), key.end(), name.begin(),
                                                [](char a, char b) { return std::tolower(a) == std::tolower(b); })) {
      return value;
    }
  }
  return {};
}

TestClient::TestClient(const Sandbox& sandbox, std::string token)
    : client_(std::make_unique<httplib::Client>(sandbox.url())), token_(std::move(token)) {
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);
  client_->set_url_encode(false);
  client_->set_read_timeout(60);
}

TestClient::~TestClient() = default;

Answer TestClient::Get(const std::string& path) {
  return FromResult(client_->Get("/crm/rest" + path, httplib::Headers{{"Authorization", "Bearer " + token_}}));
}

Answer TestClient::GetAbsolute(const std::string& path, const std::multimap<std::string, std::string>& headers) {
  return FromResult(client_->Get(path, ToHeaders(headers)));
}

Answer TestClient::Post(const std::string& path, const std::string& form,
                        const std::multimap<std::string, std::string>& headers, const std::string& content_type) {
  return FromResult(client_->Post(path, ToHeaders(headers), form, content_type));
}

std::vector<std::string> TestClient::Rows(const std::string& path, const std::string& query) {
  std::vector<std::string> rows;
  std::string token;
  for (pages_ = 1; pages_ <= kMostPages; ++pages_) {
    std::string full = path;
    if (!query.empty()) full += "?" + query;
    if (!token.empty()) full += (query.empty() ? "?page_token=" : "&page_token=") + token;
    const Answer answer = Get(full);
    INFO(full);
    INFO(answer.body.substr(0, 300));
    REQUIRE(answer.status == 200);
    const rapidjson::Value* const items = ItemsOf(answer.json);
    REQUIRE(items != nullptr);
    for (const rapidjson::Value& row : items->GetArray()) rows.push_back(Write(row));
    if (answer.json.IsArray()) return rows;
    token = TextOf(answer.json, "next_page_token");
    if (token.empty()) return rows;
    token = PlainToken(token);
  }
  FAIL("the list does not end");
  return rows;
}

std::string FilterQuery(const std::string& filter) { return "filter=" + PercentEncode(filter); }

rapidjson::Document Parse(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string Write(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string TextOf(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

std::vector<std::string> Ids(const std::vector<std::string>& rows) {
  std::vector<std::string> ids;
  for (const std::string& row : rows) ids.push_back(TextOf(Parse(row), "id"));
  return ids;
}

}  // namespace infusionsoft::sandbox
