// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "profile/validator.h"
#include "profile/vocabulary.h"

namespace infusionsoft {
namespace {

// Names that mean the rowid to SQLite, whatever columns there are.
constexpr std::array<std::string_view, 3> kRowIdNames = {"rowid", "oid", "_rowid_"};

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// What may stand right of one as it is: the filter grammar has no quoting.
bool IsFilterWord(std::string_view word) { return IsFilterName(word); }

std::string_view TypesOf(Match match) {
  switch (match) {
    case Match::kEquals:
      return "integer, text";
    case Match::kSet:
      return "integer, text";
    case Match::kSince:
    case Match::kUntil:
      return "time";
    case Match::kCompare:
      return "integer, real";
    case Match::kCompareTime:
      return "time, date";
    case Match::kEnum:
      return "text";
    case Match::kBoolean:
    case Match::kFlag:
      return "boolean";
  }
  return "";
}

bool FitsType(Match match, ColumnType type) {
  for (std::string_view word : Split(TypesOf(match), ',')) {
    if (Trim(word) == ColumnTypeName(type)) return true;
  }
  return false;
}

Status CheckMatch(const Column& column, const Pushdown& pushdown) {
  if (!IsFilterName(pushdown.filter)) {
    return InvalidArgument("the name of a filter must be letters, digits and underscores");
  }
  if (!FitsType(pushdown.match, column.type)) {
    return InvalidArgument("match \"" + std::string(MatchName(pushdown.match)) + "\" does not fit type \"" +
                           std::string(ColumnTypeName(column.type)) + "\"; it fits " + std::string(TypesOf(pushdown.match)));
  }
  const bool is_wide = pushdown.match == Match::kSet || Compares(pushdown.match);
  if (pushdown.is_parameter && (is_wide || !pushdown.with.empty())) {
    return InvalidArgument(
        "a \"parameter\" takes one value: match equals, since, until, enum, boolean or flag, and no \"with\"");
  }
  // It is sent wider than asked for, and an input has no value by which SQLite could check the rows.
  if (pushdown.match == Match::kCompareTime && column.role == ColumnRole::kRequest) {
    return InvalidArgument("match \"compare_time\" is for columns with the role value");
  }
  if (pushdown.prefix && (column.type != ColumnType::kText || pushdown.match != Match::kEquals)) {
    return InvalidArgument("\"prefix\" is for match \"equals\" on type \"text\"");
  }
  return Status();
}

Status CheckOtherwise(const Pushdown& pushdown, const Pushdown::Otherwise& otherwise) {
  if (pushdown.is_parameter) return InvalidArgument("\"otherwise\" is for a \"filter\"");
  if (otherwise.filter.empty() && otherwise.words.empty() && !otherwise.dates) {
    return InvalidArgument("\"otherwise\" must have \"filter\", \"words\" or \"dates\"");
  }
  if (!otherwise.filter.empty() && (!IsFilterName(otherwise.filter) || otherwise.filter == pushdown.filter)) {
    return InvalidArgument("\"filter\" of \"otherwise\" must be another name, of letters, digits and underscores");
  }
  if (otherwise.dates && pushdown.match != Match::kSince && pushdown.match != Match::kUntil) {
    return InvalidArgument("\"dates\" is for match \"since\" and \"until\"");
  }
  const bool has_words = pushdown.match == Match::kEnum || pushdown.match == Match::kBoolean;
  if (!otherwise.words.empty() && !has_words) {
    return InvalidArgument("\"words\" is for match \"enum\" and \"boolean\"");
  }
  for (const auto& [word, other] : otherwise.words) {
    if (!IsFilterWord(word) || !IsFilterWord(other)) {
      return InvalidArgument("\"words\" must give words other ones: {\"published\": \"PUBLISHED\"}");
    }
  }
  return Status();
}

Status CheckOptions(const Pushdown& pushdown) {
  if ((pushdown.match == Match::kEnum) == pushdown.values.empty()) {
    return InvalidArgument("\"values\" must stand with match \"enum\", and with no other");
  }
  if (!std::ranges::all_of(pushdown.values, IsFilterWord)) {
    return InvalidArgument("each of \"values\" must be letters, digits and underscores");
  }
  if (pushdown.max_items > 0 && pushdown.match != Match::kSet) {
    return InvalidArgument("\"max_items\" is for match \"set\"");
  }
  if (!pushdown.null_word.empty() && (pushdown.match != Match::kEquals || !IsFilterWord(pushdown.null_word))) {
    return InvalidArgument("\"null_word\" is for match \"equals\", and must be letters, digits and underscores");
  }
  for (const auto& [filter, word] : pushdown.with) {
    if (!IsFilterName(filter) || !IsFilterWord(word) || filter == pushdown.filter) {
      return InvalidArgument("\"with\" must give another filter one word: {\"phone_fields\": \"PHONE1\"}");
    }
  }
  return pushdown.otherwise ? CheckOtherwise(pushdown, *pushdown.otherwise) : Status();
}

Status CheckPushdowns(const Column& column) {
  for (size_t i = 0; i < column.pushdowns.size(); ++i) {
    const Pushdown& pushdown = column.pushdowns[i];
    Status status = CheckMatch(column, pushdown);
    if (status.ok()) status = CheckOptions(pushdown);
    if (!status.ok()) return status.WithContext("filter " + pushdown.filter);
    for (size_t other = 0; other < i; ++other) {
      if (column.pushdowns[other].filter == pushdown.filter) {
        return InvalidArgument("stands twice at this column").WithContext("filter " + pushdown.filter);
      }
    }
  }
  return Status();
}

Status CheckName(const Column& column) {
  if (!IsSnakeCase(column.name)) {
    return InvalidArgument("a column's name must be snake_case: lower-case letters, digits and underscores, a letter first");
  }
  if (std::ranges::find(kRowIdNames, column.name) != kRowIdNames.end()) {
    return InvalidArgument("a column must not be named rowid or oid, which SQLite keeps for the rowid");
  }
  if (!IsDoc(column.doc)) return InvalidArgument("\"doc\" must be a sentence in one line that ends with a period");
  return Status();
}

Status CheckWords(const Column& column) {
  if (column.words.empty()) return Status();
  if (!column.from_table.empty()) return InvalidArgument("a column has \"from\" or \"words\", not both");
  const bool fit = column.type == ColumnType::kText && std::ranges::all_of(column.words, [](const auto& word) {
                     return !word.first.empty() && IsFilterName(word.second);
                   });
  if (fit) return Status();
  return InvalidArgument("\"words\" gives each value of a text column its segment of the path: {\"CONTACT\": \"contacts\"}");
}

Status CheckRole(const Column& column) {
  if (column.never_null && column.order_by.empty()) {
    return InvalidArgument("\"never_null\" says that rows may be ordered by the column, so it needs \"order_by\"");
  }
  if (!column.order_by.empty() && !IsFilterName(column.order_by)) {
    return InvalidArgument("\"order_by\" must be letters, digits and underscores");
  }
  if (column.widens && (column.role != ColumnRole::kRequest || column.type != ColumnType::kBoolean)) {
    return InvalidArgument("\"widens\" is for a boolean column with the role request");
  }
  if (column.role != ColumnRole::kPath && (!column.from_table.empty() || !column.words.empty())) {
    return InvalidArgument("\"from\" and \"words\" are for columns with the role path");
  }
  if (column.detail &&
      (column.role != ColumnRole::kValue || column.outer || !column.order_by.empty() || !column.pushdowns.empty())) {
    return InvalidArgument("\"detail\" is for columns with the role value that the list can neither filter nor order by");
  }
  if (column.role == ColumnRole::kValue) return Status();
  if (column.outer) return InvalidArgument("\"outer\" is for columns with the role value");
  if (!column.order_by.empty()) return InvalidArgument("\"order_by\" is for columns with the role value");
  if (column.role == ColumnRole::kRequest) {
    if (column.pushdowns.size() == 1) return Status();
    return InvalidArgument("a column with the role request needs exactly one pushdown, the filter that it sends");
  }
  if (column.type != ColumnType::kInteger && column.type != ColumnType::kText) {
    return InvalidArgument("a column with the role path must be of type integer or text");
  }
  if (column.hidden || !column.pushdowns.empty()) {
    return InvalidArgument("a column with the role path must not be hidden and has no pushdowns");
  }
  return CheckWords(column);
}

}  // namespace

bool IsFilterName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return IsLetterOrDigit(c) || c == '_'; });
}

bool IsSnakeCase(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool IsDoc(std::string_view doc) {
  return doc.size() > 1 && doc.ends_with('.') && Trim(doc) == doc && doc.find('\n') == std::string_view::npos;
}

Status ValidateColumn(const Column& column) {
  for (auto rule : {CheckName, CheckRole, CheckPushdowns}) {
    if (Status status = rule(column); !status.ok()) return status;
  }
  return Status();
}

}  // namespace infusionsoft
