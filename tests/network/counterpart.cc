// SPDX-License-Identifier: MIT
#include "counterpart.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <stdexcept>

#include "base/file_descriptor.h"
#include "sqlite/extension_init.h"

namespace infusionsoft::network_test {
namespace {

using oauth_test::ChildProcess;
using oauth_test::Environment;

const Environment kEnvironment{{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}};

std::vector<std::string> Resolved(std::vector<std::string> command) {
  command[0] = oauth_test::FindProgram(command[0]);
  return command;
}

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool TakesConnections(int port) {
  const FileDescriptor client(socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = Loopback(port);
  return connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// The first row's cell, or the message of what failed.
std::string FirstCell(sqlite3* database, const std::string& sql, bool* failed = nullptr) {
  sqlite3_stmt* statement = nullptr;
  std::string text;
  const int prepared = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  const int step = prepared == SQLITE_OK ? sqlite3_step(statement) : prepared;
  if (failed != nullptr) *failed = step != SQLITE_ROW;
  text = step == SQLITE_ROW ? reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)) : sqlite3_errmsg(database);
  sqlite3_finalize(statement);
  return text;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::vector<std::string> KeyAndSubject(const Folder& folder, const std::string& name, const std::string& host) {
  return {"openssl",
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:P-256",
          "-nodes",
          "-subj",
          "/CN=" + name,
          "-addext",
          "subjectAltName=DNS:" + host,
          "-keyout",
          folder.Path(name + ".key"),
          "-out",
          folder.Path(name + ".pem")};
}

}  // namespace

int FreePort() {
  const FileDescriptor listener(socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener.get(), generic, size) != 0 || getsockname(listener.get(), generic, &size) != 0) {
    throw std::runtime_error("no loopback port");
  }
  return ntohs(address.sin_port);
}

std::string RunTool(const std::vector<std::string>& command) {
  const oauth_test::Outcome outcome = ChildProcess(Resolved(command), kEnvironment).Finish();
  if (outcome.exit_code != 0) throw std::runtime_error(command[0] + ": " + outcome.err);
  return outcome.out;
}

Counterpart::Counterpart(const std::vector<std::string>& command, int port) : process_(Resolved(command), kEnvironment) {
  const auto deadline = std::chrono::steady_clock::now() + oauth_test::kPatience;
  while (!TakesConnections(port)) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error(command[0] + " does not listen");
    poll(nullptr, 0, 5);
  }
}

Folder::Folder() { std::filesystem::permissions(dir_.Path(), std::filesystem::perms::all); }

std::string Folder::Write(const std::string& name, const std::string& text) const {
  WriteFile(Path(name), text, 0644);
  return Path(name);
}

std::string MakeCertificate(const Folder& folder, const std::string& name, const std::string& host, int days) {
  const std::string certificate = folder.Path(name + ".pem");
  RunTool(KeyAndSubject(folder, name, host));
  if (days > 0) return certificate;
  // Signed anew: only this command takes a time that is over.
  RunTool({"openssl", "x509", "-in", certificate, "-signkey", folder.Path(name + ".key"), "-days", std::to_string(days),
           "-out", certificate + ".old"});
  std::filesystem::rename(certificate + ".old", certificate);
  return certificate;
}

std::string MakeIssued(const Folder& folder, const std::string& name, const std::string& host, const std::string& issuer) {
  std::vector<std::string> command = KeyAndSubject(folder, name, host);
  command.insert(command.end(), {"-CA", folder.Path(issuer + ".pem"), "-CAkey", folder.Path(issuer + ".key"), "-addext",
                                 "basicConstraints=CA:FALSE"});
  RunTool(command);
  return folder.Path(name + ".pem");
}

std::string PinOf(const std::string& certificate) {
  return RunTool({"sh", "-c",
                  "openssl x509 -in '" + certificate +
                      "' -pubkey -noout | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | "
                      "openssl base64 -A | sed 's|^|sha256//|' | tr -d '\\n'"});
}

Account::Account() {
  sandbox::SandboxOptions options;
  options.seed = 7;
  options.sizes.contacts = 12;
  options.rate_per_minute = 1'000'000;
  server_ = sandbox::Sandbox::Start(options);
}

std::string Account::Count(const std::string& base, const std::string& more) {
  database_.reset();
  sqlite3* handle = nullptr;
  char* error = nullptr;
  REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
  database_.reset(handle);
  REQUIRE(sqlite::RegisterExtension(handle, &error) == SQLITE_OK);
  server_->ClearRequests();
  const bool has_token = more.find("InitiateOAuth") != std::string::npos;
  const std::string token = has_token ? "" : "OAuthAccessToken=" + server_->options().access_token + ";";
  bool failed = false;
  connected_ =
      FirstCell(handle, "SELECT infusionsoft_connect(" + Quoted("URL=" + base + "/crm/rest;" + token + more) + ")", &failed);
  return failed ? connected_ : FirstCell(handle, "SELECT count(*) FROM infusionsoft_contacts");
}

std::string Account::Cell(const std::string& sql) {
  bool failed = false;
  std::string cell = FirstCell(database_.get(), sql, &failed);
  INFO(sql << ": " << cell);
  REQUIRE_FALSE(failed);
  return cell;
}

std::vector<std::string>& LoggedWarnings() {
  static std::vector<std::string> warnings;
  return warnings;
}

}  // namespace infusionsoft::network_test
