// SPDX-License-Identifier: MIT
#include "api/api_error.h"

#include <utility>
#include <vector>

#include "auth/scrub.h"
#include "base/text.h"
#include "base/web_page.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;
using Shape = ApiError::Shape;

constexpr size_t kMaxWordsBytes = 500;       // of a text that the API wrote for people
constexpr size_t kMaxTextBytes = 200;        // of a body that nobody wrote for them
constexpr size_t kMaxErrorBytes = 64 << 10;  // a longer body is not an error text
constexpr size_t kMaxDetails = 3;

std::string_view TextOf(json::Value value) {
  return value.kind() == Kind::kString ? Trim(value.String()) : std::string_view();
}

std::string_view FirstText(json::Value root) {
  for (json::Value value : {root.Member("message"), root.Member("fault").Member("faultstring"),
                            root.Member("error_description"), root.Member("error")}) {
    if (const std::string_view text = TextOf(value); !text.empty()) return text;
  }
  return "";
}

// v2 names the places that it complains about: " (filter: email, order_by)".
std::string Details(json::Value details) {
  if (details.kind() != Kind::kArray) return "";
  std::vector<std::string> places;
  for (size_t i = 0; i < details.Size() && places.size() < kMaxDetails; ++i) {
    const std::string domain(TextOf(details.At(i).Member("domain")));
    const std::string resource(TextOf(details.At(i).Member("resource")));
    const std::string between = domain.empty() || resource.empty() ? "" : ": ";
    if (!domain.empty() || !resource.empty()) places.push_back(domain + between + resource);
  }
  return places.empty() ? "" : " (" + Join(places, ", ") + ")";
}

// Of a web page the title: what stands at its beginning are declarations and scripts.
std::string PageWords(const std::string& body) {
  if (!IsWebPage(body)) return body;
  const std::string words = WebPageWords(body);
  return words.empty() ? "a web page" : "a web page: \"" + words + "\"";
}

std::string ContentType(const http::HttpResponse& response) {
  return AsciiLower(Trim(Split(response.Header("content-type"), ';').front()));
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string AdviceFor401(const ApiError& error) {
  if (IsApplicationDisabled(error)) {
    return "the application (OAuthClientId) is disabled or not approved, so a new token will not help; see "
           "https://keys.developer.keap.com";
  }
  if (Contains(error.error_code, "access_token_expired"))
    return "the access token has expired; sign in again or give a new one";
  if (Contains(error.error_code, "invalid_access_token")) {
    return "the API does not know this access token: mistyped, revoked or replaced; sign in again or give a new one";
  }
  return "the API does not accept the access token; sign in again or give a new one";
}

std::string AdviceFor429(const ApiError& error, std::string_view used_up) {
  if (!used_up.empty()) return std::string(used_up) + " are used up; try later";
  if (Contains(error.error_code, "SpikeArrest")) {
    return "requests arrived faster than the limit per second; try later, with fewer statements at once";
  }
  return "a rate limit, the answer does not say which; other programs with the same key count too; try later";
}

std::string AdviceForRefusal(const http::HttpResponse& response, const RequestName& request) {
  const int status = response.status;
  if (status >= 200 && status < 300) {
    return response.body.empty()
               ? "an answer without a body; try again, and report it if it stays"
               : "that is not the API's answer: check the URL property, and whether a proxy or a sign-in "
                 "page stands in between";
  }
  if (status >= 300 && status < 400) return "the server redirects to another place: check the URL property";
  if (status == 404) {
    return "the server does not know this address: check the URL property (usually "
           "https://api.infusionsoft.com/crm/rest)";
  }
  const std::string with = request.param_names.empty() ? "" : " with " + std::string(request.param_names);
  return "the API refuses the request" + with + "; the table's description may be wrong: please report this message";
}

std::string What(const http::HttpResponse& response, const ApiError& error, const RequestName& request) {
  std::string what = RequestText(request.path) + ": " + std::to_string(response.status);
  const bool names_type = error.shape == Shape::kForeign && !IsJson(response) && response.status < 300;
  if (names_type) {
    const std::string type = Excerpt(ContentType(response), 50);
    what += " with " + (type.empty() ? "text" : type) + " instead of JSON";
  }
  if (!error.words.empty()) what += ", " + error.words;
  if (!error.error_code.empty()) what += " [" + error.error_code + "]";
  return what;
}

}  // namespace

