// SPDX-License-Identifier: MIT
#include "oracle.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "encoding.h"
#include "iso_time.h"

namespace infusionsoft::differential {
namespace {

using Kind = PlainJson::Kind;

std::optional<double> RealOf(const std::string& text) {
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return *end == '\0' ? std::optional(number) : std::nullopt;
}

Cell AsItIs(const PlainJson& value) {
  if (value.kind == Kind::kBool) return int64_t{value.written == "true"};
  return value.kind == Kind::kString ? value.text : value.written;
}

// The number that a JSON number or a text is.
Cell NumberOf(const PlainJson& value) {
  const std::string& text = value.kind == Kind::kString ? value.text : value.written;
  const std::optional<double> real = RealOf(text);
  if (!real || (value.kind != Kind::kNumber && value.kind != Kind::kString)) return AsItIs(value);
  if (text.find_first_not_of("-0123456789") == std::string::npos && text.size() < 19) return std::atoll(text.c_str());
  const auto whole = static_cast<int64_t>(*real);
  if (static_cast<double>(whole) == *real) return whole;
  return *real;
}

Cell AsReal(const PlainJson& value) {
  const Cell number = NumberOf(value);
  const auto* const whole = std::get_if<int64_t>(&number);
  return whole != nullptr && value.kind != Kind::kBool ? static_cast<double>(*whole) : number;
}

Cell MoneyOf(const PlainJson& value) {
  if (value.kind != Kind::kObject) return AsReal(value);
  const PlainJson& amount = value.Member("amount");
  if (amount.IsNothing()) return std::monostate();
  const Cell units = NumberOf(amount);
  const auto* const whole = std::get_if<int64_t>(&units);
  const PlainJson& currency = value.Member("currency_code");
  if (whole == nullptr || currency.kind != Kind::kString) return value.written;
  return static_cast<double>(*whole) / (currency.text == "JPY" ? 1 : 100);
}

// A date alone names no instant; a number does.
Cell TimeOf(const PlainJson& value) {
  std::optional<int64_t> millis;
  constexpr size_t kDate = 10;  // which names no instant
  if (value.kind == Kind::kString && value.text.size() > kDate) millis = sandbox::ParseTime(value.text);
  if (value.kind == Kind::kNumber) millis = std::atoll(value.written.c_str()) * 1000;
  return millis ? sandbox::FormatTime(*millis, sandbox::TimeStyle::kZuluMillis) : AsItIs(value);
}

std::string TextOf(const Cell& cell) {
  if (const auto* const number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
  const auto* const text = std::get_if<std::string>(&cell);
  return text != nullptr ? *text : "";
}

void Replace(std::string& path, const std::string& name, const std::string& value) {
  const std::string hole = "{" + name + "}";
  if (const size_t at = path.find(hole); at != std::string::npos) path.replace(at, hole.size(), value);
}

// Whether an item of a list, or an element of an array in it, is a row at all. An object without any property is one whose
// properties are all missing.
bool IsRow(const Entity& entity, const PlainJson& item) {
  if (item.kind == Kind::kObject && item.names.empty()) return true;
  return std::ranges::any_of(entity.columns, [&](const Column& column) {
    if (column.role != ColumnRole::kValue || column.outer || column.detail) return false;
    return column.path.text().empty() ? !item.IsNothing() : item.Member(column.path.head()).kind != Kind::kAbsent;
  });
}

}  // namespace

Cell CellOf(ColumnType type, const PlainJson& value) {
  if (value.IsNothing()) return std::monostate();
  switch (type) {
    case ColumnType::kInteger:
      return NumberOf(value);
    case ColumnType::kReal:
      return AsReal(value);
    case ColumnType::kBoolean:
      if (value.text == "true" || value.text == "false") return int64_t{value.text == "true"};
      return NumberOf(value);
    case ColumnType::kTime:
      return TimeOf(value);
    case ColumnType::kText:
    case ColumnType::kDate:
      return value.kind == Kind::kString ? value.text : value.written;
    case ColumnType::kJson:
      return value.written;
    case ColumnType::kMoney:
      return MoneyOf(value);
    case ColumnType::kBytes:
      if (const auto bytes = sandbox::Base64Decode(value.text)) return Blob{*bytes};
      return AsItIs(value);
  }
  return std::monostate();
}

std::optional<std::string> Oracle::Get(const std::string& target) {
  http::HttpRequest request;
  request.method = "GET";
  request.url = SandboxServer::api_url() + target;
  request.secret_header_name = "Authorization";
  request.secret_header_value = Secret("Bearer " + server_.options().access_token);
  const http::HttpResponse response = server_.Answer(request);
  if (response.status == 404) return std::nullopt;
  if (response.status == 200) return response.body;
  std::fprintf(stderr, "GET %s failed: %s\n", target.c_str(), response.body.c_str());
  std::exit(2);
}

std::vector<Oracle::List> Oracle::Lists(const Entity& entity) {
  std::vector<List> lists = {{entity.list_path, {}}};
  std::string parent_name;
  for (const Column& column : entity.columns) {
    if (column.role != ColumnRole::kPath) continue;
    parent_name = column.from_table.empty() ? parent_name : column.from_table;
    if (column.words.empty()) continue;
    std::vector<List> more;
    for (const List& list : lists) {
      for (const auto& [word, segment] : column.words) {
        more.push_back(list);
        Replace(more.back().path, column.name, segment);
        more.back().echoes[column.name] = word;
      }
    }
    lists = std::move(more);
  }
  if (parent_name.empty()) return lists;
  const Entity& parent = *Profile::BuiltIn().Find(parent_name);
  std::string widening;
  for (const Column& column : parent.columns) {
    if (!column.widens) continue;
    const Pushdown& pushdown = column.pushdowns.front();
    widening += pushdown.is_parameter ? pushdown.filter + "=true&"
                                      : (widening.empty() ? "filter=" : "%3B") + pushdown.filter + "%3D%3Dtrue";
  }
  std::set<std::vector<Cell>> known;
  std::vector<List> below;
  for (const std::vector<Cell>& row : Rows(parent, widening)) {
    List list{entity.list_path, {}};
    std::vector<Cell> values;
    for (const Column& column : entity.columns) {
      if (column.role != ColumnRole::kPath) continue;
      values.push_back(row[static_cast<size_t>(parent.FindColumn(column.from_column))]);
      list.echoes[column.name] = values.back();
      Replace(list.path, column.name, sandbox::PercentEncode(TextOf(values.back())));
    }
    const bool is_whole = std::ranges::none_of(values, [](const Cell& value) { return value.index() == 0; });
    if (is_whole && known.insert(values).second) below.push_back(std::move(list));
  }
  return below;
}

std::vector<PlainJson> Oracle::Items(const Entity& entity, const List& list, const std::string& parameters) {
  const std::string start = list.path + "?" + parameters;
  std::vector<PlainJson> items;
  std::string page;
  while (true) {
    const std::optional<std::string> body =
        Get(page.empty() && parameters.empty() ? list.path : start + (parameters.empty() || page.empty() ? "" : "&") + page);
    if (!body) return items;
    if (entity.answer == Answer::kText) {
      PlainJson value{Kind::kString, *body, *body, {}, {}};
      if (body->starts_with('"')) value = ReadPlainJson(*body);
      return {value};
    }
    const PlainJson root = ReadPlainJson(*body);
    if (entity.answer == Answer::kObject) return {root};
    const PlainJson& array = entity.items.empty() ? root : root.Member(entity.items);
    items.insert(items.end(), array.elements.begin(), array.elements.end());
    if (entity.answer == Answer::kOffset && !array.elements.empty()) {
      page = "offset=" + std::to_string(items.size());
    } else if (entity.answer == Answer::kPages && !root.Member("next_page_token").text.empty()) {
      page = "page_token=" + sandbox::PercentEncode(root.Member("next_page_token").text);
    } else {
      return items;
    }
  }
}

PlainJson Oracle::Detail(const Entity& entity, const std::vector<Cell>& row) {
  std::string path = entity.detail_path;
  for (const std::string& key : entity.key) {
    const std::string value = TextOf(row[static_cast<size_t>(entity.FindColumn(key))]);
    if (value.empty()) return {};
    Replace(path, key, sandbox::PercentEncode(value));
  }
  const std::optional<std::string> body = Get(path);
  return body ? ReadPlainJson(*body) : PlainJson();
}

std::vector<std::vector<Cell>> Oracle::Rows(const Entity& entity, const std::string& parameters) {
  std::vector<std::vector<Cell>> rows;
  const auto has_detail = std::ranges::any_of(entity.columns, [](const Column& column) { return column.detail; });
  const auto add = [&](const List& list, const PlainJson& outer, const PlainJson& item) {
    if (entity.answer != Answer::kText && !IsRow(entity, item)) return;
    std::vector<Cell> row;
    for (const Column& column : entity.columns) {
      const auto echo = list.echoes.find(column.name);
      if (echo != list.echoes.end()) {
        row.push_back(echo->second);
      } else if (column.role != ColumnRole::kValue || column.detail) {
        row.emplace_back();
      } else if (entity.answer == Answer::kText) {
        row.push_back(CellOf(column.type, item));
      } else {
        row.push_back(CellOf(column.type, (column.outer ? outer : item).Find(column.path.text())));
      }
    }
    if (has_detail) {
      const PlainJson detail = Detail(entity, row);
      for (size_t i = 0; i < row.size(); ++i) {
        const Column& column = entity.columns[i];
        if (column.detail) row[i] = CellOf(column.type, detail.Find(column.path.text()));
      }
    }
    rows.push_back(std::move(row));
  };
  for (const List& list : Lists(entity)) {
    for (const PlainJson& item : Items(entity, list, parameters)) {
      if (!entity.IsNested()) {
        add(list, item, item);
        continue;
      }
      for (const PlainJson& element : item.Find(entity.nested).elements) add(list, item, element);
    }
  }
  return rows;
}

}  // namespace infusionsoft::differential
