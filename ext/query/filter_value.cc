// SPDX-License-Identifier: MIT
#include "query/filter_value.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "query/list_request.h"

namespace infusionsoft {
namespace {

constexpr size_t kMaxValueBytes = 1000;
// Of the filter's grammar, which has no quoting. What it makes of an operator or a comma inside a value, nobody says.
constexpr std::string_view kSyntax = ";*,=<>!";
// 2^63 as a double: reals from here on are not int64 values.
constexpr double kInt64Limit = 9223372036854775808.0;

std::string_view OperatorText(Op op) {
  switch (op) {
    case Op::kGreater:
    case Op::kGreaterOrEqual:
    case Op::kLess:
    case Op::kLessOrEqual:
      return OpText(op);
    default:
      return "==";
  }
}

// A server may refuse a number that its own integers cannot hold; 18 digits fit the 64 bits of any of them.
constexpr int64_t kLargestSent = 999'999'999'999'999'999;

bool CanSend(int64_t number) { return number >= 0 && number <= kLargestSent; }

// Ids are whole numbers, but no document says of all that they are above zero. Of other numbers, or of a custom field that
// somebody called "Member ID", a row may have a fraction, and it is shown.
bool IsId(const Column& column) { return !column.is_custom && (column.name == "id" || column.name.ends_with("_id")); }

FilterClause IntegerEquality(const Column& column, const Pushdown& pushdown, const SqlValue& value) {
  int64_t number = value.integer;
  if (value.kind == SqlValue::Kind::kReal) {
    const bool is_whole = std::abs(value.real) < kInt64Limit && value.real == std::floor(value.real);
    if (!is_whole) return IsId(column) ? FilterClause::NoRows() : FilterClause::Skip();
    number = static_cast<int64_t>(value.real);
  } else if (value.kind != SqlValue::Kind::kInteger) {
    return FilterClause::Skip();
  }
  if (!CanSend(number)) return FilterClause::Skip();
  return FilterClause::Send(pushdown.filter + "==" + std::to_string(number));
}

FilterClause IntegerRange(const Pushdown& pushdown, Op op, const SqlValue& value) {
  int64_t number = value.integer;
  if (value.kind == SqlValue::Kind::kReal) {
    // The nearest whole bound that leaves no row out.
    const bool is_lower = op == Op::kGreater || op == Op::kGreaterOrEqual;
    const double bound = is_lower ? std::floor(value.real) : std::ceil(value.real);
    if (!(std::abs(bound) < kInt64Limit)) return FilterClause::Skip();
    number = static_cast<int64_t>(bound);
    op = is_lower ? Op::kGreaterOrEqual : Op::kLessOrEqual;
  } else if (value.kind != SqlValue::Kind::kInteger) {
    return FilterClause::Skip();
  }
  if (!CanSend(number)) return FilterClause::Skip();
  return FilterClause::Send(pushdown.filter + std::string(OperatorText(op)) + std::to_string(number));
}

// Reals: the server compares decimals, SQLite the doubles nearest to them, so bounds are moved outwards, to the thousandth.
// What the grammar shows are plain decimals: no sign and no exponent are sent.
constexpr double kLargestReal = 1e12;

std::string PlainDecimal(double thousandths) {
  const auto number = static_cast<int64_t>(thousandths);
  const std::string fraction = std::to_string(1000 + number % 1000).substr(1);
  return std::to_string(number / 1000) + (fraction == "000" ? "" : "." + fraction);
}

FilterClause RealComparison(const Pushdown& pushdown, Op op, const SqlValue& value) {
  double number = value.real;
  if (value.kind == SqlValue::Kind::kInteger) {
    number = static_cast<double>(value.integer);
  } else if (value.kind != SqlValue::Kind::kReal) {
    return FilterClause::Skip();
  }
  if (!(number >= 0 && number <= kLargestReal)) return FilterClause::Skip();
  const std::string lower = pushdown.filter + ">=" + PlainDecimal(std::max(std::floor(number * 1000) - 1, 0.0));
  const std::string upper = pushdown.filter + "<=" + PlainDecimal(std::ceil(number * 1000) + 1);
  switch (op) {
    case Op::kGreater:
    case Op::kGreaterOrEqual:
      return FilterClause::Send(lower);
    case Op::kLess:
    case Op::kLessOrEqual:
      return FilterClause::Send(upper);
    default:
      return FilterClause::Send(lower + ";" + upper);
  }
}

// The documents do not say whether bounds include their own instant, nor whether the server keeps the milliseconds: one
// second outwards is enough for every combination of the two.
constexpr int64_t kTimeMarginMs = 1000;

FilterClause TimeBound(const Column& column, const Pushdown& pushdown, const SqlValue& value) {
  // Numbers sort before any text, blobs after it: they bound nothing.
  if (value.kind != SqlValue::Kind::kText) return FilterClause::Skip();
  const bool is_lower = pushdown.match == Match::kSince;
  const bool is_request = column.role == ColumnRole::kRequest;
  std::optional<Timestamp> bound = is_request ? ParseTimestamp(value.text) : std::nullopt;
  if (!bound) bound = is_lower ? LowerBoundFromText(value.text) : UpperBoundFromText(value.text);
  if (!bound) return FilterClause::Skip();
  // A request column has no value to check the rows by: the bound is the person's own.
  if (!is_request) bound->ms += is_lower ? -kTimeMarginMs : kTimeMarginMs;
  *bound = std::clamp(*bound, kMinTimestamp, kMaxTimestamp);
  return FilterClause::Send(pushdown.filter + "==" + FormatTimestamp(*bound));
}

// Times under one name: custom fields of the types DATE and DATE_TIME, which no document gives a zone. What a row shows may
// be a date, a time in UTC or in another zone, and the server may read it in the account's zone. Its date is within 14 hours
// of that date in UTC, and as text it stands between the formatted times of the day before and the day after: two days
// outwards are enough for every combination.
constexpr int64_t kZoneMarginMs = 2LL * 86'400'000;

FilterClause TimeComparison(const Pushdown& pushdown, Op op, const SqlValue& value) {
  if (value.kind != SqlValue::Kind::kText) return FilterClause::Skip();
  const bool has_lower = op != Op::kLess && op != Op::kLessOrEqual;
  const bool has_upper = op != Op::kGreater && op != Op::kGreaterOrEqual;
  std::string text;
  const auto add = [&](const char* symbol, std::optional<Timestamp> bound, int64_t margin) {
    if (!bound) return;
    bound->ms += margin;
    text += (text.empty() ? "" : ";") + pushdown.filter + symbol + FormatTimestamp(*bound);
  };
  if (has_lower) add(">=", LowerBoundFromText(value.text), -kZoneMarginMs);
  if (has_upper) add("<=", UpperBoundFromText(value.text), kZoneMarginMs);
  return text.empty() ? FilterClause::Skip() : FilterClause::Send(text);
}

FilterClause Boolean(const Pushdown& pushdown, const SqlValue& value) {
  std::optional<bool> truth;
  if (value.kind == SqlValue::Kind::kInteger && (value.integer == 0 || value.integer == 1)) truth = value.integer == 1;
  if (value.kind == SqlValue::Kind::kReal && (value.real == 0 || value.real == 1)) truth = value.real == 1;
  if (!truth) return FilterClause::Skip();
  const bool is_flag = pushdown.match == Match::kFlag;
  return FilterClause::Send(pushdown.filter + "==" + (*truth ? (is_flag ? "1" : "true") : (is_flag ? "0" : "false")));
}

FilterClause TextEquality(const Pushdown& pushdown, Op op, const std::string& text) {
  if (pushdown.match == Match::kEnum && std::ranges::find(pushdown.values, text) == pushdown.values.end()) {
    return FilterClause::Skip();  // the server would refuse the word
  }
  if (!CanCarry(text)) return FilterClause::Skip();
  return FilterClause::Send(pushdown.filter + "==" + text + (op == Op::kEqualNoCase ? "*" : ""));
}

// The fixed beginning of a LIKE or GLOB pattern, as far as the grammar carries it. LIKE folds ASCII only, or as the ICU
// extension does; a prefix of plain ASCII is folded alike by all.
FilterClause Prefix(const Pushdown& pushdown, Op op, const std::string& pattern) {
  const std::string_view special = op == Op::kLike ? "%_" : "*?[";
  std::string prefix = pattern.substr(0, pattern.find_first_of(special));
  prefix = prefix.substr(0, prefix.find_first_of(kSyntax));
  const auto plain = std::ranges::find_if(prefix, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  prefix.erase(plain, prefix.end());
  // "ann " would be trimmed to "ann" by a server that trims, and that is still a prefix of what is wanted.
  prefix = prefix.substr(0, prefix.find_last_not_of(' ') + 1);
  if (!CanCarry(prefix)) return FilterClause::Skip();
  return FilterClause::Send(pushdown.filter + "==" + prefix + "*");
}

FilterClause WithCompanions(const Pushdown& pushdown, FilterClause clause) {
  if (clause.kind != FilterClause::Kind::kSend) return clause;
  for (const auto& [name, value] : pushdown.with) clause.text += ";" + name + "==" + value;
  return clause;
}

FilterClause TextClause(const Pushdown& pushdown, Op op, const SqlValue& value) {
  // A number may be compared with the column as a number ('007' = 7), which no text filter does.
  if (value.kind != SqlValue::Kind::kText) return FilterClause::Skip();
  const bool is_pattern = op == Op::kLike || op == Op::kGlob;
  return is_pattern ? Prefix(pushdown, op, value.text) : TextEquality(pushdown, op, value.text);
}

}  // namespace

bool CanCarry(std::string_view text) {
  if (text.empty() || text.size() > kMaxValueBytes || !IsValidUtf8(text)) return false;
  if (EqualsIgnoreCase(text, "NONE") || EqualsIgnoreCase(text, "UNASSIGNED")) return false;
  const std::string_view spaces = " \t";
  if (spaces.find(text.front()) != std::string_view::npos || spaces.find(text.back()) != std::string_view::npos)
    return false;
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || kSyntax.find(c) != std::string_view::npos;
  });
}