bool IsJson(const http::HttpResponse& response) {
  const std::string type = ContentType(response);
  if (!type.empty()) return type == "application/json" || type.ends_with("+json") || type == "text/json";
  const std::string_view body = Trim(response.body);
  return body.starts_with('{') || body.starts_with('[');
}

bool IsAnswer(const http::HttpResponse& response) {
  return response.status == 200 && !response.body.empty() && IsJson(response);
}

ApiError ReadApiError(const http::HttpResponse& response, std::span<const Secret> secrets) {
  ApiError error;
  const std::string body(Trim(std::string_view(response.body).substr(0, kMaxErrorBytes)));
  if (body.empty()) return error;
  error.shape = Shape::kForeign;
  if (IsJson(response)) {
    const auto document = json::Document::Parse(body);
    if (document.ok() && document->root().kind() == Kind::kObject) {
      const json::Value root = document->root();
      const json::Value fault = root.Member("fault");
      error.shape = fault.IsNothing() ? Shape::kApplication : Shape::kGateway;
      error.words =
          Excerpt(Scrub(std::string(FirstText(root)) + Details(root.Member("details")), secrets), kMaxWordsBytes);
      error.error_code = Excerpt(Scrub(std::string(TextOf(fault.Member("detail").Member("errorcode"))), secrets), 100);
    }
  }
  // With a good status a body that looks like JSON is somebody's data and no error text.
  const bool is_data = response.status < 300 && (body.starts_with('{') || body.starts_with('['));
  // Scrubbed before it is cut: a part of a token is one too many.
  if (error.words.empty() && !is_data) error.words = Excerpt(Scrub(PageWords(body), secrets), kMaxTextBytes);
  return error;
}

Verdict Judge(const http::HttpResponse& response, const ApiError& error) {
  const int status = response.status;
  if (IsAnswer(response)) return Verdict::kAnswer;
  // A 404 of the gateway or of some other server means that the URL property is wrong. Taken for "no such row" it would
  // give an empty table.
  if (status == 404 && (error.shape == Shape::kApplication || error.shape == Shape::kEmpty)) return Verdict::kMissing;
  if (status == 401) return Verdict::kTokenRefused;
  if (status == 429) return Verdict::kThrottled;
  if (status >= 500 || status == 408) return Verdict::kServerFailed;
  return Verdict::kRefused;
}

Explanation Explain(const http::HttpResponse& response, const ApiError& error, const RequestName& request,
                    std::string_view used_up) {
  const std::string what = What(response, error, request);
  switch (Judge(response, error)) {
    case Verdict::kTokenRefused:
      return {StatusCode::kUnauthenticated, what, AdviceFor401(error)};
    case Verdict::kThrottled:
      return {StatusCode::kLimitExceeded, what, AdviceFor429(error, used_up)};
    case Verdict::kServerFailed:
      return {StatusCode::kUnavailable, what,
              "the service fails; try later (https://status.thryv.com says whether it is known)"};
    default:
      break;
  }
  if (response.status == 403) {
    return {StatusCode::kPermissionDenied, what,
            "the token is good, but its user may not see this: a personal access token sees what its user sees; use "
            "the token "
            "of a user with more rights, or a service account key"};
  }
  return {StatusCode::kBadResponse, what, AdviceForRefusal(response, request)};
}

Status Explanation::ToStatus(std::string_view note) const {
  std::string message = what;
  if (!advice.empty()) message += "; " + advice;
  if (!note.empty()) message.append(" (").append(note).append(")");
  return Status(code, std::move(message));
}

bool IsApplicationDisabled(const ApiError& error) { return Contains(error.error_code, "not_approved"); }

std::string RequestText(std::string_view path) { return "GET " + std::string(path); }

}  // namespace infusionsoft
