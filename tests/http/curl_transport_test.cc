// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

using namespace std::string_view_literals;

// Answers every request with the request itself.
void Echo(RawConnection& connection) {
  for (std::string request; !(request = connection.ReadRequest()).empty();) connection.SendResponse("200 OK", request);
}

std::string Echoed(const HttpRequest& request) {
  RawServer server(Echo);
  HttpRequest here = request;
  here.url = server.Url(request.url);
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(here, Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 200);
  return response->body;
}

TEST_CASE("CurlTransport: sends method, path, query, headers and the secret header", "[http]") {
  HttpRequest request = Get("/v2/contacts?page_size=10&filter=a%3D%3Db");
  request.headers = {{"Accept", "application/json"}, {"X-Empty", ""}};
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret("Bearer abc");
  const std::string seen = Echoed(request);
  CHECK(seen.starts_with("GET /v2/contacts?page_size=10&filter=a%3D%3Db HTTP/1.1\r\n"));
  CHECK(Contains(seen, "\r\nAccept: application/json\r\n"));
  CHECK(Contains(seen, "\r\nX-Empty:\r\n"));
  CHECK(Contains(seen, "\r\nAuthorization: Bearer abc\r\n"));
  CHECK(Contains(seen, "\r\nUser-Agent: infusionsoft-test\r\n"));
  CHECK(Contains(seen, "gzip"));
}

TEST_CASE("CurlTransport: a body goes with every method that has one, and only with those", "[http]") {
  for (std::string method : {"POST", "PUT", "PATCH", "DELETE"}) {
    HttpRequest request = Post("/v2/contacts/1", "{\"a\":\"b\\u0000\"}");
    request.method = method;
    request.headers = {{"Content-Type", "application/json"}};
    const std::string seen = Echoed(request);
    CHECK(seen.starts_with(method + " /v2/contacts/1 HTTP/1.1\r\n"));
    CHECK(Contains(seen, "\r\nContent-Length: 15\r\n"));
    CHECK(Contains(seen, "\r\nContent-Type: application/json\r\n"));
    CHECK(seen.ends_with("\r\n\r\n{\"a\":\"b\\u0000\"}"));
  }
  const std::string empty_post = Echoed(Post("/", ""));
  CHECK(empty_post.starts_with("POST "));
  CHECK(Contains(empty_post, "\r\nContent-Length: 0\r\n"));
  HttpRequest bare_delete = Post("/", "");
  bare_delete.method = "DELETE";
  CHECK_FALSE(Contains(Echoed(bare_delete), "Content-Length"));
}

TEST_CASE("CurlTransport: adds no content type and no Expect of its own", "[http]") {
  const std::string seen = Echoed(Post("/", std::string(2 << 20, 'x')));
  CHECK_FALSE(Contains(seen, "Content-Type"));
  CHECK_FALSE(Contains(seen, "Expect"));
  CHECK(seen.size() > (2U << 20));
}

