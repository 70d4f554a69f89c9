// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "browse.h"
#include "encoding.h"
#include "test_client.h"

namespace infusionsoft::sandbox {
namespace {

using Headers = std::multimap<std::string, std::string>;

constexpr char kRedirect[] = "http://127.0.0.1:9/callback";

std::string AuthorizePath(const std::string& extra = "") {
  return "/app/oauth/authorize?client_id=sandbox-client-id&response_type=code&scope=full&state=" + PercentEncode("s/=~") +
         "&redirect_uri=" + PercentEncode(kRedirect) + extra;
}

std::string ExchangeForm(const std::string& code) {
  return "grant_type=authorization_code&client_id=sandbox-client-id"
         "&client_secret=sandbox-client-secret&code=" +
         PercentEncode(code) + "&redirect_uri=" + PercentEncode(kRedirect);
}

std::string RefreshForm(const std::string& token) {
  return "grant_type=refresh_token&refresh_token=" + PercentEncode(token);
}

Headers Basic(const std::string& secret = "sandbox-client-secret") {
  return {{"Authorization", "Basic " + Base64Encode("sandbox-client-id:" + secret)}};
}

// The parameters with which the sign-in page sends the browser back.
Parameters Return(const Answer& answer) {
  REQUIRE(answer.status == 302);
  const std::string location = answer.Header("Location");
  REQUIRE(location.rfind(std::string(kRedirect) + "?", 0) == 0);
  return *ParseParameters(location.substr(location.find('?') + 1));
}

std::string LinkOf(const std::string& page, const std::string& id) {
  const size_t at = page.find("id=\"" + id + "\" href=\"");
  REQUIRE(at != std::string::npos);
  const size_t from = page.find("href=\"", at) + 6;
  return page.substr(from, page.find('"', from) - from);
}

std::string NewCode(TestClient& client) {
  const Answer page = client.GetAbsolute(AuthorizePath(), {});
  REQUIRE(page.status == 200);
  return *FindParameter(Return(client.GetAbsolute(LinkOf(page.body, "allow"), {})), "code");
}

std::string ErrorOf(const Answer& answer) { return std::to_string(answer.status) + " " + TextOf(answer.json, "error"); }

}  // namespace

TEST_CASE("Sandbox: signing in gives tokens that work", "[sandbox]") {
  SandboxOptions options;
  options.token_lifetime_seconds = 1234;
  const auto sandbox = Sandbox::Start(options);
  TestClient client(*sandbox);
  const Answer page = client.GetAbsolute(AuthorizePath(), {});
  const Parameters back = Return(client.GetAbsolute(LinkOf(page.body, "allow"), {}));
  CHECK(*FindParameter(back, "state") == "s/=~");
  const Answer tokens = client.Post("/token", ExchangeForm(*FindParameter(back, "code")), {});
  REQUIRE(tokens.status == 200);
  CHECK(TextOf(tokens.json, "token_type") == "bearer");
  CHECK(tokens.json["expires_in"].GetInt() == 1234);
  CHECK(TextOf(tokens.json, "scope") == "full|xx123.infusionsoft.com");
  client.set_token(TextOf(tokens.json, "access_token"));
  CHECK(client.Get("/v2/oauth/connect/userinfo").status == 200);
  CHECK(sandbox->exchange_count() == 1);
  const Answer again = client.Post("/token", RefreshForm(TextOf(tokens.json, "refresh_token")), Basic());
  CHECK(again.status == 200);
}

TEST_CASE("Sandbox: denying says so", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const Answer page = client.GetAbsolute(AuthorizePath(), {});
  const std::string deny = LinkOf(page.body, "deny");
  const Parameters back = Return(client.GetAbsolute(deny, {}));
  CHECK(*FindParameter(back, "error") == "access_denied");
  CHECK(*FindParameter(back, "state") == "s/=~");
  CHECK(FindParameter(back, "code") == nullptr);
  CHECK(client.GetAbsolute(deny, {}).status == 400);
}

TEST_CASE("Sandbox: the sign-in page refuses what is not documented", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  CHECK(client.GetAbsolute(AuthorizePath("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"), {}).status == 400);
  CHECK(client.GetAbsolute("/app/oauth/authorize", {}).status == 400);
  std::string other = AuthorizePath();
  other.replace(other.find("sandbox-client-id"), 17, "someone-else");
  CHECK(client.GetAbsolute(other, {}).status == 400);
  sandbox->SetAutoAllow(true);
  CHECK(FindParameter(Return(client.GetAbsolute(AuthorizePath(), {})), "code") != nullptr);
}

TEST_CASE("Sandbox: a code is for one use by its client and address", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const std::string code = NewCode(client);
  SECTION("used twice") {
    CHECK(client.Post("/token", ExchangeForm(code), {}).status == 200);
    CHECK(ErrorOf(client.Post("/token", ExchangeForm(code), {})) == "400 invalid_grant");
  }
  SECTION("with an Authorization header") {
    CHECK(ErrorOf(client.Post("/token", ExchangeForm(code), Basic())) == "400 invalid_request");
  }
  SECTION("another redirect_uri") {
    std::string form = ExchangeForm(code);
    form.replace(form.find("callback"), 8, "elsewhere");
    CHECK(ErrorOf(client.Post("/token", form, {})) == "400 invalid_grant");
  }
  SECTION("wrong secret") {
    std::string form = ExchangeForm(code);
    form.replace(form.find("client-secret"), 13, "other-secret!");
    CHECK(ErrorOf(client.Post("/token", form, {})) == "401 invalid_client");
  }
}

TEST_CASE("Sandbox: a code with a challenge wants its verifier", "[sandbox]") {
  SandboxOptions options;
  options.pkce = true;
  const auto sandbox = Sandbox::Start(options);
  sandbox->SetAutoAllow(true);
  TestClient client(*sandbox);
  // RFC 7636, appendix B.
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const std::string challenge = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  const auto exchange = [&](const std::string& with_page, const std::string& with_form) {
    const Parameters back = Return(client.GetAbsolute(AuthorizePath(with_page), {}));
    return client.Post("/token", ExchangeForm(*FindParameter(back, "code")) + with_form, {});
  };
  const std::string s256 = challenge + "&code_challenge_method=S256";
  CHECK(exchange(s256, "&code_verifier=" + verifier).status == 200);
  CHECK(exchange("", "").status == 200);
  std::string wrong = verifier;
  wrong.back() = 'x';
  CHECK(ErrorOf(exchange(s256, "&code_verifier=" + wrong)) == "400 invalid_grant");
  CHECK(ErrorOf(exchange(s256, "")) == "400 invalid_grant");
  CHECK(ErrorOf(exchange("", "&code_verifier=" + verifier)) == "400 invalid_grant");
  for (const std::string& bad : {challenge, challenge + "&code_challenge_method=plain", challenge + "x&code_challenge_method=S256",
                                 std::string("&code_challenge_method=S256")}) {
    INFO(bad);
    CHECK(client.GetAbsolute(AuthorizePath(bad), {}).status == 400);
  }
}

TEST_CASE("Sandbox: a refresh token is for one use", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const Answer first = client.Post("/token", RefreshForm("sandbox-refresh-token"), Basic());
  REQUIRE(first.status == 200);
  const Answer reuse = client.Post("/token", RefreshForm("sandbox-refresh-token"), Basic());
  CHECK(ErrorOf(reuse) == "400 invalid_grant");
  CHECK(TextOf(reuse.json, "error_description") == "Invalid refresh token");
  CHECK(sandbox->refresh_count() == 1);
  CHECK(sandbox->token_requests() == 2);
  // The access token from before is still good.
  CHECK(client.Get("/v2/users").status == 200);
  sandbox->RevokeRefreshTokens();
  const std::string next = TextOf(first.json, "refresh_token");
  CHECK(ErrorOf(client.Post("/token", RefreshForm(next), Basic())) == "400 invalid_grant");
}

TEST_CASE("Sandbox: the token endpoint wants each grant's own credentials", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const std::string form = RefreshForm("sandbox-refresh-token");
  CHECK(ErrorOf(client.Post("/token", form, {})) == "401 invalid_client");
  CHECK(ErrorOf(client.Post("/token", form, Basic("wrong"))) == "401 invalid_client");
  CHECK(ErrorOf(client.Post("/token", form + "&client_id=sandbox-client-id", Basic())) == "400 invalid_request");
  CHECK(ErrorOf(client.Post("/token?" + form, "", Basic())) == "400 invalid_request");
  CHECK(ErrorOf(client.Post("/token", "{}", Basic(), "application/json")) == "400 invalid_request");
  CHECK(ErrorOf(client.Post("/token", "grant_type=client_credentials", Basic())) == "400 unsupported_grant_type");
  sandbox->AddFault({FaultKind::kRefresh500, 1, 0, ""});
  CHECK(client.Post("/token", form, Basic()).status == 500);
  CHECK(client.Post("/token", form, Basic()).status == 200);
}

TEST_CASE("Sandbox: access tokens expire", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  sandbox->SetTokenLifetime(0);
  const Answer tokens = client.Post("/token", RefreshForm("sandbox-refresh-token"), Basic());
  REQUIRE(tokens.status == 200);
  client.set_token(TextOf(tokens.json, "access_token"));
  CHECK(client.Get("/v2/users").status == 401);
}

TEST_CASE("Sandbox: browsing follows redirects to another server", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  const auto callback = Sandbox::Start();
  std::string url = sandbox->url() + AuthorizePath();
  url.replace(url.find("s%2F"), 4, "s%2B");
  const std::string target = PercentEncode(kRedirect);
  url.replace(url.find(target), target.size(), PercentEncode(callback->url() + "/callback"));
  const BrowseResult allowed = Browse(url, Choice::kAllow);
  CHECK_FALSE(allowed.ok);
  CHECK(allowed.text.find("There is nothing here.") != std::string::npos);
  REQUIRE(callback->Requests().size() == 1);
  const std::string query = callback->Requests()[0].query;
  CHECK(query.rfind("code=", 0) == 0);
  CHECK(query.find("&state=s%2B%3D~") != std::string::npos);
  Browse(url, Choice::kDeny);
  REQUIRE(callback->Requests().size() == 2);
  CHECK(callback->Requests()[1].query.rfind("error=access_denied", 0) == 0);
}

TEST_CASE("Sandbox: with grace a spent refresh token is good until its successor is used", "[sandbox]") {
  SandboxOptions options;
  options.refresh_grace = true;
  const auto sandbox = Sandbox::Start(options);
  TestClient client(*sandbox);
  const auto refresh = [&](const std::string& token) {
    return TextOf(client.Post("/token", RefreshForm(token), Basic()).json, "refresh_token");
  };
  const std::string lost = refresh("sandbox-refresh-token");
  const std::string kept = refresh("sandbox-refresh-token");
  CHECK(sandbox->AcceptsRefreshToken("sandbox-refresh-token"));
  CHECK(refresh(kept) != "");
  CHECK_FALSE(sandbox->AcceptsRefreshToken("sandbox-refresh-token"));
  CHECK(refresh("sandbox-refresh-token") == "");
  CHECK(lost != kept);
}

TEST_CASE("Sandbox: stopping does not wait for kept connections", "[sandbox]") {
  auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  REQUIRE(client.Get("/v2/users").status == 200);
  const auto before = std::chrono::steady_clock::now();
  sandbox.reset();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
}

TEST_CASE("Sandbox: latency delays answers and requests overlap", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  sandbox->SetLatency(200);
  const auto before = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&sandbox] { TestClient(*sandbox).Get("/v2/users"); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(200));
  CHECK(sandbox->peak_concurrency() > 1);
  CHECK(sandbox->api_requests() == 4);
}

