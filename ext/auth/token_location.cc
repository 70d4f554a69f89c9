// SPDX-License-Identifier: MIT
#include "auth/token_location.h"

#include "auth/crypto.h"
#include "auth/private_file.h"

namespace infusionsoft {

std::string TokenFileName(const std::string& client_id) {
  constexpr size_t kReadable = 40;
  std::string name;
  for (char c : client_id.substr(0, kReadable)) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += safe ? c : '_';
  }
  return name + (name.empty() ? "" : "-") + Sha256Hex(client_id).substr(0, 16) + ".json";
}

bool IsMemory(const std::string& location) { return location.starts_with(kMemoryLocation); }

Result<std::string> TokenFilePath(const std::string& location, const std::string& client_id) {
  return PrivatePath(kTokenFile, location, TokenFileName(client_id));
}

}  // namespace infusionsoft
