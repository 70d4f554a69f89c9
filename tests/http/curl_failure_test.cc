// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What no message may show: it stands in the query, in a header and in the body of every request here.
constexpr std::string_view kHidden = "hunter2";

Status FailureOf(const std::string& url_without_query, const TransportOptions& options) {
  HttpRequest request = Get(url_without_query + "?token=" + std::string(kHidden));
  request.headers = {{"X-Key", std::string(kHidden)}};
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret(kHidden);
  const auto response = MakeCurlTransport(options)->Send(request, Cancellation());
  REQUIRE_FALSE(response.ok());
  CHECK_FALSE(Contains(response.status().message(), kHidden));
  CHECK_FALSE(Contains(response.status().message(), "/path"));
  return response.status();
}

Status FailureOfScript(const RawServer::Script& script, TransportOptions options = HangGuardOptions()) {
  RawServer server(script);
  Status status = FailureOf(server.Url("/path"), options);
  CHECK(Contains(status.message(), "127.0.0.1:" + std::to_string(server.port())));
  return status;
}

void NeverAnswer(RawConnection& connection) {
  connection.ReadRequest();
  connection.ReadRequest();  // returns when the client hangs up
}

TEST_CASE("CurlTransport: a refused connection is said to be one", "[http]") {
  uint16_t free_port = 0;
  {
    free_port = RawServer([](RawConnection&) {}).port();
  }
  const Status status = FailureOf("http://127.0.0.1:" + std::to_string(free_port) + "/path", HangGuardOptions());
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "could not connect to 127.0.0.1:" + std::to_string(free_port) + " (Connection refused)"));
  CHECK(Contains(status.message(), "URL property"));
}

TEST_CASE("CurlTransport: a host name that does not resolve is said to be unknown", "[http]") {
  // RFC 6761: names under .invalid never resolve.
  const Status status = FailureOf("http://no-such-host.invalid/path", HangGuardOptions());
  CHECK(status.code() == StatusCode::kUnreachable);
  CHECK(Contains(status.message(), "host name of no-such-host.invalid:80 is not known"));
}

TEST_CASE("CurlTransport: headers that never end run into the time-out", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.timeout = milliseconds(300);
  const Status status = FailureOfScript(
      [](RawConnection& connection) {
        connection.ReadRequest();
        connection.Send("HTTP/1.1 200 OK\r\nX-Slow: ");
        connection.ReadRequest();
      },
      options);
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "within 0.3 s"));
  CHECK(Contains(status.message(), "Timeout property"));
}

TEST_CASE("CurlTransport: a body that never ends runs into the time-out", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.timeout = milliseconds(300);
  const Status status = FailureOfScript(
      [](RawConnection& connection) {
        connection.ReadRequest();
        connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
        connection.ReadRequest();
      },
      options);
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "Timeout property"));
}

TEST_CASE("CurlTransport: a body shorter than announced is a failure, never a short answer", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
  });
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "ended its answer early"));
}

TEST_CASE("CurlTransport: a chunked body without its end is a failure", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2]\r\n");
  });
  CHECK(status.code() == StatusCode::kUnavailable);
}

TEST_CASE("CurlTransport: a reset in the middle of the body is a failure", "[http]") {
  for (std::string_view head :
       {"Content-Length: 10\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2]\r\n", "\r\n[1,2]"}) {
    const Status status = FailureOfScript([&](RawConnection& connection) {
      connection.ReadRequest();
      connection.Send("HTTP/1.1 200 OK\r\n" + std::string(head));
      connection.ResetAtEnd();
    });
    CHECK(status.code() == StatusCode::kUnavailable);
  }
}

TEST_CASE("CurlTransport: a connection closed without an answer is a failure", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) { connection.ReadRequest(); });
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "without an answer"));
}

TEST_CASE("CurlTransport: what is not HTTP is a bad response", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("220 mail.example.com ESMTP\r\n");
  });
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(Contains(status.message(), "does not answer in HTTP"));
}

TEST_CASE("CurlTransport: damaged compression is a bad response", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot gzip at all");
  });
  CHECK(status.code() == StatusCode::kBadResponse);
}

