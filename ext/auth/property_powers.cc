// SPDX-License-Identifier: MIT
#include "auth/property_powers.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>

#include "auth/property_table.h"
#include "auth/property_value.h"

namespace infusionsoft {
namespace {

struct Given {
  const PropertyRow* row;
  PropertyText pair;
};

// The properties that take effect.
Result<std::vector<Given>> GivenIn(std::string_view text) {
  auto pairs = SplitAndExpand(text);
  if (!pairs) return std::move(pairs).status();
  std::vector<Given> given;
  std::set<const PropertyRow*> seen;
  for (PropertyText& pair : *pairs) {
    const PropertyRow* row = FindProperty(pair.name);
    if (row == nullptr) return UnknownProperty(pair);
    if (!seen.insert(row).second) return InvalidArgument(DescribeProperty(pair) + " is given twice; give it once");
    if (row->type != PropertyType::kSettings) given.push_back({row, std::move(pair)});
  }
  return given;
}

bool IsLiteralSecret(const Given& given) {
  return given.row->type == PropertyType::kSecret && !given.pair.value.empty() && !IsSecretReference(given.pair.value);
}

struct Word {
  PropertyPower power;
  std::string_view text;
};
constexpr std::array<Word, 6> kWords = {{{PropertyPower::kServer, "a server"},
                                         {PropertyPower::kProxy, "a proxy"},
                                         {PropertyPower::kCertificate, "a certificate"},
                                         {PropertyPower::kCredential, "a secret"},
                                         {PropertyPower::kSignIn, "a sign-in"},
                                         {PropertyPower::kFile, "a file"}}};

// "a server (URL), a secret (APIKey) and a file (Logfile)"
std::string Describe(const std::vector<const PropertyInfo*>& properties) {
  std::vector<std::string> parts;
  for (const Word& word : kWords) {
    std::string names;
    for (const PropertyInfo* info : properties) {
      if (info->power == word.power) names += (names.empty() ? "" : ", ") + std::string(info->name);
    }
    if (!names.empty()) parts.push_back(std::string(word.text) + " (" + names + ")");
  }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

// Whether `a` is a looser limit than `b`.
struct IsLooser {
  const PropertyRow& row;
  const ConnectionOptions& a;
  const ConnectionOptions& b;

  // The smallest value is "off", unless that is a limit itself.
  template <typename Number>
  bool Compare(Number left, Number right, Number off) const {
    if (left == right || (row.min <= 0 && right == off)) return false;
    return (row.min <= 0 && left == off) || left > right;
  }
  bool operator()(bool ConnectionOptions::*member) const { return b.*member && !(a.*member); }
  bool operator()(int ConnectionOptions::*member) const { return Compare(a.*member, b.*member, static_cast<int>(row.min)); }
  bool operator()(int64_t ConnectionOptions::*member) const { return Compare(a.*member, b.*member, row.min); }
  bool operator()(std::chrono::milliseconds ConnectionOptions::*member) const {
    return Compare(a.*member, b.*member, std::chrono::milliseconds(row.min));
  }
  bool operator()(SupportSettings ConnectionOptions::*member) const {
    const SupportSettings& left = a.*member;
    const SupportSettings& right = b.*member;
    return left.max_attempts > right.max_attempts || left.connect_timeout > right.connect_timeout ||
           left.max_response_bytes > right.max_response_bytes;
  }
  // Of another kind than limits have: any difference.
  template <typename Member>
  bool operator()(Member ConnectionOptions::*member) const {
    return !(a.*member == b.*member);
  }
  bool operator()(std::monostate) const { return false; }
};

struct Differs {
  const ConnectionOptions& a;
  const ConnectionOptions& b;
  template <typename Member>
  bool operator()(Member ConnectionOptions::*member) const {
    return !(a.*member == b.*member);
  }
  bool operator()(std::monostate) const { return false; }
};

bool IsWayToServers(PropertyPower power) {
  return power == PropertyPower::kServer || power == PropertyPower::kProxy || power == PropertyPower::kCertificate;
}

// As a connection string has it.
std::string Quoted(const std::string& value) {
  if (value.find_first_of(";'\" ") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace

Result<std::vector<const PropertyInfo*>> PowersIn(std::string_view text) {
  const auto given = GivenIn(text);
  if (!given) return given.status();
  std::vector<const PropertyInfo*> powers;
  for (const Given& each : *given) {
    if (each.row->info.power != PropertyPower::kNone) powers.push_back(&each.row->info);
  }
  return powers;
}

Status RefusePowers(const std::vector<const PropertyInfo*>& properties) {
  const std::string named = Describe(properties);
  return named.empty() ? Status() : Status(StatusCode::kPermissionDenied, "names " + named);
}

Status CheckLimits(const ConnectionOptions& options, const ConnectionOptions& base) {
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (info.power != PropertyPower::kLimit || !base.given.contains(info.name)) continue;
    const PropertyRow& row = *FindProperty(info.name);
    if (!std::visit(IsLooser{row, options, base}, row.target)) continue;
    return Status(StatusCode::kPermissionDenied, std::string(info.name) +
                                                     " would loosen the limit that the connection has, " +
                                                     PropertyValue(info.name, base).value_or("") +
                                                     "; remove it, or let infusionsoft_approve allow the table's text");
  }
  return Status();
}

Status CheckSameServers(const ConnectionOptions& options, const ConnectionOptions& base) {
  for (const PropertyInfo& info : ConnectionProperties()) {
    if (!IsWayToServers(info.power) || !std::visit(Differs{options, base}, FindProperty(info.name)->target)) continue;
    return InvalidArgument(std::string(info.name) +
                           " cannot be given beside Connection, because the secrets of that connection "
                           "could go to another server; register a connection of its own with infusionsoft_connect");
  }
  return Status();
}

Result<std::vector<std::string_view>> LiteralSecretsIn(std::string_view text) {
  const auto given = GivenIn(text);
  if (!given) return given.status();
  std::vector<std::string_view> names;
  for (const Given& each : *given) {
    if (IsLiteralSecret(each)) names.push_back(each.row->info.name);
  }
  return names;
}

Result<std::string> MaskedText(std::string_view text) {
  const auto given = GivenIn(text);
  if (!given) return given.status();
  std::string masked;
  ConnectionOptions checked;
  for (const Given& each : *given) {
    if (each.row->type != PropertyType::kSecret) {  // a secret's value may be in a file
      if (Status status = ApplyProperty(*each.row, each.pair, checked); !status.ok()) return status;
    }
    masked.append(masked.empty() ? "" : ";").append(each.row->info.name).append("=");
    masked += IsLiteralSecret(each) ? "***" : Quoted(each.pair.value);
  }
  return masked;
}

}  // namespace infusionsoft
