// SPDX-License-Identifier: MIT
// Real servers on loopback, certificates for them, and SQL that reaches an account through them.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "auth/temp_dir.h"
#include "oauth/child_process.h"
#include "sandbox.h"

namespace infusionsoft::network_test {

// A port of this machine that nobody uses.
int FreePort();

// Runs a tool that must succeed; what it wrote.
std::string RunTool(const std::vector<std::string>& command);

// A server program, from the constructor, which waits until `port` takes connections, to the destructor.
class Counterpart {
 public:
  Counterpart(const std::vector<std::string>& command, int port);

 private:
  oauth_test::ChildProcess process_;
};

// A folder that a server may read and write, whoever it runs as.
class Folder {
 public:
  Folder();
  std::string Path(const std::string& name) const { return dir_.Path(name); }
  std::string Write(const std::string& name, const std::string& text) const;  // its path

 private:
  TempDir dir_;
};

// A certificate that signs itself, with its key beside it: NAME.pem and NAME.key in `folder`. `days` may be negative.
std::string MakeCertificate(const Folder& folder, const std::string& name, const std::string& host, int days = 1);
// One that `issuer` of the same folder signs.
std::string MakeIssued(const Folder& folder, const std::string& name, const std::string& host, const std::string& issuer);
// "sha256//..." of a certificate's public key.
std::string PinOf(const std::string& certificate);

// An account, with a database of its own for each connection string.
class Account {
 public:
  Account();
  sandbox::Sandbox& server() { return *server_; }
  // Connects with URL=`base`/crm/rest, the account's token unless `more` says how to get one, and `more`; then counts
  // contacts: the number, or the error's message. The database stays until the next call.
  std::string Count(const std::string& base, const std::string& more);
  // The only cell of what must work, in the database of the last Count.
  std::string Cell(const std::string& sql);
  const std::string& connected() const { return connected_; }  // what infusionsoft_connect said
  static constexpr const char* kCount = "12";

 private:
  std::unique_ptr<sandbox::Sandbox> server_;
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> database_{nullptr, sqlite3_close};
  std::string connected_;
};

// What SQLite's error log was told since the program began.
std::vector<std::string>& LoggedWarnings();

}  // namespace infusionsoft::network_test
