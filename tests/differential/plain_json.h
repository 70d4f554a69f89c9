// SPDX-License-Identifier: MIT
// PlainJson: JSON as it is written, with its numbers as text. It shares nothing with the product's reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace infusionsoft::differential {

struct PlainJson {
  enum class Kind { kAbsent, kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kAbsent;
  std::string written;             // as it stands in the text
  std::string text;                // of a string
  std::vector<std::string> names;  // of an object's members, whose values are its elements
  std::vector<PlainJson> elements;

  bool IsNothing() const { return kind == Kind::kAbsent || kind == Kind::kNull; }
  const PlainJson& Member(std::string_view name) const;
  // "company.id", "email_addresses[field=EMAIL1].email", "items[0]"; a selector's number may be written in any way.
  const PlainJson& Find(std::string_view path) const;
};

// Ends the program where the text is no JSON: the sandbox wrote it.
PlainJson ReadPlainJson(std::string_view text);

}  // namespace infusionsoft::differential
