// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "profile_check.h"

namespace infusionsoft::official {
namespace {

using Kind = Shape::Kind;

bool Contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

bool IsTimeName(std::string_view name) {
  return name.ends_with("time") || name.ends_with("date") || name.starts_with("date_");
}

bool IsIdName(std::string_view name) { return name == "id" || name.ends_with("_id") || name.ends_with("_by"); }

// Properties that are text though their examples are all digits: parts of addresses and telephone numbers, and names given
// by others.
constexpr std::string_view kTextsOfDigits[] = {"line1",     "postal_code",  "zip_code",       "zip_four", "number",
                                               "extension", "phone_number", "invoice_number", "keap_id",  "sub"};

// The documents give most numbers and times as strings, and only an example tells which are which.
bool Fits(const Column& column, const Shape& shape) {
  const bool is_unsaid = shape.kind == Kind::kString && shape.format.empty() && shape.words.empty();
  const auto is_format = [&](std::string_view format) { return shape.kind == Kind::kString && shape.format == format; };
  const std::string& path = column.path.text();
  const std::string_view last = std::string_view(path).substr(path.rfind('.') + 1);
  switch (column.type) {
    case ColumnType::kInteger:
      return shape.kind == Kind::kInteger || is_format("digits") || (is_unsaid && (IsIdName(last) || IsIdName(column.name)));
    case ColumnType::kReal:
      return shape.kind == Kind::kNumber || is_format("decimal") || is_format("digits");
    case ColumnType::kBoolean:
      return shape.kind == Kind::kBoolean;
    case ColumnType::kTime:
      return is_format("date-time") || (is_unsaid && (IsTimeName(last) || IsTimeName(column.name)));
    case ColumnType::kDate:
      return is_format("date") || (is_unsaid && last.find("date") != std::string_view::npos);
    case ColumnType::kText:
      if (shape.kind != Kind::kString) return shape.kind == Kind::kAny;
      return shape.format.empty() ||
             (is_format("digits") && std::ranges::find(kTextsOfDigits, last) != std::end(kTextsOfDigits));
    case ColumnType::kJson:
      return shape.kind == Kind::kObject || shape.kind == Kind::kArray || shape.kind == Kind::kMap ||
             shape.kind == Kind::kAny;
    case ColumnType::kBytes:
      return is_format("byte");
    case ColumnType::kMoney:
      return shape.Find("amount") != nullptr && shape.Find("amount")->kind == Kind::kInteger;
  }
  return false;
}

// One table against one path that it lists.
class MistakeFinder {
 public:
  MistakeFinder(const Entity& entity, const Operation& operation, std::vector<Finding>& findings)
      : entity_(entity), operation_(operation), findings_(findings) {}

  void Find() {
    Expect(RowShape(entity_, operation_) != nullptr, "items");
    FindPaging();
    Expect(Sorted(entity_.exclusive) == Sorted(operation_.exclusive), "exclusive");
    for (const Column& column : entity_.columns) {
      if (column.role == ColumnRole::kValue) FindColumn(column);
      for (const Pushdown& pushdown : column.pushdowns) FindPushdown(column, pushdown);
      const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return name.empty() || Contains(names, name);
      };
      Expect(has(operation_.order_by, column.order_by), column.name + ": order " + column.order_by);
      Expect(has(operation_.fields, column.field), column.name + ": field " + column.field);
    }
    if (!entity_.get_path.empty()) FindGet();
  }

 private:
  void Expect(bool holds, const std::string& what) {
    if (!holds) findings_.push_back({WithoutNames(operation_.path), entity_.name + ": " + what});
  }

  static std::set<std::set<std::string>> Sorted(const std::vector<std::vector<std::string>>& groups) {
    std::set<std::set<std::string>> sorted;
    for (const auto& group : groups) sorted.insert({group.begin(), group.end()});
    return sorted;
  }

  void FindPaging() {
    const Parameter* size = operation_.FindParameter("page_size");
    Expect((entity_.answer == Answer::kPages) == (size != nullptr), "answer");
    Expect((entity_.answer == Answer::kOffset) == (operation_.FindParameter("limit") != nullptr), "answer");
    if (size == nullptr) return;
    Expect(entity_.page_size_max == size->max, "page_size_max");
    Expect(entity_.page_size_min >= size->min, "page_size_min");
  }

  void FindColumn(const Column& column) {
    const Shape* shape = ColumnShape(entity_, operation_, column);
    Expect(shape != nullptr, column.name + ": no property " + column.path.text());
    if (shape == nullptr) return;
    Expect(Fits(column, *shape), column.name + ": type");
    Expect(SelectsKnownWord(column), column.name + ": selector");
  }

