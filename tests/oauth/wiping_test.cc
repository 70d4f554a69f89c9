// SPDX-License-Identifier: MIT
// No block of memory goes back to the heap with a secret in it, while tokens are fetched, stored, read and used. What the
// kernel, the stack, SQLite (the text of a statement) and libcurl (what it sent and received) hold is beyond reach.
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "auth/browser.h"
#include "auth/connection_options.h"
#include "auth/credentials.h"
#include "auth/temp_dir.h"
#include "auth/token_store.h"
#include "base/clock.h"
#include "freed_memory.h"
#include "http/transport.h"

namespace infusionsoft::oauth_test {
namespace {

// Every secret of this test begins so; also as base64 of the id and the secret, and as a form spells it.
constexpr std::array<const char*, 3> kNeedles = {"NEEDLE+", "TkVFRExF", "NEEDLE%2B"};

// A token endpoint that keeps nothing of what it is sent.
class TokenEndpoint : public http::HttpTransport {
 public:
  Result<http::HttpResponse> Send(const http::HttpRequest& request, const Cancellation&) override {
    seen_secrets = request.body.find("NEEDLE%2B") != std::string::npos;
    http::HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", "application/json"}};
    response.body =
        R"({"access_token":"NEEDLE+access-token-that-is-long","refresh_token":"NEEDLE+refresh-token-that-is-long","expires_in":86400})";
    return response;
  }
  int status = 200;
  bool seen_secrets = false;
};

ConnectionOptions Options(const std::string& token_key) {
  ConnectionOptions options;
  options.initiate_oauth = InitiateOAuth::kRefresh;
  options.oauth_client_id = "id";  // with the colon three bytes: base64 of what follows stands by itself
  options.oauth_client_secret = Secret("NEEDLE+client-secret-that-is-long");
  options.oauth_refresh_token = Secret("NEEDLE+first-refresh-token-that-is-long");
  options.token_key = Secret(token_key);
  return options;
}

TEST_CASE("FreedMemoryWatch: finds what is not wiped", "[oauth]") {
  const FreedMemoryWatch watch(kNeedles);
  std::make_unique<std::string>("NEEDLE+a text that is too long to stand in the object itself");
  CHECK(watch.finds() == 1);
}

TEST_CASE("Secrets: no freed memory holds one", "[oauth]") {
  const std::string token_key = GENERATE(as<std::string>(), "", "NEEDLE+token-key-that-is-long");
  const TempDir dir;
  const std::string path = dir.Path("t.json");
  const ConnectionOptions options = Options(token_key);
  const Secret code("NEEDLE+code-that-is-long-enough");
  TokenEndpoint endpoint;
  bool all_ok = true;
  size_t blocks = 0;
  size_t finds = 0;
  {
    const FreedMemoryWatch watch(kNeedles);
    const auto make = [&] {
      return Credentials(options, endpoint, *OpenTokenStore(path, "id", SystemClock(), options.token_key), SystemClock(),
                         SystemBrowser());
    };
    {
      Credentials refreshes = make();
      const auto token = refreshes.AccessToken(Cancellation());
      all_ok = all_ok && token.ok() && endpoint.seen_secrets;
    }
    {
      Credentials reads = make();
      const auto token = reads.AccessToken(Cancellation());
      all_ok = all_ok && token.ok() && reads.ExchangeCode(code, Cancellation()).ok();
    }
    endpoint.status = 500;
    {
      Credentials fails = make();
      all_ok = all_ok && fails.AccessToken(Cancellation()).ok();
      all_ok = all_ok && !fails.ExchangeCode(code, Cancellation()).ok();
    }
    blocks = watch.blocks();
    finds = watch.finds();
  }
  CHECK(all_ok);
  CHECK(blocks > 100);
  CHECK(finds == 0);
}

}  // namespace
}  // namespace infusionsoft::oauth_test
