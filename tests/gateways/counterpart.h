// SPDX-License-Identifier: MIT
// Servers of other makers, started in front of the sandbox and ended with the object. They ask the sandbox in their own
// name, as a gateway before the vendor's cloud would.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/temp_dir.h"
#include "oauth/child_process.h"

namespace infusionsoft::gateways_test {

inline constexpr char kUser[] = "ann";
inline constexpr char kPassword[] = "PASS-of-ann";

// "" when the counterpart of a test with this tag is installed; otherwise what is missing.
std::string MissingFor(const std::string& tag);

class Counterpart {
 public:
  // Each is ready when it is made; throws std::runtime_error when it does not start.
  static Counterpart Nginx(const std::string& sandbox_url, bool asks_for_password);
  static Counterpart ExpressNtlm(const std::string& sandbox_url);  // lets any password in, checks the name
  static Counterpart GssNtlmssp(const std::string& sandbox_url);   // checks both

  std::string api_url() const { return "http://127.0.0.1:" + port_ + "/crm/rest"; }
  // All that it has written so far; each writes about a request before it answers it.
  std::string Output();

 private:
  // With "" for `port`, the process says which it is.
  Counterpart(std::unique_ptr<TempDir> dir, const std::vector<std::string>& command,
              const oauth_test::Environment& environment, const std::string& ready, std::string port);

  std::unique_ptr<TempDir> dir_;
  oauth_test::ChildProcess process_;
  std::string port_;
};

}  // namespace infusionsoft::gateways_test
