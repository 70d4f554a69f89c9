// SPDX-License-Identifier: MIT
#include "http/url.h"

#include <catch2/catch.hpp>

namespace infusionsoft::http {
namespace {

using namespace std::string_view_literals;

struct Parts {
  std::string_view text, scheme, host;
  int port;
  std::string_view path, query;
};

TEST_CASE("ParseUrl: splits a URL into its parts", "[http]") {
  constexpr Parts kUrls[] = {
      {"https://api.infusionsoft.com/crm/rest/v2/contacts?page_size=1000&filter=a%3D%3Db", "https", "api.infusionsoft.com",
       443, "/crm/rest/v2/contacts", "page_size=1000&filter=a%3D%3Db"},
      {"HTTP://LocalHost:8080", "http", "localhost", 8080, "", ""},
      {"http://127.0.0.1:1/?a=b?c", "http", "127.0.0.1", 1, "/", "a=b?c"},
      {"https://[::1]:65535/x", "https", "::1", 65535, "/x", ""},
      {"https://[2001:DB8::1]", "https", "2001:db8::1", 443, "", ""},
      {"https://example.com?x", "https", "example.com", 443, "", "x"},
      {"https://example.com:/p#fragment?no", "https", "example.com", 443, "/p", ""},
      {"https://example.com/a@b:c", "https", "example.com", 443, "/a@b:c", ""},
      {"https://example.com/?q=user@host", "https", "example.com", 443, "/", "q=user@host"},
  };
  for (const Parts& expected : kUrls) {
    CAPTURE(expected.text);
    const auto url = ParseUrl(expected.text);
    REQUIRE(url.ok());
    CHECK(url->scheme == expected.scheme);
    CHECK(url->host == expected.host);
    CHECK(url->port == expected.port);
    CHECK(url->path == expected.path);
    CHECK(url->query == expected.query);
  }
}

TEST_CASE("ParseUrl: refuses what is not a plain http or https URL", "[http]") {
  for (std::string_view text : {""sv,
                                "example.com"sv,
                                "//example.com"sv,
                                "ftp://example.com"sv,
                                "file:///etc/passwd"sv,
                                "https:example.com"sv,
                                "https://"sv,
                                "https:///p"sv,
                                "https://:443/"sv,
                                "https://a:0/"sv,
                                "https://a:65536/"sv,
                                "https://a:+80/"sv,
                                "https://a:8o/"sv,
                                "https://a:80:80/"sv,
                                "https://::1/"sv,
                                "https://[::1/"sv,
                                "https://[::1]x/"sv,
                                "https://[evil]/"sv,
                                "https://a b/"sv,
                                "https://a/b c"sv,
                                "https://a/\r\nX: y"sv,
                                "https://a/\0"sv,
                                "https://a\\@b/"sv,
                                "https://a/\\b"sv,
                                "https://caf\xC3\xA9/"sv,
                                "https://a%2eb/"sv,
                                "https://a,b/"sv}) {
    CAPTURE(text);
    const auto url = ParseUrl(text);
    REQUIRE_FALSE(url.ok());
    CHECK(url.status().code() == StatusCode::kInvalidArgument);
  }
}

TEST_CASE("ParseUrl: refuses a user and password, and does not repeat them", "[http]") {
  for (std::string_view text :
       {"https://ann:hunter2@example.com/", "https://hunter2@example.com", "https://a:1@hunter2:2/"}) {
    const auto url = ParseUrl(text);
    REQUIRE_FALSE(url.ok());
    CHECK(url.status().message().find("hunter2") == std::string::npos);
  }
}

TEST_CASE("IsLoopbackHost: this machine under its names and nothing else", "[http]") {
  for (std::string_view host :
       {"localhost"sv, "LOCALHOST"sv, "127.0.0.1"sv, "127.255.255.254"sv, "::1"sv, "0:0:0:0:0:0:0:1"sv}) {
    CAPTURE(host);
    CHECK(IsLoopbackHost(host));
  }
  for (std::string_view host :
       {""sv, "localhost.example.com"sv, "notlocalhost"sv, "128.0.0.1"sv, "127.0.0.1.example.com"sv, "127.1"sv, "0.0.0.0"sv,
        "127.0.0.256"sv, "::2"sv, "::"sv, "[::1]"sv, "127.0.0.1\0.example.com"sv, "localhost\0"sv}) {
    CAPTURE(host);
    CHECK_FALSE(IsLoopbackHost(host));
  }
}

TEST_CASE("PercentEncode: leaves only unreserved characters", "[http]") {
  CHECK(PercentEncode("AZaz09-._~") == "AZaz09-._~");
  CHECK(PercentEncode("a b+c/d?e&f=g%h") == "a%20b%2Bc%2Fd%3Fe%26f%3Dg%25h");
  CHECK(PercentEncode("Zo\xC3\xAB\0\n"sv) == "Zo%C3%AB%00%0A");
}

TEST_CASE("PercentDecode: is the inverse of PercentEncode for every byte", "[http]") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const auto decoded = PercentDecode(PercentEncode(all));
  REQUIRE(decoded.ok());
  CHECK(*decoded == all);
}

TEST_CASE("PercentDecode: reads lower case, and '+' only where a form is read", "[http]") {
  CHECK(*PercentDecode("%c3%ab+x") == "\xC3\xAB+x");
  CHECK(*PercentDecode("a+b%2B", true) == "a b+");
}

TEST_CASE("PercentDecode: refuses a cut or wrong escape", "[http]") {
  for (std::string_view text : {"%", "a%", "a%4", "%4g", "%g4", "%%41", "%+1"}) {
    CAPTURE(text);
    CHECK(PercentDecode(text).status().code() == StatusCode::kInvalidArgument);
  }
}

TEST_CASE("EncodeQuery: ParseQuery reads it back", "[http]") {
  const QueryParams params{
      {"filter", "given_name==Zo\xC3\xAB;email==a+b@example.com"}, {"page token", "a=b&c"}, {"empty", ""}, {"empty", "2"}};
  const std::string query = EncodeQuery(params);
  CHECK(query == "filter=given_name%3D%3DZo%C3%AB%3Bemail%3D%3Da%2Bb%40example.com&page%20token=a%3Db%26c&empty=&empty=2");
  const auto parsed = ParseQuery(query);
  REQUIRE(parsed.ok());
  CHECK(*parsed == params);
  CHECK(EncodeQuery({}).empty());
}

TEST_CASE("ParseQuery: reads what browsers send", "[http]") {
  const auto params = ParseQuery("code=a%2Fb&state=x+y&&flag&a=b=c");
  REQUIRE(params.ok());
  CHECK(*params == QueryParams{{"code", "a/b"}, {"state", "x y"}, {"flag", ""}, {"a", "b=c"}});
  CHECK(FindParam(*params, "state") == "x y");
  CHECK(FindParam(*params, "State").empty());
  CHECK(ParseQuery("")->empty());
  CHECK_FALSE(ParseQuery("a=%zz").ok());
  CHECK_FALSE(ParseQuery("%=a").ok());
}

}  // namespace
}  // namespace infusionsoft::http
