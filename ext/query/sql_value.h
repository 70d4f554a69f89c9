// SPDX-License-Identifier: MIT
// SqlValue: a value on its way between SQLite and this project, without SQLite's headers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace infusionsoft {

struct SqlValue {
  enum class Kind { kNull, kInteger, kReal, kText, kBlob };

  Kind kind = Kind::kNull;
  int64_t integer = 0;
  double real = 0;
  std::string text;  // kText; a blob's bytes, which are never needed of values that SQLite passes

  static SqlValue Null() { return {}; }
  static SqlValue Integer(int64_t value) { return {.kind = Kind::kInteger, .integer = value, .real = 0, .text = {}}; }
  static SqlValue Real(double value) { return {.kind = Kind::kReal, .integer = 0, .real = value, .text = {}}; }
  static SqlValue Text(std::string value) {
    return {.kind = Kind::kText, .integer = 0, .real = 0, .text = std::move(value)};
  }
  static SqlValue Blob(std::string bytes = {}) {
    return {.kind = Kind::kBlob, .integer = 0, .real = 0, .text = std::move(bytes)};
  }

  bool IsNull() const { return kind == Kind::kNull; }
  friend bool operator==(const SqlValue&, const SqlValue&) = default;
};

// What a plan's placeholder ?1, ?2, ... stands for: one value, or all values of an IN list.
using Argument = std::vector<SqlValue>;

}  // namespace infusionsoft
