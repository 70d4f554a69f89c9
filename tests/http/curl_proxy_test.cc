// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <mutex>
#include <optional>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

// Sets an environment variable for the length of a test.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name_, value.c_str(), 1);
  }
  ~ScopedVariable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST_CASE("Proxy: the environment's proxy gets the request", "[http]") {
  RawServer proxy([](RawConnection& connection) { connection.SendResponse("200 OK", connection.ReadRequest()); });
  const ScopedVariable http_proxy("http_proxy", proxy.Url(""));
  const ScopedVariable no_proxy("no_proxy", "");
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get("http://behind.invalid/x"), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body.starts_with("GET http://behind.invalid/x HTTP/1.1\r\n"));
}

TEST_CASE("Proxy: the environment is that of when the transport was made", "[http]") {
  RawServer proxy([](RawConnection& connection) { connection.SendResponse("200 OK", connection.ReadRequest()); });
  const ScopedVariable no_proxy("no_proxy", "");
  std::unique_ptr<HttpTransport> transport;
  {
    const ScopedVariable http_proxy("http_proxy", proxy.Url(""));
    transport = MakeCurlTransport(HangGuardOptions());
  }
  const ScopedVariable http_proxy("http_proxy", "");
  const auto response = transport->Send(Get("http://behind.invalid/x"), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body.starts_with("GET http://behind.invalid/x HTTP/1.1\r\n"));
}

TEST_CASE("Proxy: this machine is asked directly, whatever the environment says", "[http]") {
  RawServer proxy([](RawConnection& connection) { connection.SendResponse("200 OK", "proxy"); });
  RawServer direct([](RawConnection& connection) { connection.SendResponse("200 OK", "direct"); });
  const ScopedVariable http_proxy("http_proxy", proxy.Url(""));
  const ScopedVariable no_proxy("no_proxy", "");
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(direct.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body == "direct");
}

TransportOptions Through(const RawServer& proxy) {
  TransportOptions options = HangGuardOptions();
  options.proxy.server = "127.0.0.1";
  options.proxy.port = proxy.port();
  return options;
}

TEST_CASE("Proxy: one that is named gets the request and its password", "[http]") {
  RawServer proxy([](RawConnection& connection) { connection.SendResponse("200 OK", connection.ReadRequest()); });
  TransportOptions options = Through(proxy);
  options.proxy.user = "me";
  options.proxy.password = Secret("pw");
  const auto response = MakeCurlTransport(options)->Send(Get("http://behind.invalid/x"), Cancellation());
  REQUIRE(response.ok());
  CHECK(Contains(response->body, "Proxy-Authorization: Basic bWU6cHc=\r\n"));
  options.proxy.auth = ProxyAuth::kNone;
  const auto silent = MakeCurlTransport(options)->Send(Get("http://behind.invalid/x"), Cancellation());
  REQUIRE(silent.ok());
  CHECK_FALSE(Contains(silent->body, "Proxy-Authorization"));
}

TEST_CASE("Proxy: NEGOTIATE never sends the password, whatever else the proxy takes", "[http]") {
  std::mutex mutex;
  std::string seen;
  RawServer proxy([&](RawConnection& connection) {
    for (std::string request = connection.ReadRequest(); !request.empty(); request = connection.ReadRequest()) {
      {
        const std::lock_guard lock(mutex);
        seen += request;
      }
      connection.Send(
          "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
          "Content-Length: 0\r\n\r\n");
    }
  });
  TransportOptions options = Through(proxy);
  options.proxy.user = "me";
  options.proxy.password = Secret("pw");
  options.proxy.auth = ProxyAuth::kNegotiate;
  CHECK_FALSE(MakeCurlTransport(options)->Send(Get("http://behind.invalid/x"), Cancellation()).ok());
  const std::lock_guard lock(mutex);
  CHECK(Contains(seen, "GET http://behind.invalid/x"));
  CHECK_FALSE(Contains(seen, "Basic"));
}

TEST_CASE("Proxy: one that is not HTTP is named", "[http]") {
  RawServer proxy([](RawConnection& connection) {
    connection.ReadRequest();
    connection.Send("220 mail.example.com ESMTP\r\n");
  });
  const Status status = MakeCurlTransport(Through(proxy))->Send(Get("https://behind.invalid/"), Cancellation()).status();
  CHECK(status.code() == StatusCode::kUnreachable);
  CHECK(Contains(status.message(),
                 "the proxy 127.0.0.1:" + std::to_string(proxy.port()) + " does not answer as an HTTP proxy"));
  CHECK(Contains(status.message(), "ProxyServer, ProxyPort"));
}

TEST_CASE("Proxy: one that is not there is named", "[http]") {
  TransportOptions options = HangGuardOptions();
  options.proxy.server = "no-such-proxy.invalid";
  const Status unknown = MakeCurlTransport(options)->Send(Get("https://behind.invalid/"), Cancellation()).status();
  CHECK(unknown.code() == StatusCode::kUnreachable);
  CHECK(Contains(unknown.message(), "the host name of the proxy no-such-proxy.invalid:80 is not known"));
  options.proxy.server = "127.0.0.1";
  options.proxy.port = RawServer([](RawConnection&) {}).port();
  const Status refused = MakeCurlTransport(options)->Send(Get("https://behind.invalid/"), Cancellation()).status();
  CHECK(refused.code() == StatusCode::kUnavailable);
  CHECK(Contains(refused.message(), "could not connect to the proxy 127.0.0.1:" + std::to_string(options.proxy.port)));
}

TEST_CASE("Proxy: one that refuses the tunnel is named as the cause and never sees the secret", "[http]") {
  std::string seen;
  Status status;
  {
    RawServer proxy([&](RawConnection& connection) {
      seen = connection.ReadRequest();
      connection.SendResponse("407 Proxy Authentication Required", "");
    });
    const ScopedVariable https_proxy("https_proxy", proxy.Url(""));
    const ScopedVariable no_proxy("no_proxy", "");
    HttpRequest request = Get("https://behind.invalid/x?y");
    request.secret_header_name = "Authorization";
    request.secret_header_value = Secret("Bearer abc");
    status = MakeCurlTransport(HangGuardOptions())->Send(request, Cancellation()).status();
  }
  CHECK(seen.starts_with("CONNECT behind.invalid:443 "));
  CHECK_FALSE(Contains(seen, "Bearer"));
  CHECK(status.code() == StatusCode::kUnreachable);
  CHECK(Contains(status.message(), "wants a user and password (status 407)"));
  CHECK(Contains(status.message(), "https_proxy"));
}

}  // namespace
}  // namespace infusionsoft::http
