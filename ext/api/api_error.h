// SPDX-License-Identifier: MIT
// What a response that is no answer means, and how that is said to people.
//
// Source: KEAP_FACTS section 3 (the shapes of error bodies, the codes of the gateway). Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft {

// The body of an error response.
struct ApiError {
  enum class Shape {
    kEmpty,
    kApplication,  // a JSON object of the API itself
    kGateway,      // {"fault": ...}: the gateway's, the API has not seen the request
    kForeign,      // anything else: HTML, plain text, JSON that is not an object
  };
  Shape shape = Shape::kEmpty;
  std::string words;       // the API's own; "" when it gives none
  std::string error_code;  // the gateway's, such as keymanagement.service.access_token_expired
};

// `secrets` are the tokens of this call: where the server repeats one, "***" stands instead.
ApiError ReadApiError(const http::HttpResponse& response, std::span<const Secret> secrets);

// Whether the body is JSON by its Content-Type, or looks like JSON where there is none.
bool IsJson(const http::HttpResponse& response);

// 200 with JSON: what was asked for.
bool IsAnswer(const http::HttpResponse& response);

// What to do about a response, or about the lack of one.
enum class Verdict {
  kAnswer,        // IsAnswer
  kMissing,       // the API's own 404: there is no such thing
  kTokenRefused,  // 401
  kThrottled,     // 429
  kServerFailed,  // 5xx (also 596, the gateway's), 408: trying later may help
  kRefused,       // anything else: trying again does not help
};
Verdict Judge(const http::HttpResponse& response, const ApiError& error);

// Why there is no answer, for people, in two parts, so that what is known elsewhere (the number of attempts, how to
// sign in) can be added or take the place of the advice.
struct Explanation {
  StatusCode code = StatusCode::kBadResponse;
  std::string what;    // GET /v2/contacts: 403, Forbidden
  std::string advice;  // what to do; may be empty

  // `note` stands at the end, in brackets.
  Status ToStatus(std::string_view note = "") const;
};

// What the message may say about the request: never the query, which may hold personal data.
struct RequestName {
  std::string_view path;
  std::string_view param_names;  // "filter, page_size"
};

// Requires a verdict other than kAnswer and kMissing. `used_up` is Quota::UsedUp.
//
// Codes: 401 kUnauthenticated, 403 kPermissionDenied, 429 kLimitExceeded, 5xx kUnavailable. Everything else, 400 too,
// is kBadResponse and not kInvalidArgument: the requests are made from the table's description, so a refusal shows that
// the description is wrong, and nothing that the user wrote.
Explanation Explain(const http::HttpResponse& response, const ApiError& error, const RequestName& request,
                    std::string_view used_up);

// Whether the 401 says that the application is disabled, which no new token changes.
bool IsApplicationDisabled(const ApiError& error);

// "GET <path>", with which every message about a request begins.
std::string RequestText(std::string_view path);

}  // namespace infusionsoft