TEST_CASE("Sandbox: the grants of a gateway are offered only where they are asked for", "[sandbox]") {
  const std::string by_password = "grant_type=password&username=sandbox-user&password=sandbox-password";
  SandboxOptions options;
  const auto vendor = Sandbox::Start(options);
  options.gateway_grants = true;
  const auto gateway = Sandbox::Start(options);
  REQUIRE(vendor);
  REQUIRE(gateway);
  TestClient none(*vendor);
  CHECK(ErrorOf(none.Post("/token", by_password, Basic())) == "400 unsupported_grant_type");
  CHECK(ErrorOf(none.Post("/token", "grant_type=client_credentials", Basic())) == "400 unsupported_grant_type");
  TestClient client(*gateway);
  const Answer own = client.Post("/token", "grant_type=client_credentials", Basic());
  CHECK(own.status == 200);
  CHECK_FALSE(own.json.HasMember("refresh_token"));
  CHECK(client.Post("/token", by_password, Basic()).json.HasMember("refresh_token"));
  CHECK(ErrorOf(client.Post("/token", by_password + "x", Basic())) == "400 invalid_grant");
  CHECK(ErrorOf(client.Post("/token", by_password, Basic("wrong"))) == "401 invalid_client");
  CHECK(ErrorOf(client.Post("/token", by_password + "&more=1", Basic())) == "400 invalid_request");
}

}  // namespace infusionsoft::sandbox