  // email_addresses[field=EMAIL4]: the property `field` must have that word.
  bool SelectsKnownWord(Column column) const {
    const std::string path = column.path.text();
    const size_t open = path.find('[');
    const size_t equals = path.find('=');
    if (open == std::string::npos || equals == std::string::npos) return true;
    column.path = *json::Path::Compile(path.substr(0, open) + "[0]." + path.substr(open + 1, equals - open - 1));
    const Shape* selector = ColumnShape(entity_, operation_, column);
    if (selector == nullptr) return false;
    const std::string word = path.substr(equals + 1, path.find(']') - equals - 1);
    return selector->words.empty() || Contains(selector->words, word);
  }

  void FindPushdown(const Column& column, const Pushdown& pushdown) {
    const std::string name = column.name + ": filter " + pushdown.filter;
    if (pushdown.is_parameter) {
      const Parameter* parameter = operation_.FindParameter(pushdown.filter);
      Expect(parameter != nullptr && FitsParameter(column, pushdown, *parameter), name);
      return;
    }
    const Filter* filter = operation_.FindFilter(pushdown.filter);
    Expect(filter != nullptr, name);
    if (filter == nullptr) return;
    Expect(pushdown.prefix == filter->takes_prefix, name + ", prefix");
    Expect(pushdown.null_word == filter->none, name + ", null_word");
    Expect(pushdown.max_items == filter->max_items, name + ", max_items");
    Expect(FitsMatch(column, pushdown, *filter), name + ", match");
    std::vector<std::string> with;
    for (const auto& [required, word] : pushdown.with) {
      with.push_back(required);
      const Filter* other = operation_.FindFilter(required);
      Expect(other != nullptr && Contains(other->words, word), name + ", with " + required);
    }
    Expect(with == filter->required, name + ", with");
  }

  static bool FitsParameter(const Column& column, const Pushdown& pushdown, const Parameter& parameter) {
    if (parameter.type == "boolean") return pushdown.match == Match::kBoolean;
    if (parameter.type == "integer") return pushdown.match == Match::kEquals && column.type == ColumnType::kInteger;
    if (!parameter.words.empty()) return pushdown.match == Match::kEnum && pushdown.values == parameter.words;
    return pushdown.match == Match::kEquals || pushdown.match == Match::kSince || pushdown.match == Match::kUntil;
  }

  bool FitsMatch(const Column& column, const Pushdown& pushdown, const Filter& filter) const {
    const Shape* shape = column.role == ColumnRole::kValue ? ColumnShape(entity_, operation_, column) : nullptr;
    switch (pushdown.match) {
      case Match::kEquals:
        return !filter.is_set && filter.words.empty();
      case Match::kSet:
        return filter.is_set;
      case Match::kSince:
      case Match::kUntil:
        return filter.name.ends_with("_time") && column.type == ColumnType::kTime;
      case Match::kCompare:
        return std::ranges::all_of(std::vector<std::string>{">", "<", ">=", "<="},
                                   [&](const std::string& op) { return filter.Allows(op); });
      case Match::kEnum:
        // Words that the filter does not list are those of the property it is named after.
        return pushdown.values == (filter.words.empty() && shape != nullptr ? shape->words : filter.words) &&
               std::ranges::all_of(filter.examples,
                                   [&](const std::string& word) { return Contains(pushdown.values, word); });
      case Match::kBoolean:
        return filter.is_boolean || (shape != nullptr && shape->kind == Kind::kBoolean);
      case Match::kCompareTime:
      case Match::kFlag:
        return false;  // of custom fields, which no document lists
    }
    return false;
  }

  // What is looked up must be what is listed.
  void FindGet() {
    const Shape* row = RowShape(entity_, operation_);
    for (const std::string& path : PathsOf(entity_, entity_.get_path)) {
      const Operation* operation = FindOperation(path);
      Expect(operation != nullptr && operation->kind == Operation::Kind::kGet, "get_path " + path);
      if (operation == nullptr || row == nullptr) continue;
      const auto names = [](const Shape& shape) {
        std::set<std::string> paths;
        for (const auto& [leaf, leaf_shape] : Leaves(shape)) paths.insert(leaf);
        return paths;
      };
      const std::set<std::string> listed = names(*row);
      const std::set<std::string> found = names(operation->answer);
      // What it shows besides, it may show where the other columns are read from it too.
      const bool has_all = std::ranges::includes(found, listed);
      Expect(has_all && (found == listed || entity_.detail_path == entity_.get_path),
             "get_path " + path + " shows other properties");
      Expect(operation->fields == operation_.fields, "get_path " + path + " takes other fields");
    }
  }

  const Entity& entity_;
  const Operation& operation_;
  std::vector<Finding>& findings_;
};

}  // namespace

std::vector<Finding> FindMistakes() {
  std::vector<Finding> findings;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const std::string& path : PathsOf(entity, entity.list_path)) {
      const Operation* operation = FindOperation(path);
      if (operation == nullptr) {
        findings.push_back({path, entity.name + ": list_path"});
      } else {
        MistakeFinder(entity, *operation, findings).Find();
      }
    }
  }
  std::ranges::sort(findings);
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
  return findings;
}

}  // namespace infusionsoft::official
