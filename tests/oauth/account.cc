// SPDX-License-Identifier: MIT
#include "account.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <regex>
#include <stdexcept>
#include <utility>

#include "http/url.h"

namespace infusionsoft::oauth_test {

Account::Account(bool pkce) {
  AdoptOrphans();
  sandbox::SandboxOptions options;
  options.client_id = "your_client_id";
  options.client_secret = "your_client_secret";
  options.pkce = pkce;
  options.sizes.contacts = kContacts;
  server_ = sandbox::Sandbox::Start(options);
  if (server_ == nullptr) throw std::runtime_error("the server did not start");
}

Account::~Account() { KillOrphans(); }

std::string Account::ConnectionString(const Connection& connection) const {
  return R"(Profile=C:\profiles\Infusionsoft.apip;Authscheme=OAuth;InitiateOAuth=)" + connection.initiate +
         ";OAuthClientId=your_client_id;OAuthClientSecret=" + connection.secret + ";URL=" + server_->api_url() +
         ";OAuthAuthorizationURL=" + server_->authorize_url() + ";OAuthAccessTokenURL=" + server_->token_url() +
         ";CallbackURL=" + connection.callback + ";OAuthSettingsLocation=" + token_file() + ";" + connection.more;
}

std::string Account::CreateContacts(const Connection& connection) const {
  return "CREATE VIRTUAL TABLE temp.contacts USING infusionsoft_contacts('" + ConnectionString(connection) + "');\n";
}

std::string Account::StoredRefreshToken() const {
  const std::string text = ReadFile(token_file());
  std::smatch found;
  return std::regex_search(text, found, std::regex(R"re("refresh_token"\s*:\s*"([^"]+)")re")) ? found[1].str() : "";
}

void Account::AgeTokens(const OldToken& old) const {
  const std::string stored = StoredRefreshToken();
  const std::string refresh_token = stored.empty() ? "sandbox-refresh-token" : stored;
  mkdir(dir_.Path("tokens").c_str(), 0700);
  std::string text = R"({"format":"infusionsoft tokens","version":1,"access_token":")";
  text += old.access_token;
  text += R"(","refresh_token":")" + refresh_token + R"(","expires_at":")" + old.expires_at + R"("})";
  WriteFile(token_file(), text);
}

ChildProcess Account::StartShell(const Environment& more, const std::string& database) const {
  Environment environment = {{"PATH", "/nonexistent"}, {"HOME", dir_.Path()}, {"LC_ALL", "C"}};
  for (const auto& [name, value] : more) environment[name] = value;
  ChildProcess shell({SQLITE3_SHELL, "-batch", "-init", "/dev/null", database}, environment);
  // echo: the shell's own output waits in a buffer until it ends.
  shell.Write(".load " EXTENSION "\n.system echo ready\n");
  if (!shell.AwaitOutput("ready\n")) throw std::runtime_error("the shell did not start: " + shell.Finish().err);
  return shell;
}

Outcome Account::Run(const std::string& sql, const Environment& more, const std::string& database) const {
  ChildProcess shell = StartShell(more, database);
  shell.Write(sql + "\n");
  return FinishShell(std::move(shell));
}

Outcome FinishShell(ChildProcess shell, Milliseconds patience) {
  Outcome outcome = shell.Finish(patience);
  constexpr std::string_view kReady = "ready\n";
  if (outcome.out.starts_with(kReady)) outcome.out.erase(0, kReady.size());
  CHECK(SecretIn(outcome.out) == "");
  CHECK(SecretIn(outcome.err) == "");
  return outcome;
}

std::string SecretIn(const std::string& text) {
  constexpr std::array<const char*, 5> kSecrets = {
      "your_client_secret", "wrong_client_secret", "sandbox-access-token", "sandbox-refresh-token",
      "eW91cl9jbGllbnRfaWQ6eW91cl9jbGllbnRfc2VjcmV0"};  // in an Authorization header, with the client id
  for (const char* secret : kSecrets) {
    if (text.find(secret) != std::string::npos) return secret;
  }
  std::smatch found;
  return std::regex_search(text, found, std::regex("(at|rt|code)-[0-9a-f]{32}")) ? found[0].str() : "";
}

Recorder::Recorder(const Account& account) : program_(account.Path("recorder")) {
  const std::string calls = account.Path("calls");
  if (mkfifo(calls.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
  // Both ways, so that a call neither waits for a reader nor leaves an end of file behind.
  calls_ = FileDescriptor(open(calls.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  WriteFile(program_, "#!/bin/sh\nprintf '%s\\n' \"$1\" >\"" + calls + "\"\n", 0700);
}

std::string Recorder::AwaitUrl(Milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::string line;
  for (;;) {
    char c = 0;
    if (read(calls_.get(), &c, 1) == 1) {
      if (c == '\n') return line;
      line += c;
      continue;
    }
    const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd polled{calls_.get(), POLLIN, 0};
    if (left <= 0 || poll(&polled, 1, static_cast<int>(left)) == 0) return "";
  }
}

std::string QueryParameter(const std::string& url, const std::string& name) {
  const auto parsed = http::ParseUrl(url);
  const auto parameters = http::ParseQuery(parsed ? parsed->query : "");
  return parameters ? std::string(http::FindParam(*parameters, name)) : "";
}

}  // namespace infusionsoft::oauth_test
