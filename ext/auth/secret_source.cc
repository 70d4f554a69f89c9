// SPDX-License-Identifier: MIT
// env:NAME and file:PATH, so that no secret need stand in the database file.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "auth/property_value.h"
#include "base/ordinary_file.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

constexpr size_t kMaxSecretBytes = 16384;

Status Bad(std::string_view property, const std::string& what) {
  return InvalidArgument(std::string(property) + ": " + what);
}

// Secrets travel in HTTP headers: a line break inside one would begin another header.
Status CheckText(std::string_view property, std::string_view text, const std::string& source) {
  if (Trim(text).empty()) return Bad(property, source + " is empty");
  const auto printable = [](char c) { return c >= ' ' && c < '\x7F'; };
  if (!std::all_of(text.begin(), text.end(), printable)) {
    return Bad(property, source + " holds something else than printable ASCII");
  }
  return Status();
}

bool IsVariableName(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), allowed);
}

Result<Secret> FromEnvironment(std::string_view property, const std::string& name) {
  if (!IsVariableName(name)) return Bad(property, "after env: stands the name of an environment variable");
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return Bad(property, "the environment variable " + name + " is not set");
  if (Status status = CheckText(property, value, "the environment variable " + name); !status.ok()) return status;
  return Secret(Trim(value));
}

Result<Secret> FromFile(std::string_view property, const std::string& path) {
  if (path.empty()) return Bad(property, "after file: stands the path of a file");
  const std::string name = "the file " + Excerpt(path, 300);
  const auto file = OpenOrdinaryFile(path);
  if (!file) return Bad(property, name + " " + file.status().message());
  auto text = ReadUpTo(*file, kMaxSecretBytes + 1);
  if (!text) return Bad(property, name + " " + text.status().message());
  std::string_view line = *text;
  line = Trim(line.substr(0, line.find('\n')));
  Status status = line.size() > kMaxSecretBytes ? Bad(property, "the first line of " + name + " is too long")
                                                : CheckText(property, line, "the first line of " + name);
  Secret secret(line);
  WipeText(*text);
  if (!status.ok()) return status;
  return secret;
}

constexpr std::string_view kEnv = "env:";
constexpr std::string_view kFile = "file:";

bool HasPrefix(std::string_view text, std::string_view prefix) {
  return EqualsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

}  // namespace

bool IsSecretReference(std::string_view text) { return HasPrefix(text, kEnv) || HasPrefix(text, kFile); }

Result<Secret> ReadSecret(std::string_view property, std::string_view text) {
  if (HasPrefix(text, kEnv)) return FromEnvironment(property, std::string(Trim(text.substr(kEnv.size()))));
  if (HasPrefix(text, kFile)) return FromFile(property, std::string(Trim(text.substr(kFile.size()))));
  if (Status status = CheckText(property, text, "the value"); !status.ok()) return status;
  return Secret(text);
}

}  // namespace infusionsoft
