// SPDX-License-Identifier: MIT
// What comes back from a sign-in page: a request to the callback URL, or text that a user copied.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "auth/callback_request.h"
#include "auth/sign_in.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("ReadCallback: only GET of the path, of this machine, with each parameter once", "[auth]") {
  const auto kind = [](const std::string& target, const std::string& headers, const std::string& method = "GET") {
    return ReadCallback(method + " " + target + " HTTP/1.1\r\n" + headers + "\r\n", "/back", "s");
  };
  using Kind = CallbackReading::Kind;
  const std::string good = "/back?code=c&state=s";
  for (const char* headers : {"", "Host: localhost\r\n", "host:127.0.0.1:33333\r\n", "Accept: *\r\nHOST: [::1]:1\r\n"}) {
    CHECK(kind(good, headers).kind == Kind::kCode);
  }
  // A name that was made to lead to this machine, and what hides one.
  for (const char* headers : {"Host: evil.example\r\n", "Host: localhost.evil.example:33333\r\n", "Host: \r\n",
                              "Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: localhost\r\n",
                              "Host: localhost@evil.example\r\n", "Host: 127.0.0.1.evil.example\r\n"}) {
    INFO(headers);
    CHECK(kind(good, headers).kind == Kind::kOther);
    CHECK(kind("/back?error=x&state=s", headers).kind == Kind::kOther);
  }
  for (const char* method : {"POST", "HEAD", "OPTIONS", "get", ""}) CHECK(kind(good, "", method).kind == Kind::kOther);
  for (const char* target :
       {"/?code=c&state=s", "/back/?code=c&state=s", "//back?code=c&state=s", "http://localhost/back?code=c&state=s",
        "/back?code=c&state=s&state=s", "/back?code=c&state=x&state=s", "/back?code=c&code=d&state=s",
        "/back?error=a&error=b&state=s", "/back?code=c", "/back?code=c&state=", "/back?code=c&State=s", "/back?error=e",
        "/back?state=s", "/back?code=%zz&state=s"}) {
    INFO(target);
    CHECK(kind(target, "").kind == Kind::kOther);
  }
  CHECK(kind("/back?error=e&state=s", "").kind == Kind::kRefused);
}

TEST_CASE("ReadCallback: the server's words are cut and have no control characters", "[auth]") {
  const CallbackReading reading = ReadCallback(
      "GET /?error=a%0Ab%1B%5B2J&error_description=" + std::string(500, 'x') + "%00&state=s HTTP/1.1\r\n\r\n", "/", "s");
  CHECK(reading.kind == CallbackReading::Kind::kRefused);
  CHECK(reading.failure.message().size() < 400);
  CHECK_THAT(reading.failure.message(), Contains("a b [2J: xxx") && !Contains("\n") && !Contains("\x1B"));
}

TEST_CASE("CodeFrom: a code, or an address in any of the forms in which it is copied", "[auth]") {
  for (const char* brought : {"a/b==",
                              " a/b== ",
                              "\"a/b==\"",
                              "'a/b=='",
                              "<a/b==>",
                              " \" a/b== \" ",
                              "https://x.example/cb?state=s&code=a%2Fb%3D%3D#frag",
                              "https://x.example/cb?code=a/b==",
                              "x.example/cb?code=a/b==&state=s",
                              "localhost:33333/?code=a/b==&state=s",
                              "localhost:33333?code=a/b==&state=s",
                              "?code=a/b==&state=s",
                              "code=a/b==&state=s",
                              "state=s&code=a/b==",
                              "code=a/b==",
                              "\"http://localhost:33333/?code=a%2Fb%3D%3D&state=s\"",
                              "(http://localhost:33333/?scope=full&code=a%2Fb%3D%3D)",
                              "http://localhost:33333/#code=a/b==&state=s",
                              "&code=a/b==",
                              "code=a/b==&state=s#_=_"}) {
    INFO(brought);
    const auto code = CodeFrom(Secret(brought), "s");
    REQUIRE(code);
    CHECK(code->Reveal() == "a/b==");
  }
  // Codes that look a little like addresses.
  for (const char* brought : {"4/0AX4XfWh", "a?b", "a&b", "a#b", "a:b", "eyJh.eyJp.c2ln", "code", "a=b"}) {
    INFO(brought);
    CHECK(CodeFrom(Secret(brought), "s")->Reveal() == brought);
  }
  for (const char* bad : {"", "  ", "\"\"", "https://x.example/cb", "https://x.example/cb?code=%zz", "x.example/cb",
                          "localhost:33333/", "code=", "?code=&state=s", "code=a&code=b", "Code=a", "abc&state=s", "a b",
                          "a\nb", "code = a", "code=a%0Ab", "\xC3\xBC"}) {
    INFO(bad);
    const auto code = CodeFrom(Secret(bad), "s");
    REQUIRE(!code);
    CHECK(code.status().code() == StatusCode::kInvalidArgument);
  }
  for (const char* foreign : {"code=a&state=x", "?state=x&error=e", "localhost:33333/?code=a&state=x"}) {
    CHECK(CodeFrom(Secret(foreign), "s").status().code() == StatusCode::kUnauthenticated);
    CHECK(CodeFrom(Secret(foreign), "").ok() == (std::string_view(foreign).find("error") == std::string_view::npos));
  }
}

TEST_CASE("CodeFrom: a refusal is told in the server's words, without control characters", "[auth]") {
  const std::string words = "error=access_denied&error_description=The+user%0A%1B%5B31msaid+no" + std::string(1000, '.');
  for (const std::string& brought : {"https://x.example/cb?" + words, "?" + words, words, words + "&state=s"}) {
    const Status status = CodeFrom(Secret(brought), "s").status();
    CHECK(status.code() == StatusCode::kUnauthenticated);
    CHECK_THAT(status.message(), Contains("access_denied") && Contains("The user") && Contains("said no"));
    CHECK_THAT(status.message(), !Contains("\n") && !Contains("\x1B"));
    CHECK(status.message().size() < 300);
  }
}

}  // namespace
}  // namespace infusionsoft
