// SPDX-License-Identifier: MIT
#include "counterpart.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "base/file_descriptor.h"

namespace infusionsoft::gateways_test {
namespace {

using oauth_test::FindProgram;
using oauth_test::Milliseconds;

constexpr char kBearer[] = "Bearer sandbox-access-token";
constexpr char kPython[] = "/usr/bin/python3";  // Debian's, which sees Debian's modules

bool Exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// A place outside PATH where Debian has it for people who are not root.
std::string NginxProgram() { return Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : FindProgram("nginx"); }

// nginx cannot say which port it chose, so it is told one that was free a moment ago.
std::string FreePort() {
  const FileDescriptor probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(probe.get(), generic, size) != 0 || getsockname(probe.get(), generic, &size) != 0) {
    throw std::runtime_error("no free port");
  }
  return std::to_string(ntohs(address.sin_port));
}

std::string NginxConfiguration(const TempDir& dir, const std::string& port, const std::string& sandbox_url, bool asks) {
  std::string paths;
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    paths += std::string(kind) + "_temp_path " + dir.Path(kind) + ";\n";
  }
  const std::string basic = asks ? "auth_basic gateway; auth_basic_user_file " + dir.Path("htpasswd") + ";\n" : "";
  return "daemon off; master_process off; pid " + dir.Path("pid") + "; error_log stderr info;\nevents {}\nhttp {\n" +
         "access_log off;\n" + paths + "server { listen 127.0.0.1:" + port + ";\nlocation / {\n" + basic + "proxy_pass " +
         sandbox_url + "; proxy_set_header Authorization \"" + kBearer + "\";\n}}}\n";
}

}  // namespace

std::string MissingFor(const std::string& tag) {
  if (tag.ends_with("_nginx") && NginxProgram().empty()) return "nginx (apt-get install nginx-light)";
  if (tag == "ntlm_express") {
    if (FindProgram("node").empty()) return "node (apt-get install nodejs)";
    if (!Exists(GATEWAYS_FOLDER "/node_modules/express-ntlm")) return "express-ntlm (npm ci in tests/gateways)";
  }
  if (tag == "ntlm_gssntlmssp") {
    if (!Exists("/etc/gss/mech.d/mech.ntlmssp.conf")) return "GSS-NTLMSSP (apt-get install gss-ntlmssp)";
    if (!Exists("/usr/lib/python3/dist-packages/gssapi")) return "Python's gssapi (apt-get install python3-gssapi)";
  }
  return "";
}

Counterpart Counterpart::Nginx(const std::string& sandbox_url, bool asks_for_password) {
  auto dir = std::make_unique<TempDir>();
  const std::string port = FreePort();
  WriteFile(dir->Path("htpasswd"), std::string(kUser) + ":{PLAIN}" + kPassword + "\n");
  WriteFile(dir->Path("nginx.conf"), NginxConfiguration(*dir, port, sandbox_url, asks_for_password));
  // It logs its start after it has begun to listen.
  const std::vector<std::string> command = {"/bin/sh",      "-c",        "exec \"$0\" -e stderr -p \"$1\" -c \"$2\" 2>&1",
                                            NginxProgram(), dir->Path(), dir->Path("nginx.conf")};
  return Counterpart(std::move(dir), command, {}, "event method", port);
}

Counterpart Counterpart::ExpressNtlm(const std::string& sandbox_url) {
  const std::vector<std::string> command = {
      FindProgram("node"),         "--no-deprecation", GATEWAYS_FOLDER "/ntlm_server.js", sandbox_url, kBearer,
      std::string("DOM\\") + kUser};
  return Counterpart(nullptr, command, {}, "port ", "");
}

Counterpart Counterpart::GssNtlmssp(const std::string& sandbox_url) {
  auto dir = std::make_unique<TempDir>();
  WriteFile(dir->Path("users"), std::string("DOM:") + kUser + ":" + kPassword + "\n");
  const std::vector<std::string> command = {kPython, GATEWAYS_FOLDER "/ntlm_server.py", sandbox_url, kBearer};
  const oauth_test::Environment environment = {{"NTLM_USER_FILE", dir->Path("users")}, {"PYTHONDONTWRITEBYTECODE", "1"}};
  return Counterpart(std::move(dir), command, environment, "port ", "");
}

Counterpart::Counterpart(std::unique_ptr<TempDir> dir, const std::vector<std::string>& command,
                         const oauth_test::Environment& environment, const std::string& ready, std::string port)
    : dir_(std::move(dir)), process_(command, environment), port_(std::move(port)) {
  const bool said = process_.AwaitOutput(ready) && (!port_.empty() || process_.AwaitOutput("\n"));
  if (!said)
    throw std::runtime_error(command.front() + " did not start: " + Output() + process_.Finish(Milliseconds(0)).err);
  if (port_.empty()) port_ = process_.out().substr(ready.size(), process_.out().find('\n') - ready.size());
}

std::string Counterpart::Output() {
  process_.AwaitOutput(std::string(1, '\0'), Milliseconds(0));
  return process_.out();
}

}  // namespace infusionsoft::gateways_test
