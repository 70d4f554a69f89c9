// SPDX-License-Identifier: MIT
#include "auth/callback_request.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "auth/crypto.h"
#include "auth/oauth_error.h"
#include "base/text.h"
#include "http/url.h"

namespace infusionsoft {
namespace {

using Kind = CallbackReading::Kind;

std::string Escape(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

CallbackReading Other(int http_status, std::string_view text) {
  CallbackReading reading;
  reading.kind = Kind::kOther;
  reading.http_status = http_status;
  reading.page = CallbackPage("Nothing to see here", text);
  return reading;
}

CallbackReading Refused(const std::string& why) {
  CallbackReading reading;
  reading.kind = Kind::kRefused;
  reading.http_status = 400;
  reading.page = CallbackPage("Not signed in", why);
  reading.failure = Status(StatusCode::kUnauthenticated, why);
  return reading;
}

// From an old tab, another page or another program: it must not end the sign-in that is under way, nor put words into its
// error.
CallbackReading Foreign(std::string_view text) {
  CallbackReading reading = Other(400, text);
  reading.foreign = true;
  return reading;
}

bool IsRepeated(const http::QueryParams& params, std::string_view name) {
  return std::ranges::count(params, name, &http::QueryParams::value_type::first) > 1;
}

// RFC 6749 section 3.1: no parameter may come twice.
bool HasRepeated(const http::QueryParams& params) {
  return std::ranges::any_of(std::array{"code", "state", "error", "error_description"},
                             [&](const char* name) { return IsRepeated(params, name); });
}

CallbackReading ReadParameters(const http::QueryParams& params, std::string_view state) {
  const std::string_view code = http::FindParam(params, "code");
  const std::string_view error = http::FindParam(params, "error");
  const std::string_view returned = http::FindParam(params, "state");
  if (code.empty() && error.empty()) return Other(400, "This address is only for the answer of a sign-in.");
  if (HasRepeated(params)) return Other(400, "The address names something twice.");
  if (returned.empty()) {
    return Foreign(
        "This answer came without the state that was sent, so it could be anybody's, and was ignored. If you have just "
        "signed "
        "in, the server leaves the state out: sign in by infusionsoft_authorize_url() and infusionsoft_exchange_code().");
  }
  if (!ConstantTimeEquals(returned, state)) {
    return Foreign(
        "This answer does not belong to the sign-in that is under way, and was ignored. "
        "Sign in on the page that was opened last.");
  }
  if (!error.empty()) return Refused(SignInRefusal(error, http::FindParam(params, "error_description")));
  CallbackReading reading;
  reading.kind = Kind::kCode;
  reading.code = Secret(code);
  return reading;
}

// The values of a header in the order of the lines; names have any case.
std::vector<std::string_view> HeaderValues(std::string_view head, std::string_view name) {
  std::vector<std::string_view> values;
  for (const std::string_view line : Split(head, '\n')) {
    const size_t colon = line.find(':');
    if (colon != std::string_view::npos && EqualsIgnoreCase(line.substr(0, colon), name)) {
      values.push_back(Trim(line.substr(colon + 1)));
    }
  }
  return values;
}

// A page whose name was made to lead to this machine (DNS rebinding) has its own name in Host.
bool IsForThisMachine(std::string_view head) {
  const auto hosts = HeaderValues(head, "host");
  if (hosts.empty()) return true;  // HTTP/1.0
  const auto url = http::ParseUrl("http://" + std::string(hosts.front()));
  return hosts.size() == 1 && url && http::IsLoopbackHost(url->host);
}

}  // namespace

std::string CallbackPage(std::string_view title, std::string_view text) {
  return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + Escape(title) +
         "</title><style>body{font:1.1em/1.5 sans-serif;max-width:36em;margin:4em auto;padding:0 "
         "1em}</style></head><body><h1>" +
         Escape(title) + "</h1><p>" + Escape(text) + "</p></body></html>\n";
}

std::string HttpAnswer(int http_status, std::string_view page) {
  const char* reason = http_status == 200   ? "OK"
                       : http_status == 404 ? "Not Found"
                       : http_status == 405 ? "Method Not Allowed"
                       : http_status == 431 ? "Request Header Fields Too Large"
                                            : "Bad Request";
  return "HTTP/1.1 " + std::to_string(http_status) + " " + reason +
         "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(page.size()) +
         "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: "
         "nosniff"
         "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\r\n" +
         std::string(page);
}

CallbackReading ReadCallback(std::string_view received, std::string_view path, std::string_view state) {
  const size_t end = received.find("\r\n\r\n");
  if (end == std::string_view::npos) return CallbackReading();
  const auto words = Split(received.substr(0, received.find("\r\n")), ' ');
  if (words.size() != 3 || !words[2].starts_with("HTTP/1.") || !words[1].starts_with('/')) {
    return Other(400, "This is not a request that a browser would send.");
  }
  if (!IsForThisMachine(received.substr(0, end))) return Other(400, "This is not the address of this machine.");
  if (words[0] != "GET") return Other(405, "Only GET is understood here.");
  const size_t question = words[1].find('?');
  if (words[1].substr(0, question) != path) return Other(404, "There is no such page.");
  const std::string_view query = question == std::string_view::npos ? "" : words[1].substr(question + 1);
  const auto params = http::ParseQuery(query);
  if (!params) return Other(400, "The address is damaged.");
  return ReadParameters(*params, state);
}

}  // namespace infusionsoft
