// SPDX-License-Identifier: MIT
#include "auth/sign_in.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "auth/callback_listener.h"
#include "auth/crypto.h"
#include "auth/oauth_error.h"
#include "auth/scrub.h"
#include "base/text.h"
#include "http/url.h"

namespace infusionsoft {

namespace {

// Quotes and brackets that were copied along.
std::string_view WithoutWrapping(std::string_view text) {
  constexpr std::array<std::string_view, 4> kPairs{"\"\"", "''", "<>", "()"};
  text = Trim(text);
  while (text.size() >= 2 && std::ranges::any_of(kPairs, [&](std::string_view pair) {
           return text.front() == pair.front() && text.back() == pair.back();
         })) {
    text = Trim(text.substr(1, text.size() - 2));
  }
  return text;
}

bool HasAnswerParameter(std::string_view query) {
  constexpr std::array<std::string_view, 3> kNames{"code", "state", "error"};
  return std::ranges::any_of(Split(query, '&'), [&](std::string_view part) {
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) return false;
    return std::ranges::any_of(kNames, [&](auto name) { return EqualsIgnoreCase(part.substr(0, equals), name); });
  });
}

// https://app.example/back, app.example/back, localhost:33333/.
bool IsAddress(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return true;
  const size_t slash = text.find('/');
  return slash != std::string_view::npos && text.substr(0, slash).find_first_of(".:") != std::string_view::npos;
}

// The query of an address, with or without what stands before it; nothing where `text` is a code. A code may have any
// printable character (RFC 6749, appendix A.11), so what tells them apart are the names of the answer's parameters.
std::optional<std::string_view> QueryOf(std::string_view text) {
  const size_t hash = text.find('#');
  const std::string_view before = text.substr(0, hash);
  const size_t question = before.find('?');
  const std::string_view query = question == std::string_view::npos ? before : before.substr(question + 1);
  if (HasAnswerParameter(query)) return query;
  const std::string_view fragment = hash == std::string_view::npos ? "" : text.substr(hash + 1);
  if (HasAnswerParameter(fragment)) return fragment;
  return IsAddress(text) ? std::optional(std::string_view()) : std::nullopt;
}

Result<Secret> CheckCode(std::string_view code) {
  if (code.empty()) return InvalidArgument("the address that the sign-in led to has no code");
  if (std::ranges::all_of(code, [](char c) { return c > ' ' && c < '\x7F'; })) return Secret(code);
  return InvalidArgument("this is neither a code nor an address with one; give the whole address that the sign-in led to");
}

}  // namespace

Status SignInThroughBrowser(const ConnectionOptions& options, const OAuthClient& client, Browser& browser, Clock& clock,
                            const Cancellation& cancellation, const CodeExchange& exchange) {
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
  const Status outcome = exchange(*code, listener->redirect_uri(), attempt->verifier);
  listener->Finish(outcome);
  return outcome;
}

Result<Secret> CodeFrom(const Secret& brought, const std::string& state) {
  const std::string_view text = WithoutWrapping(brought.Reveal());
  if (text.empty()) return InvalidArgument("the code of the sign-in is empty");
  const std::optional<std::string_view> query = QueryOf(text);
  if (!query) return CheckCode(text);
  const auto params = http::ParseQuery(*query);
  if (!params) return InvalidArgument("the address that the sign-in led to is damaged; give its code alone");
  const std::string_view returned = http::FindParam(*params, "state");
  if (!state.empty() && !returned.empty() && !ConstantTimeEquals(returned, state)) {
    return Status(
        StatusCode::kUnauthenticated,
        "the address belongs to another sign-in (its state differs); begin again with infusionsoft_authorize_url()");
  }
  if (const std::string_view error = http::FindParam(*params, "error"); !error.empty()) {
    return Status(StatusCode::kUnauthenticated, SignInRefusal(error, http::FindParam(*params, "error_description")));
  }
  if (std::ranges::count(*params, "code", &http::QueryParams::value_type::first) > 1) {
    return InvalidArgument("the address that the sign-in led to has two codes; give the code alone");
  }
  return CheckCode(http::FindParam(*params, "code"));
}

}  // namespace infusionsoft
