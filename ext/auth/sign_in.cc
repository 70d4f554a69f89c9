// SPDX-License-Identifier: MIT
#include "auth/sign_in.h"

#include <utility>

#include "auth/callback_listener.h"
#include "auth/crypto.h"
#include "auth/scrub.h"
#include "base/text.h"
#include "http/url.h"

namespace infusionsoft {

Status SignInThroughBrowser(const ConnectionOptions& options, const OAuthClient& client, Browser& browser, Clock& clock,
                            const Cancellation& cancellation, const std::function<Status(TokenSet)>& keep) {
  auto listener = CallbackListener::Open(options.callback_url);
  if (!listener) return std::move(listener).status();
  const auto attempt = BeginSignIn(options, clock.Now());
  if (!attempt) return attempt.status();
  if (Status opened = browser.Open(client.AuthorizeUrl(listener->redirect_uri(), *attempt)); !opened.ok()) {
    // Not kUnavailable: trying again would find no browser either.
    return Status(StatusCode::kUnauthenticated, opened.message());
  }
  const auto code = listener->WaitForCode(attempt->state, clock, cancellation);
  if (!code) return code.status();
  TokenAnswer answer = client.ExchangeCode(*code, listener->redirect_uri(), attempt->verifier, cancellation);
  const Status outcome = answer.status.ok() ? keep(std::move(answer.tokens)) : answer.status;
  listener->Finish(outcome);
  return outcome;
}

Result<Secret> CodeFrom(const Secret& brought, const std::string& state) {
  const std::string_view text = Trim(brought.Reveal());
  if (text.empty()) return InvalidArgument("the code of the sign-in is empty");
  if (text.find("://") == std::string_view::npos) return Secret(text);
  const auto url = http::ParseUrl(text);
  const auto params = url ? http::ParseQuery(url->query) : Result<http::QueryParams>(url.status());
  if (!params) return InvalidArgument("the address that the sign-in led to is damaged; give its code alone");
  const std::string_view returned = http::FindParam(*params, "state");
  if (!state.empty() && !returned.empty() && !ConstantTimeEquals(returned, state)) {
    return Status(
        StatusCode::kUnauthenticated,
        "the address belongs to another sign-in (its state differs); begin again with infusionsoft_authorize_url()");
  }
  if (const std::string_view error = http::FindParam(*params, "error"); !error.empty()) {
    return Status(StatusCode::kUnauthenticated, "the sign-in was refused: " + Excerpt(error, 160));
  }
  const std::string_view code = http::FindParam(*params, "code");
  if (code.empty()) return InvalidArgument("the address that the sign-in led to has no code");
  return Secret(code);
}

}  // namespace infusionsoft
