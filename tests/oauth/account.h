// SPDX-License-Identifier: MIT
// What the tests of this folder share: an account on a local server, and people who use it through the sqlite3 shell.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "auth/file_descriptor.h"
#include "auth/temp_dir.h"
#include "child_process.h"
#include "sandbox.h"

namespace infusionsoft::oauth_test {

inline constexpr int kContacts = 60;

// What differs from test to test in the connection string.
struct Connection {
  std::string initiate = "GETANDREFRESH";
  std::string secret = "your_client_secret";
  std::string callback = "http://localhost:0";  // 0: any free port
  std::string more = "";                        // further properties
};

// Both ways in which an access token turns out to be of no use: by its time, or because the API says so.
struct OldToken {
  const char* access_token;
  const char* expires_at;
};
inline constexpr std::array<OldToken, 2> kOldTokens = {
    {{"ended", "2020-01-01T00:00:00Z"}, {"revoked", "2999-01-01T00:00:00Z"}}};

class Account {
 public:
  // `pkce`: the server knows PKCE, which the vendor's is not known to do.
  explicit Account(bool pkce = false);
  // Ends what the extension started and is still running.
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  sandbox::Sandbox& server() { return *server_; }
  std::string Path(const std::string& name) const { return dir_.Path(name); }

  // The classic connection string, followed by what leads it to this account's server.
  std::string ConnectionString(const Connection& connection = {}) const;
  // CREATE VIRTUAL TABLE temp.contacts with that string.
  std::string CreateContacts(const Connection& connection = {}) const;

  // Tokens are kept here.
  std::string token_file() const { return dir_.Path("tokens/tokens.json"); }
  // "" when there is none.
  std::string StoredRefreshToken() const;
  // Leaves a token file with an old access token and the refresh token that is good now.
  void AgeTokens(const OldToken& old) const;

  // A shell that has the extension loaded and waits for SQL. It has neither a terminal nor a display nor a browser.
  ChildProcess StartShell(const Environment& more = {}, const std::string& database = ":memory:") const;
  Outcome Run(const std::string& sql, const Environment& more = {}, const std::string& database = ":memory:") const;

 private:
  TempDir dir_;
  std::unique_ptr<sandbox::Sandbox> server_;
};

// Finishes, and checks that no secret is in what the shell printed.
Outcome FinishShell(ChildProcess shell, Milliseconds patience = kPatience);

// The first secret in `text`: of the connection strings of these tests, or shaped like what the server issues; or "".
std::string SecretIn(const std::string& text);

// A program for $BROWSER that shows nothing and tells which address it was given.
class Recorder {
 public:
  explicit Recorder(const Account& account);

  const std::string& program() const { return program_; }
  // The address of the next call, or "" when none comes in time.
  std::string AwaitUrl(Milliseconds patience = kPatience);
  // Whether there was a call that AwaitUrl has not returned. All that the shell started must have ended.
  bool Called() { return !AwaitUrl(Milliseconds(0)).empty(); }

 private:
  std::string program_;
  FileDescriptor calls_;
};

// The decoded value of a parameter of the query string of `url`, or "".
std::string QueryParameter(const std::string& url, const std::string& name);

}  // namespace infusionsoft::oauth_test
