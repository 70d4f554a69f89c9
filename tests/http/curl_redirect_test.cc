// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <mutex>
#include <vector>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

// Answers `/arrived...` with 200 and everything else with a redirect; records what came.
class RedirectServer {
 public:
  RedirectServer(std::string status_line, std::string location)
      : status_line_(std::move(status_line)),
        location_(std::move(location)),
        server_([this](RawConnection& c) { Serve(c); }) {}

  std::string Url(std::string_view path) const { return server_.Url(path); }
  void SetLocation(std::string location) {
    const std::lock_guard lock(mutex_);
    location_ = std::move(location);
  }
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void Serve(RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      const std::string location = Record(request);
      if (Contains(request.substr(0, request.find("\r\n")), "/arrived")) {
        connection.SendResponse("200 OK", "arrived");
      } else {
        connection.Send("HTTP/1.1 " + status_line_ + "\r\nLocation: " + location + "\r\nContent-Length: 5\r\n\r\nmoved");
      }
    }
  }

  std::string Record(const std::string& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    return location_;
  }

  const std::string status_line_;
  std::string location_;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  RawServer server_;  // last: its threads use the rest
};

HttpRequest WithSecret(HttpRequest request) {
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret("Bearer abc");
  return request;
}

TEST_CASE("Redirect: one that stays with scheme, host and port is followed with the secret", "[http]") {
  for (std::string status_line : {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
    RedirectServer server(status_line, "/arrived?x=1");
    const auto response =
        MakeCurlTransport(HangGuardOptions())->Send(WithSecret(Get(server.Url("/a/b?secret"))), Cancellation());
    REQUIRE(response.ok());
    CHECK(response->status == 200);
    CHECK(response->body == "arrived");
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].starts_with("GET /arrived?x=1 "));
    CHECK(Contains(requests[1], "Authorization: Bearer abc"));
  }
}

TEST_CASE("Redirect: relative and absolute locations are resolved", "[http]") {
  for (std::string location : {"arrived", "../a/arrived", "ABSOLUTE"}) {
    RedirectServer server("302 Found", location);
    if (location == "ABSOLUTE") server.SetLocation(server.Url("/a/arrived"));
    const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/a/b")), Cancellation());
    REQUIRE(response.ok());
    CHECK(response->status == 200);
    CHECK(server.requests().back().starts_with("GET /a/arrived "));
  }
}

TEST_CASE("Redirect: one that leads to another host, port or scheme is returned and sends the secret nowhere", "[http]") {
  RedirectServer elsewhere("302 Found", "/");
  const std::string other_port = elsewhere.Url("/arrived");
  std::string other_host = other_port;
  other_host.replace(other_host.find("127.0.0.1"), 9, "localhost");
  const std::string with_user = "http://user@" + other_port.substr(7);
  const std::vector<std::string> locations{
      other_port,           other_host, "//" + other_port.substr(7), "https://127.0.0.1/arrived", with_user,
      "file:///etc/passwd", "http://[", "\\\\localhost\\arrived"};
  for (const std::string& location : locations) {
    CAPTURE(location);
    RedirectServer server("302 Found", location);
    const auto response = MakeCurlTransport(HangGuardOptions())->Send(WithSecret(Get(server.Url("/"))), Cancellation());
    REQUIRE(response.ok());
    CHECK(response->status == 302);
    CHECK(response->Header("location") == location);
    CHECK(response->body == "moved");
    CHECK(server.requests().size() == 1);
  }
  CHECK(elsewhere.requests().empty());
}

TEST_CASE("Redirect: a host that differs only in its name is another host, even on this machine and port", "[http]") {
  RedirectServer server("302 Found", "/");
  std::string location = server.Url("/arrived");
  location.replace(location.find("127.0.0.1"), 9, "localhost");
  server.SetLocation(location);
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(WithSecret(Get(server.Url("/"))), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 302);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("Redirect: five are followed, the sixth is returned", "[http]") {
  RedirectServer server("302 Found", "/again");
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 302);
  CHECK(server.requests().size() == 6);
}

TEST_CASE("Redirect: a write is never sent on", "[http]") {
  for (std::string status_line : {"301 Moved", "303 See Other", "307 Temporary"}) {
    RedirectServer server(status_line, "/arrived");
    const auto response = MakeCurlTransport(HangGuardOptions())->Send(Post(server.Url("/"), "{}"), Cancellation());
    REQUIRE(response.ok());
    CHECK(response->body == "moved");
    CHECK(server.requests().size() == 1);
  }
}

TEST_CASE("Redirect: a Location on a response that is no redirect is only a header", "[http]") {
  RedirectServer server("201 Created", "/arrived");
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 201);
  CHECK(server.requests().size() == 1);
}

}  // namespace
}  // namespace infusionsoft::http
