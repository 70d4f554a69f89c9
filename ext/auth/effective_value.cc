// SPDX-License-Identifier: MIT
// From the typed value of a property back to its text.
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "auth/connection_options.h"
#include "auth/property_table.h"
#include "auth/structured_value.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

using Text = std::optional<std::string>;

Text Seconds(std::chrono::milliseconds value) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(value).count());
}

Text Nonempty(std::string text) { return text.empty() ? Text() : Text(std::move(text)); }

// The word that stands at the place `index` of the list of values.
std::string ChoiceAt(const PropertyRow& row, int index) {
  return std::string(Trim(Split(row.info.values, ',').at(static_cast<size_t>(index))));
}

struct Read {
  const PropertyRow& row;
  const ConnectionOptions& options;

  Text operator()(std::monostate) const { return Nonempty(std::string(row.info.default_value)); }
  Text operator()(std::string ConnectionOptions::*member) const {
    const std::string& text = options.*member;
    // "" is the built-in profile.
    return Nonempty(text.empty() && row.type == PropertyType::kProfile ? std::string(row.info.default_value) : text);
  }
  Text operator()(Secret ConnectionOptions::*member) const { return (options.*member).empty() ? Text() : Text("***"); }
  Text operator()(bool ConnectionOptions::*member) const { return options.*member ? "true" : "false"; }
  Text operator()(int ConnectionOptions::*member) const {
    // Without a default, 0 is what the property is when it was not given.
    const bool is_unset = row.info.default_value.empty() && options.*member == 0;
    return is_unset ? Text() : Text(std::to_string(options.*member));
  }
  Text operator()(int64_t ConnectionOptions::*member) const {
    if (row.type == PropertyType::kSize) return FormatSize(options.*member);
    return row.type == PropertyType::kModuleList ? FormatLogModules(options.*member) : std::to_string(options.*member);
  }
  Text operator()(std::chrono::milliseconds ConnectionOptions::*member) const { return Seconds(options.*member); }
  Text operator()(std::optional<std::chrono::seconds> ConnectionOptions::*member) const {
    return options.*member ? Seconds(*(options.*member)) : Text();
  }
  Text operator()(std::optional<std::chrono::milliseconds> ConnectionOptions::*member) const {
    return options.*member ? Text(std::to_string((options.*member)->count())) : Text();
  }
  Text operator()(PseudoColumns ConnectionOptions::*member) const { return Nonempty(FormatPseudoColumns(options.*member)); }
  Text operator()(SupportSettings ConnectionOptions::*member) const {
    return Nonempty(FormatSupportSettings(options.*member));
  }
  template <typename Choice>
  requires std::is_enum_v<Choice> Text operator()(Choice ConnectionOptions::*member) const {
    return ChoiceAt(row, static_cast<int>(options.*member));
  }
};

}  // namespace

std::optional<std::string> PropertyValue(std::string_view name, const ConnectionOptions& options) {
  const PropertyRow* row = FindProperty(name);
  if (row == nullptr) return std::nullopt;
  Text value = std::visit(Read{*row, options}, row->target);
  // Also a secret that is kept as plain text.
  return row->info.secret && value ? Text("***") : value;
}

std::vector<Secret> SecretsOf(const ConnectionOptions& options) {
  std::vector<Secret> secrets;
  for (const PropertyInfo& info : ConnectionProperties()) {
    const auto* member = std::get_if<Secret ConnectionOptions::*>(&FindProperty(info.name)->target);
    if (member != nullptr && !(options.**member).empty()) secrets.push_back(options.**member);
  }
  return secrets;
}

std::string_view PropertySourceName(PropertySource source) {
  switch (source) {
    case PropertySource::kDefault:
      return "default";
    case PropertySource::kConnectionString:
      return "connection string";
    case PropertySource::kEnvironment:
      return "environment";
    case PropertySource::kFile:
      return "file";
    case PropertySource::kBaseConnection:
      return "connection";
    case PropertySource::kDatabaseFile:
      return "database file";
  }
  return "";
}

}  // namespace infusionsoft
