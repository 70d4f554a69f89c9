// SPDX-License-Identifier: MIT
#include "query/cell.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/base64.h"
#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

// ISO 4217 currencies whose minor unit is not a hundredth.
constexpr std::array<std::string_view, 16> kWithoutMinorUnit = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                                "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> kThousandths = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

SqlValue AsItIs(json::Value value) {
  switch (value.kind()) {
    case Kind::kAbsent:
    case Kind::kNull:
      return SqlValue::Null();
    case Kind::kBool:
      return SqlValue::Integer(value.Bool() ? 1 : 0);
    case Kind::kInteger:
      return SqlValue::Integer(value.Integer());
    case Kind::kReal:
      return SqlValue::Real(value.Real());
    case Kind::kString:
      return SqlValue::Text(std::string(value.String()));
    case Kind::kArray:
    case Kind::kObject:
      return SqlValue::Json(value.Text());
  }
  return SqlValue::Null();
}

// Text that is a number, as the affinity of an ordinary table's column would turn it into one.
SqlValue NumberOf(json::Value value) {
  if (value.kind() != Kind::kString) return AsItIs(value);
  const std::string_view text = Trim(value.String());
  if (const std::optional<int64_t> number = ParseInt64(text)) return SqlValue::Integer(*number);
  const std::optional<double> real = ParseDouble(text);
  if (!real) return AsItIs(value);
  constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  const bool is_whole = std::floor(*real) == *real && std::abs(*real) < kExactIntegers;
  return is_whole ? SqlValue::Integer(static_cast<int64_t>(*real)) : SqlValue::Real(*real);
}

SqlValue Real(json::Value value) {
  if (value.kind() == Kind::kInteger) return SqlValue::Real(static_cast<double>(value.Integer()));
  if (value.kind() == Kind::kString) {
    if (const std::optional<double> number = ParseDouble(Trim(value.String()))) return SqlValue::Real(*number);
  }
  return AsItIs(value);
}

SqlValue Boolean(json::Value value) {
  if (value.kind() == Kind::kString) {
    if (EqualsIgnoreCase(value.String(), "true")) return SqlValue::Integer(1);
    if (EqualsIgnoreCase(value.String(), "false")) return SqlValue::Integer(0);
  }
  return NumberOf(value);
}

// A TEXT column holds text, as an ordinary table would after its affinity was applied.
SqlValue Text(json::Value value) {
  if (value.kind() == Kind::kInteger || value.kind() == Kind::kReal || value.kind() == Kind::kBool) {
    return SqlValue::Text(value.Text());
  }
  return AsItIs(value);
}

SqlValue Time(json::Value value) {
  if (value.kind() != Kind::kString) return Text(value);
  if (const std::optional<Timestamp> time = ParseTimestamp(value.String())) return SqlValue::Text(FormatTimestamp(*time));
  return AsItIs(value);
}

SqlValue Money(json::Value value) {
  if (value.kind() != Kind::kObject) return Real(value);
  const json::Value amount = value.Member("amount");
  const SqlValue minor_units = NumberOf(amount);  // int64, which JSON may carry as text
  if (minor_units.kind != SqlValue::Kind::kInteger) return Real(amount);
  const json::Value currency = value.Member("currency_code");
  return SqlValue::Real(MajorUnits(minor_units.integer, currency.kind() == Kind::kString ? currency.String() : ""));
}

SqlValue Bytes(std::string_view base64) {
  std::optional<std::string> bytes = DecodeBase64(base64);
  return SqlValue::Blob(bytes ? *std::move(bytes) : std::string(base64));
}

}  // namespace

SqlValue ReadText(const Column& column, std::string_view text) {
  if (column.type == ColumnType::kBytes) return Bytes(text);
  return IsValidUtf8(text) ? SqlValue::Text(std::string(text)) : SqlValue::Blob(std::string(text));
}

double MajorUnits(int64_t minor_units, std::string_view currency_code) {
  const auto amount = static_cast<double>(minor_units);
  if (std::ranges::find(kWithoutMinorUnit, currency_code) != kWithoutMinorUnit.end()) return amount;
  if (std::ranges::find(kThousandths, currency_code) != kThousandths.end()) return amount / 1000;
  return amount / 100;
}

SqlValue ReadCell(const Column& column, json::Value row) {
  const json::Value value = column.path.Find(row);
  if (value.IsNothing()) return SqlValue::Null();
  switch (column.type) {
    case ColumnType::kInteger:
      return NumberOf(value);
    case ColumnType::kReal:
      return Real(value);
    case ColumnType::kBoolean:
      return Boolean(value);
    case ColumnType::kTime:
      return Time(value);
    case ColumnType::kText:
    case ColumnType::kDate:
      return Text(value);
    case ColumnType::kJson:
      return SqlValue::Json(value.Text());
    case ColumnType::kMoney:
      return Money(value);
    case ColumnType::kBytes:
      return value.kind() == Kind::kString ? Bytes(value.String()) : AsItIs(value);
  }
  return SqlValue::Null();
}

}  // namespace infusionsoft
