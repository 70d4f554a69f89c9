// SPDX-License-Identifier: MIT
#include "http/url.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"

namespace infusionsoft::http {
namespace {

constexpr char kHexDigits[] = "0123456789ABCDEF";

bool IsAlnum(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool IsUnreserved(char c) { return IsAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsPrintable(char c) { return c > ' ' && c < '\x7F'; }

// No message repeats the URL: it may hold what must not be shown.
Status BadUrl(const char* what) { return InvalidArgument(std::string("URL: ") + what); }

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

Status SplitHostAndPort(std::string_view authority, Url& url) {
  std::string_view port;
  if (authority.starts_with('[')) {
    const size_t close = authority.find(']');
    if (close == std::string_view::npos) return BadUrl("the '[' of an IPv6 address has no ']'");
    url.host = AsciiLower(authority.substr(1, close - 1));
    if (!IsIpv6(url.host)) return BadUrl("between '[' and ']' stands no IPv6 address");
    port = authority.substr(close + 1);
    if (!port.empty() && port.front() != ':') return BadUrl("after ']' comes ':' and a port, or nothing");
  } else {
    const size_t colon = authority.find(':');
    url.host = AsciiLower(authority.substr(0, colon));
    if (colon != std::string_view::npos) port = authority.substr(colon);
    const auto allowed = [](char c) { return IsAlnum(c) || c == '-' || c == '.' || c == '_'; };
    if (url.host.empty()) return BadUrl("the host is missing");
    if (!std::all_of(url.host.begin(), url.host.end(), allowed))
      return BadUrl("the host has a character that no host name has");
  }
  if (port.size() <= 1) return Status();  // "" or ":": the default
  const auto number = ParseInt64(port.substr(1));
  if (!number || *number < 1 || *number > 65535) return BadUrl("the port is not a number from 1 to 65535");
  url.port = static_cast<int>(*number);
  return Status();
}

}  // namespace

Result<Url> ParseUrl(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), IsPrintable)) {
    return BadUrl("a space, a control character or a letter beyond ASCII must be percent-encoded");
  }
  const size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return BadUrl("it must start with https://");
  Url url;
  url.scheme = AsciiLower(text.substr(0, scheme_end));
  if (url.scheme != "https" && url.scheme != "http")
    return BadUrl("only https:// (and http:// on this machine) is supported");
  url.port = url.scheme == "https" ? 443 : 80;

  std::string_view rest = text.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  const size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, authority_end);
  if (authority.find('@') != std::string_view::npos)
    return BadUrl("user:password@ does not belong in a URL; use the connection's properties");
  // curl and others read a backslash as a slash; the host must be the same for every reader.
  if (rest.find('\\') != std::string_view::npos) return BadUrl("a backslash must be percent-encoded");
  if (Status status = SplitHostAndPort(authority, url); !status.ok()) return status;

  rest.remove_prefix(authority_end);
  const size_t query = rest.find('?');
  url.path = rest.substr(0, query);
  if (query != std::string_view::npos) url.query = rest.substr(query + 1);
  return url;
}

std::string TargetOf(const Url& url) {
  return (url.path.empty() ? "/" : url.path) + (url.query.empty() ? "" : "?" + url.query);
}

bool IsLoopbackHost(std::string_view host) {
  const std::string name = AsciiLower(host);
  // What comes after a NUL would not be seen by inet_pton.
  if (name.find('\0') != std::string::npos) return false;
  if (name == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, name.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  encoded.reserve(3 * text.size());  // growing would leave parts behind, and `text` may be a secret
  for (char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHexDigits[byte >> 4];
    encoded += kHexDigits[byte & 0xF];
  }
  return encoded;
}

Result<std::string> PercentDecode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = text.size() - i > 2 ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (low < 0) return BadUrl("a '%' is not followed by two hexadecimal digits");
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string EncodeQuery(const QueryParams& params) {
  std::string query;
  for (const auto& [name, value] : params) {
    if (!query.empty()) query += '&';
    query += PercentEncode(name);
    query += '=';
    query += PercentEncode(value);
  }
  return query;
}

Result<QueryParams> ParseQuery(std::string_view query) {
  QueryParams params;
  for (std::string_view part : Split(query, '&')) {
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    auto name = PercentDecode(part.substr(0, equals), true);
    if (!name) return std::move(name).status();
    auto value = PercentDecode(equals == std::string_view::npos ? "" : part.substr(equals + 1), true);
    if (!value) return std::move(value).status();
    params.emplace_back(*std::move(name), *std::move(value));
  }
  return params;
}

std::string_view FindParam(const QueryParams& params, std::string_view name) {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace infusionsoft::http
