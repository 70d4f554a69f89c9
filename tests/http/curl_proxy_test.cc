// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
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

TEST_CASE("Proxy: no_proxy names the hosts that are asked directly", "[http]") {
  RawServer proxy([](RawConnection& connection) { connection.SendResponse("200 OK", "proxy"); });
  RawServer direct([](RawConnection& connection) { connection.SendResponse("200 OK", "direct"); });
  const ScopedVariable http_proxy("http_proxy", proxy.Url(""));
  const ScopedVariable no_proxy("no_proxy", "127.0.0.1");
  const auto response = MakeCurlTransport(HangGuardOptions())->Send(Get(direct.Url("/")), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->body == "direct");
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
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK(Contains(status.message(), "the proxy towards behind.invalid:443 refused with status 407"));
}

}  // namespace
}  // namespace infusionsoft::http