TEST_CASE("CurlTransport: an HTTP error is a response with its headers in lower case", "[http]") {
  RawServer server([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send(
        "HTTP/1.1 429 Too Many\r\nRetry-After:  7 \r\nX-Two: a\r\nX-TWO: b: c\r\nX-None:\r\nContent-Length: 4\r\n\r\nwait");
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 429);
  CHECK(response->body == "wait");
  CHECK(response->wire_bytes == 4);
  CHECK(response->Header("retry-after") == "7");
  CHECK(response->Header("x-two") == "a");
  CHECK(response->Header("x-none").empty());
  CHECK(response->Header("absent").empty());
  CHECK(response->headers.size() == 5);
}

TEST_CASE("CurlTransport: an interim response is not the response", "[http]") {
  RawServer server([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n");
    connection.SendResponse("201 Created", "made");
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 201);
  CHECK(response->Header("x-hint").empty());
  CHECK(response->body == "made");
}

TEST_CASE("CurlTransport: HEAD and 204 have no body and do not wait for one", "[http]") {
  RawServer server([](RawConnection& connection) {
    while (true) {
      const std::string request = connection.ReadRequest();
      if (request.empty()) return;
      connection.Send(request.starts_with("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
                                                  : "HTTP/1.1 204 No Content\r\n\r\n");
    }
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  HttpRequest request = Get(server.Url("/"));
  request.method = "HEAD";
  const auto head = transport->Send(request, Cancellation());
  REQUIRE(head.ok());
  CHECK(head->Header("content-length") == "99");
  CHECK(head->body.empty());
  request.method = "DELETE";
  const auto deleted = transport->Send(request, Cancellation());
  REQUIRE(deleted.ok());
  CHECK(deleted->status == 204);
}

TEST_CASE("CurlTransport: a compressed body arrives unpacked and is counted packed", "[http]") {
  // gzip.compress(b'a' * 1000, mtime=0) of Python
  constexpr std::string_view kPacked =
      "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\x4B\x4C\x1C\x05\xA3\x60\x14\x0C\x77\x00\x00\x03\xDA\x38\x9A\xE8\x03\x00\x00"sv;
  RawServer server([&](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(kPacked.size()) +
                    "\r\n\r\n");
    connection.Send(kPacked);
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body == std::string(1000, 'a'));
  CHECK(response->wire_bytes == static_cast<int64_t>(kPacked.size()));
}

TEST_CASE("CurlTransport: a body with NUL bytes and in chunks arrives whole", "[http]") {
  RawServer server([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\0b\r\n2\r\nc\0\r\n0\r\n\r\n"sv);
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body == "a\0bc\0"sv);
}

TEST_CASE("CurlTransport: calls after one another share a connection", "[http]") {
  RawServer server(Echo);
  const auto transport = MakeCurlTransport(HangGuardOptions());
  for (int i = 0; i < 5; ++i) REQUIRE(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  CHECK(server.connections() == 1);
}

TEST_CASE("CurlTransport: calls of several threads share no answer and few connections", "[http]") {
  constexpr int kThreads = 4;
  RawServer server(Echo);
  const auto transport = MakeCurlTransport(HangGuardOptions());
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int call = 0; call < 20; ++call) {
        const std::string path = "/" + std::to_string(thread) + "-" + std::to_string(call) + " ";
        const auto response = transport->Send(Get(server.Url(path.substr(0, path.size() - 1))), Cancellation());
        if (response.ok() && response->body.starts_with("GET " + path)) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == kThreads * 20);
  CHECK(server.connections() <= kThreads);
}

TEST_CASE("CurlTransport: a GET survives a kept connection that the server has closed", "[http]") {
  RawServer server([](RawConnection& connection) {
    connection.ReadRequest();
    connection.SendResponse("200 OK", "once");
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  for (int i = 0; i < 3; ++i) REQUIRE(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  CHECK(server.connections() == 3);
}

TEST_CASE("CurlTransport: a POST whose connection dies is not sent again", "[http]") {
  std::atomic<int> posts{0};
  RawServer server([&](RawConnection& connection) {
    while (true) {
      const std::string request = connection.ReadRequest();
      if (request.empty()) return;
      if (request.starts_with("POST")) {
        ++posts;
        return;  // read, perhaps carried out, and never answered
      }
      connection.SendResponse("200 OK", "");
    }
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  REQUIRE(transport->Send(Get(server.Url("/")), Cancellation()).ok());  // leaves a connection to reuse
  const auto response = transport->Send(Post(server.Url("/"), "{}"), Cancellation());
  CHECK(response.status().code() == StatusCode::kUnavailable);
  CHECK(posts == 1);
}

TEST_CASE("CurlTransport: nothing of one request leaks into the next", "[http]") {
  RawServer server(Echo);
  const auto transport = MakeCurlTransport(HangGuardOptions());
  HttpRequest first = Post(server.Url("/"), "body");
  first.method = "PUT";
  first.headers = {{"X-First", "1"}};
  first.secret_header_name = "Authorization";
  first.secret_header_value = Secret("Bearer abc");
  REQUIRE(transport->Send(first, Cancellation()).ok());
  const auto second = transport->Send(Get(server.Url("/second")), Cancellation());
  REQUIRE(second.ok());
  CHECK(second->body.starts_with("GET /second "));
  CHECK_FALSE(Contains(second->body, "X-First"));
  CHECK_FALSE(Contains(second->body, "Authorization"));
  CHECK_FALSE(Contains(second->body, "body"));
}

TEST_CASE("CurlTransport: a request that would smuggle a header is refused, without showing its value", "[http]") {
  RawServer server(Echo);
  const auto transport = MakeCurlTransport(HangGuardOptions());
  std::vector<HttpRequest> requests(6, Get(server.Url("/")));
  requests[0].headers = {{"X-A", "hunter2\r\nX-B: c"}};
  requests[1].headers = {{"X-A\r\nX-B", "hunter2"}};
  requests[2].headers = {{"", "hunter2"}};
  requests[3].secret_header_name = "Authorization";
  requests[3].secret_header_value = Secret("hunter2\nX-B: c");
  requests[4].method = "GET / HTTP/1.1\r\nX-B: hunter2\r\n";
  requests[5].url = server.Url("/ HTTP/1.1\r\nX-B: hunter2");
  for (const HttpRequest& request : requests) {
    const auto response = transport->Send(request, Cancellation());
    REQUIRE_FALSE(response.ok());
    CHECK(response.status().code() == StatusCode::kInvalidArgument);
    CHECK_FALSE(Contains(response.status().message(), "hunter2"));
  }
  CHECK(server.connections() == 0);
}

}  // namespace
}  // namespace infusionsoft::http
