// SPDX-License-Identifier: MIT
#include "query/cell.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/base64.h"
#include "base/number.h"
#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using Kind = json::Value::Kind;

// ISO 4217 currencies whose minor unit is not a hundredth.
constexpr std::array<std::string_view, 16> kWithoutMinorUnit = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                                "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> kThousandths = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kTenThousandths = {"CLF", "UYW"};

SqlValue ToSql(const Number& number) {
  return number.is_integer ? SqlValue::Integer(number.integer) : SqlValue::Real(number.real);
}

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
      return SqlValue::Text(value.Text());
  }
  return SqlValue::Null();
}

// A number, or text that is one.
std::optional<Number> NumberIn(json::Value value) {
  if (value.kind() == Kind::kInteger) return Number{.is_integer = true, .integer = value.Integer(), .real = 0};
  if (value.kind() == Kind::kReal) return ParseNumber(value.Text());
  return value.kind() == Kind::kString ? ParseNumber(value.String()) : std::nullopt;
}

SqlValue Numeric(json::Value value) {
  const std::optional<Number> number = NumberIn(value);
  return number ? ToSql(*number) : AsItIs(value);
}

SqlValue Real(json::Value value) {
  if (value.kind() == Kind::kReal) return SqlValue::Real(value.Real() + 0.0);  // -0.0 + 0.0 is 0.0
  if (value.kind() == Kind::kBool) return SqlValue::Real(value.Bool() ? 1 : 0);
  const std::optional<Number> number = NumberIn(value);
  return number ? SqlValue::Real(number->ToReal()) : AsItIs(value);
}

SqlValue Boolean(json::Value value) {
  if (value.kind() == Kind::kString) {
    const std::string_view word = Trim(value.String());
    if (EqualsIgnoreCase(word, "true")) return SqlValue::Integer(1);
    if (EqualsIgnoreCase(word, "false")) return SqlValue::Integer(0);
  }
  return Numeric(value);
}

// A TEXT column holds text, as an ordinary table would after its affinity was applied; of a number the digits that came.
SqlValue Text(json::Value value) {
  if (value.kind() == Kind::kInteger || value.kind() == Kind::kReal || value.kind() == Kind::kBool) {
    return SqlValue::Text(value.Text());
  }
  return AsItIs(value);
}

// A number that is large enough to be no date counts from 1970, in seconds or, beyond the year 5138, in milliseconds.
std::optional<Timestamp> SinceEpoch(json::Value value) {
  constexpr int64_t kLeastSeconds = 100'000'000;  // in 1973; 20260131 is less
  constexpr int64_t kLeastMillis = 1000 * kLeastSeconds;
  const std::optional<Number> number = value.kind() == Kind::kString ? std::nullopt : NumberIn(value);
  if (!number || !number->is_integer || number->integer < kLeastSeconds) return std::nullopt;
  const Timestamp time{number->integer < kLeastMillis ? number->integer * 1000 : number->integer};
  return time <= kMaxTimestamp ? std::optional(time) : std::nullopt;
}

SqlValue Time(json::Value value) {
  if (const std::optional<Timestamp> time = SinceEpoch(value)) return SqlValue::Text(FormatTimestamp(*time));
  if (value.kind() != Kind::kString) return Text(value);
  if (const std::optional<Timestamp> time = ParseTimestamp(Trim(value.String())))
    return SqlValue::Text(FormatTimestamp(*time));
  return AsItIs(value);
}

// An amount without a currency has no unit, and what is no number has no major one: both stay as they came.
SqlValue Money(json::Value value) {
  if (value.kind() != Kind::kObject) return Real(value);
  const json::Value amount = value.Member("amount");
  if (amount.IsNothing()) return SqlValue::Null();
  const std::optional<Number> minor_units = NumberIn(amount);
  const json::Value currency = value.Member("currency_code");
  if (!minor_units || currency.kind() != Kind::kString) return AsItIs(value);
  return SqlValue::Real(MajorUnits(minor_units->ToReal(), Trim(currency.String())));
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

double MajorUnits(double minor_units, std::string_view currency_code) {
  const auto is_currency = [&](std::string_view code) { return EqualsIgnoreCase(code, currency_code); };
  if (std::ranges::any_of(kWithoutMinorUnit, is_currency)) return minor_units;
  if (std::ranges::any_of(kTenThousandths, is_currency)) return minor_units / 10'000;
  return minor_units / (std::ranges::any_of(kThousandths, is_currency) ? 1000 : 100);
}

bool IsComparable(const Column& column, const SqlValue& value) {
  if (value.IsNull()) return true;
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kReal:
    case ColumnType::kMoney:
      return value.kind == SqlValue::Kind::kInteger || value.kind == SqlValue::Kind::kReal;
    case ColumnType::kTime:
      return ParseTimestamp(value.text).has_value();
    case ColumnType::kDate:
      return ParseTimestamp(value.text.substr(0, std::string_view("2026-01-31").size()) + "T00:00Z").has_value();
    default:
      return true;
  }
}

SqlValue ReadCell(const Column& column, json::Value row) {
  const json::Value value = column.path.Find(row);
  if (value.IsNothing()) return SqlValue::Null();
  switch (column.type) {
    case ColumnType::kInteger:
      return Numeric(value);
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
      return SqlValue::Text(value.Text());
    case ColumnType::kMoney:
      return Money(value);
    case ColumnType::kBytes:
      return value.kind() == Kind::kString ? Bytes(value.String()) : AsItIs(value);
  }
  return SqlValue::Null();
}

}  // namespace infusionsoft
