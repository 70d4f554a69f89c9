// SPDX-License-Identifier: MIT
// URLs: split, joined and percent-encoded by RFC 3986.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace infusionsoft::http {

using QueryParams = std::vector<std::pair<std::string, std::string>>;

struct Url {
  std::string scheme;  // lower case
  std::string host;    // lower case, IPv6 without brackets
  int port = 0;        // the scheme's default when not written
  std::string path;    // starts with '/', or empty
  std::string query;   // as written, without '?'
};

// http and https only; user:password@ is refused, because a secret does not belong in a URL. Characters that a URL must
// percent-encode are refused; a #fragment, which is never sent, is dropped. No message repeats a part of the text.
Result<Url> ParseUrl(std::string_view text);

// What a request to the server itself names: path and query, at least "/" (RFC 9112 section 3.2.1).
std::string TargetOf(const Url& url);

// localhost, 127.0.0.0/8 and ::1: the only hosts for which http:// is allowed.
bool IsLoopbackHost(std::string_view host);

std::string PercentEncode(std::string_view text);  // everything but ALPHA DIGIT - . _ ~
// kInvalidArgument for a '%' without two hexadecimal digits after it.
Result<std::string> PercentDecode(std::string_view text, bool plus_is_space = false);

std::string EncodeQuery(const QueryParams& params);  // a=b&c=d, %20 for space
// '+' is a space, as forms write it; a parameter without '=' has the value "". `query` comes without '?'.
Result<QueryParams> ParseQuery(std::string_view query);
// The value of the first parameter of that name, or "".
std::string_view FindParam(const QueryParams& params, std::string_view name);

}  // namespace infusionsoft::http