FilterClause MakeClause(const Column& column, const Pushdown& pushdown, Op op, const SqlValue& value) {
  if (value.IsNull()) return FilterClause::NoRows();
  if (pushdown.match == Match::kSince || pushdown.match == Match::kUntil) return TimeBound(column, pushdown, value);
  if (pushdown.match == Match::kCompareTime) return WithCompanions(pushdown, TimeComparison(pushdown, op, value));
  if (pushdown.match == Match::kBoolean || pushdown.match == Match::kFlag)
    return WithCompanions(pushdown, Boolean(pushdown, value));
  switch (column.type) {
    case ColumnType::kInteger: {
      const bool is_range = op != Op::kEqual && op != Op::kEqualNoCase;
      return WithCompanions(pushdown,
                            is_range ? IntegerRange(pushdown, op, value) : IntegerEquality(column, pushdown, value));
    }
    case ColumnType::kReal:
      return RealComparison(pushdown, op, value);
    default:
      return WithCompanions(pushdown, TextClause(pushdown, op, value));
  }
}

FilterClause MakeNullClause(const Pushdown& pushdown) {
  return WithCompanions(pushdown, FilterClause::Send(pushdown.filter + "==" + pushdown.null_word));
}

FilterClause MakeSetMember(const Column& column, const SqlValue& value) {
  if (value.IsNull()) return FilterClause::NoRows();
  const Pushdown bare;  // so that the clause is "==" and the value
  FilterClause clause =
      column.type == ColumnType::kInteger ? IntegerEquality(column, bare, value) : TextClause(bare, Op::kEqual, value);
  if (clause.kind != FilterClause::Kind::kSend) return clause;
  clause.text.erase(0, 2);
  return clause;
}

FilterClause MakePathValue(const Column& column, const SqlValue& value) {
  if (value.IsNull() || column.type == ColumnType::kInteger) return MakeSetMember(column, value);
  const bool is_text = value.kind == SqlValue::Kind::kText;
  if (!is_text || !CanStandInPath(value) || value.text.size() > kMaxValueBytes) return FilterClause::Skip();
  return IsValidUtf8(value.text) ? FilterClause::Send(value.text) : FilterClause::Skip();
}

}  // namespace infusionsoft
