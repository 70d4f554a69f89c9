// SPDX-License-Identifier: MIT
#include "web_driver.h"

#include <httplib.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

namespace infusionsoft::oauth_test {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

std::string Object(const std::vector<std::pair<std::string, std::string>>& members) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  for (const auto& [name, value] : members) {
    writer.Key(name.c_str());
    writer.String(value.c_str());
  }
  writer.EndObject();
  return buffer.GetString();
}

std::string Capabilities(const std::string& profile) {
  std::vector<std::string> arguments = {"--headless",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--disable-dev-shm-usage",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--disable-breakpad",
                                        "--no-proxy-server",
                                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                                        "--user-data-dir=" + profile};
  if (geteuid() == 0) arguments.emplace_back("--no-sandbox");  // Chromium's sandbox refuses to run as root
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartArray();
  for (const std::string& argument : arguments) writer.String(argument.c_str());
  writer.EndArray();
  const std::string program = FindProgram("chromium");
  const std::string patience = std::to_string(kPatience.count());
  return R"({"capabilities":{"alwaysMatch":{"timeouts":{"implicit":)" + patience + R"(},"goog:chromeOptions":{"binary":")" +
         program + R"(","args":)" + buffer.GetString() + "}}}}";
}

std::string ValueOf(const httplib::Result& answer, const std::string& path) {
  if (!answer) throw std::runtime_error("chromedriver: " + path + ": " + httplib::to_string(answer.error()));
  rapidjson::Document document;
  document.Parse(answer->body.c_str());
  if (answer->status != 200 || !document.IsObject() || !document.HasMember("value")) {
    throw std::runtime_error("chromedriver: " + path + ": " + answer->body);
  }
  const auto& value = document["value"];
  if (value.IsString()) return value.GetString();
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

// The one member of a JSON object that is named `name`, or its only one.
std::string MemberOf(const std::string& json, const char* name) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  if (document.IsObject()) {
    for (const auto& member : std::as_const(document).GetObject()) {
      if (member.value.IsString() && (name == nullptr || std::string_view(name) == member.name.GetString())) {
        return member.value.GetString();
      }
    }
  }
  throw std::runtime_error("chromedriver: unexpected answer: " + json);
}

Environment ThisEnvironment(const std::string& home) {
  return {{"PATH", Variable("PATH")}, {"HOME", home}, {"TMPDIR", home}, {"LC_ALL", "C.UTF-8"}};
}

std::vector<std::string> DriverCommand() {
  const std::string program = FindProgram("chromedriver");
  if (program.empty() || FindProgram("chromium").empty())
    throw std::runtime_error("chromium or chromedriver is not installed");
  return {program, "--port=0"};
}

}  // namespace

WebDriver::WebDriver() : driver_(DriverCommand(), ThisEnvironment(profile_.Path())) {
  try {
    StartSession();
  } catch (...) {
    KillOrphans();
    throw;
  }
}

WebDriver::~WebDriver() {
  try {
    Call("DELETE", "", "");
  } catch (const std::exception&) {
    // Then it is killed.
  }
  KillOrphans();
}

void WebDriver::StartSession() {
  AdoptOrphans();
  const std::string started = "started successfully on port ";
  if (!driver_.AwaitOutput(started) || !driver_.AwaitOutput(".\n")) {
    throw std::runtime_error("chromedriver did not start: " + driver_.out());
  }
  port_ = std::stoi(driver_.out().substr(driver_.out().find(started) + started.size()));
  session_ = "/session";
  session_ += "/" + MemberOf(Call("POST", "", Capabilities(profile_.Path("profile"))), "sessionId");
}

std::string WebDriver::Call(const std::string& method, const std::string& path, const std::string& body) {
  httplib::Client client("127.0.0.1", port_);
  client.set_connection_timeout(kPatience);
  client.set_read_timeout(kPatience);
  const std::string target = session_ + path;
  if (method == "GET") return ValueOf(client.Get(target.c_str()), target);
  if (method == "DELETE") return ValueOf(client.Delete(target.c_str()), target);
  return ValueOf(client.Post(target.c_str(), body, "application/json"), target);
}

void WebDriver::Open(const std::string& url) { Call("POST", "/url", Object({{"url", url}})); }

std::string WebDriver::Find(const std::string& selector) {
  const std::string what = Object({{"using", "css selector"}, {"value", selector}});
  return "/element/" + MemberOf(Call("POST", "/element", what), nullptr);
}

void WebDriver::Click(const std::string& selector) { Call("POST", Find(selector) + "/click", "{}"); }

void WebDriver::Type(const std::string& selector, const std::string& text) {
  Call("POST", Find(selector) + "/value", Object({{"text", text}}));
}

std::string WebDriver::Address() { return Call("GET", "/url", ""); }

std::string WebDriver::Text() { return Call("GET", Find("body") + "/text", ""); }

}  // namespace infusionsoft::oauth_test