TEST_CASE("CurlTransport: a body of exactly the cap is accepted, one byte more is not", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.max_response_bytes = 1000;
  RawServer server([](RawConnection& connection) {
    const bool fits = connection.ReadRequest().starts_with("GET /fits");
    connection.Send("HTTP/1.1 200 OK\r\n\r\n" + std::string(fits ? 1000 : 1001, 'x'));
  });
  const auto fits = MakeCurlTransport(options)->Send(Get(server.Url("/fits")), Cancellation());
  REQUIRE(fits.ok());
  CHECK(fits->body.size() == 1000);
  const Status status = FailureOf(server.Url("/path"), options);
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(Contains(status.message(), "1000 bytes"));
}

TEST_CASE("CurlTransport: a request may have bounds of its own, which hold instead", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.max_response_bytes = 10;
  options.timeout = milliseconds(1);
  RawServer server([](RawConnection& connection) {
    const bool fits = connection.ReadRequest().starts_with("GET /fits");
    connection.Send("HTTP/1.1 200 OK\r\n\r\n" + std::string(fits ? 1000 : 1001, 'x'));
  });
  HttpRequest request = Get(server.Url("/fits"));
  request.max_response_bytes = 1000;
  request.timeout = HangGuardOptions().timeout;
  const auto fits = MakeCurlTransport(options)->Send(request, Cancellation());
  REQUIRE(fits.ok());
  CHECK(fits->body.size() == 1000);
  request.url = server.Url("/path");
  const Status status = MakeCurlTransport(options)->Send(request, Cancellation()).status();
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message().ends_with("is larger than the limit of 1000 bytes"));  // not a property's
}

TEST_CASE("CurlTransport: a body without end is cut at the cap", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.max_response_bytes = size_t{4} << 20;
  const Status status = FailureOfScript(
      [](RawConnection& connection) {
        connection.ReadRequest();
        connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n");
        const std::string block(1 << 16, 'x');
        while (connection.Send(block)) continue;
      },
      options);
  CHECK(status.code() == StatusCode::kBadResponse);
}

TEST_CASE("CurlTransport: headers without end are cut", "[http]") {
  const Status status = FailureOfScript([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\n");
    const std::string header = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    while (connection.Send(header)) continue;
  });
  CHECK((status.code() == StatusCode::kBadResponse || status.code() == StatusCode::kUnavailable));
}

// Turns true once the server has the request in hand.
struct Interrupt {
  std::atomic<bool> requested{false};
  Cancellation cancellation() {
    return Cancellation([](void* context) { return static_cast<Interrupt*>(context)->requested.load(); }, this);
  }
};

TEST_CASE("CurlTransport: a cancellation ends a call to a server that never answers", "[http]") {
  Interrupt interrupt;
  steady_clock::time_point asked;
  RawServer server([&](RawConnection& connection) {
    connection.ReadRequest();
    asked = steady_clock::now();
    interrupt.requested = true;
    connection.ReadRequest();
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), interrupt.cancellation());
  const auto took = steady_clock::now() - asked;
  CHECK(response.status().code() == StatusCode::kInterrupted);
  CHECK(took < milliseconds(2000));
}

TEST_CASE("CurlTransport: a cancellation ends a body that keeps coming", "[http]") {
  Interrupt interrupt;
  RawServer server([&](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n");
    interrupt.requested = true;
    while (connection.Send("x")) continue;
  });
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), interrupt.cancellation());
  CHECK(response.status().code() == StatusCode::kInterrupted);
}

TEST_CASE("CurlTransport: a call that is cancelled before it starts sends nothing", "[http]") {
  RawServer server(NeverAnswer);
  Interrupt interrupt;
  interrupt.requested = true;
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(server.Url("/")), interrupt.cancellation());
  CHECK(response.status().code() == StatusCode::kInterrupted);
  CHECK(server.connections() == 0);
}

TEST_CASE("CurlTransport: a call after a failed one is a fresh one", "[http]") {
  std::atomic<int> calls{0};
  RawServer server([&](RawConnection& connection) {
    while (!connection.ReadRequest().empty()) {
      if (++calls == 1) {
        connection.Send("HTTP/1.1 200 OK\r\nX-Stale: 1\r\nContent-Length: 10\r\n\r\nstale");
        return;
      }
      connection.SendResponse("200 OK", "fresh");
    }
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  REQUIRE_FALSE(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  const auto response = transport->Send(Get(server.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body == "fresh");
  CHECK(response->Header("x-stale").empty());
}

}  // namespace
}  // namespace infusionsoft::http
