// SPDX-License-Identifier: MIT
// Refreshes until it is killed: oauth-refresher CONNECTION_STRING. A dot for each refresh that is through.
#include <unistd.h>

#include <cstdio>

#include "auth/browser.h"
#include "auth/connection_options.h"
#include "auth/credentials.h"
#include "auth/token_store.h"
#include "base/clock.h"
#include "http/transport.h"

namespace infusionsoft::oauth_test {
namespace {

int Refresh(const char* connection) {
  const auto options = ParseConnectionString(connection);
  if (!options) return 1;
  auto store = OpenTokenStore(options->oauth_settings_location, options->oauth_client_id, SystemClock(), options->token_key);
  if (!store) return 1;
  const auto transport = http::MakeCurlTransport({});
  Credentials credentials(*options, *transport, *std::move(store), SystemClock(), SystemBrowser());
  auto token = credentials.AccessToken(Cancellation());
  while (token) {
    token = credentials.ReplaceRejected(Secret(*token), Cancellation());
    if (token && write(STDOUT_FILENO, ".", 1) != 1) return 1;
  }
  std::fprintf(stderr, "%s\n", token.status().message().c_str());
  return 1;
}

}  // namespace
}  // namespace infusionsoft::oauth_test

int main(int argc, char** argv) { return argc == 2 ? infusionsoft::oauth_test::Refresh(argv[1]) : 2; }
