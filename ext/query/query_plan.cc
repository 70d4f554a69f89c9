// SPDX-License-Identifier: MIT
#include "query/query_plan.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace infusionsoft {
namespace {

Status NotAPlan(std::string_view text) { return Status(StatusCode::kInternal, "not a query plan: " + Excerpt(text, 200)); }

// {email LIKE ?2}
std::string PrintTerm(const Entity& entity, const PlanTerm& term) {
  std::string text = "{" + entity.columns[static_cast<size_t>(term.column)].name + " ";
  text += OpText(term.op);
  if (term.argument > 0) text += " ?" + std::to_string(term.argument);
  return text + "}";
}

std::string_view ComparisonOperator(const Pushdown& pushdown, Op op) {
  if (!Compares(pushdown.match)) return "==";
  switch (op) {
    case Op::kGreater:
      return ">";
    case Op::kGreaterOrEqual:
      return ">=";
    case Op::kLess:
      return "<";
    case Op::kLessOrEqual:
      return "<=";
    default:
      return "==";
  }
}

// {each contacts.id}, or {each record_type} where the values are words.
std::string PrintOpenPath(const Column& column) {
  if (column.from_table.empty()) return "{each " + column.name + "}";
  return "{each " + column.from_table + "." + column.from_column + "}";
}

std::string PrintPath(const Entity& entity, const QueryPlan& plan) {
  const std::string& pattern = plan.access == QueryPlan::Access::kGet ? entity.get_path : entity.list_path;
  std::string text;
  size_t from = 0;
  while (true) {
    const size_t open = pattern.find('{', from);
    if (open == std::string::npos) return text + pattern.substr(from);
    const size_t close = pattern.find('}', open);
    const std::string name = pattern.substr(open + 1, close - open - 1);
    text += pattern.substr(from, open - from);
    const PlanTerm* term = plan.PathTerm(entity, name);
    text += term != nullptr ? PrintTerm(entity, *term)
                            : PrintOpenPath(entity.columns[static_cast<size_t>(entity.FindColumn(name))]);
    from = close + 1;
  }
}

std::string PrintFilter(const Entity& entity, const QueryPlan& plan) {
  std::string text;
  for (const PlanTerm& term : plan.terms) {
    if (term.filter.empty()) continue;
    const Pushdown* pushdown = FindPushdown(entity.columns[static_cast<size_t>(term.column)], term.filter);
    assert(pushdown != nullptr);
    if (pushdown->is_parameter) continue;
    if (!text.empty()) text += ";";
    text += term.filter;
    text += ComparisonOperator(*pushdown, term.op);
    text += PrintTerm(entity, term);
    for (const auto& [name, value] : pushdown->with) text += ";" + name + "==" + value;
  }
  return text;
}

// What follows the request of a plan that reads detail columns.
std::string DetailText(const Entity& entity) { return " + GET " + entity.detail_path + " for each row"; }

constexpr std::string_view kCopyOf = "local copy of ";
constexpr std::string_view kWhere = " where ";  // no path, field or column name holds it
constexpr std::string_view kAnd = " and ";

// "local copy of GET /v2/contacts where {email = ?1}"; the fields of a copy are always the same ones.
std::string PrintCopy(const Entity& entity, const QueryPlan& plan) {
  QueryPlan copied = plan;
  copied.from_copy = false;
  copied.fields.clear();
  std::string text = std::string(kCopyOf) + PrintPlan(entity, copied);
  for (const PlanTerm& pick : plan.picks) {
    text += &pick == &plan.picks.front() ? kWhere : kAnd;
    text += PrintTerm(entity, pick);
  }
  return text;
}

std::string PrintPageSize(const QueryPlan& plan) {
  std::string text = "{LIMIT ?" + std::to_string(plan.limit_argument);
  if (plan.offset_argument > 0) text += " OFFSET ?" + std::to_string(plan.offset_argument);
  return text + "}";
}

// Reads "?N" at the end of `text`; 0 when there is none.
int TakeArgument(std::string_view& text) {
  const size_t mark = text.rfind(" ?");
  if (mark == std::string_view::npos) return 0;
  const std::optional<int64_t> number = ParseInt64(text.substr(mark + 2));
  if (!number || *number < 1 || *number > 1000000) return 0;
  text = text.substr(0, mark);
  return static_cast<int>(*number);
}

// "email LIKE ?2" -> a term without its filter.
Result<PlanTerm> ParseTerm(const Entity& entity, std::string_view text) {
  PlanTerm term;
  std::string_view rest = text;
  term.argument = TakeArgument(rest);
  const size_t space = rest.find(' ');
  if (space == std::string_view::npos) return NotAPlan(text);
  term.column = entity.FindColumn(rest.substr(0, space));
  const std::optional<Op> op = ParseOp(rest.substr(space + 1));
  if (term.column < 0 || !op) return NotAPlan(text);
  term.op = *op;
  return term;
}

// Whether `path` has the segments of `pattern`; a segment in braces stands for any other in braces.
bool FitsPattern(std::string_view path, std::string_view pattern) {
  const std::vector<std::string_view> segments = Split(path, '/');
  const std::vector<std::string_view> wanted = Split(pattern, '/');
  if (segments.size() != wanted.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const bool both_open = segments[i].starts_with('{') && wanted[i].starts_with('{') &&
                           segments[i].substr(segments[i].find('}')) == wanted[i].substr(wanted[i].find('}'));
    if (!both_open && segments[i] != wanted[i]) return false;
  }
  return true;
}

// The braces of the path: each is a term or "each parent.column".
Status ParsePathTerms(const Entity& entity, std::string_view path, QueryPlan& plan) {
  while (true) {
    const size_t open = path.find('{');
    if (open == std::string_view::npos) return Status();
    const size_t close = path.find('}', open);
    if (close == std::string_view::npos) return NotAPlan(path);
    const std::string_view inner = path.substr(open + 1, close - open - 1);
    if (!inner.starts_with("each ")) {
      Result<PlanTerm> term = ParseTerm(entity, inner);
      if (!term) return std::move(term).status();
      plan.terms.push_back(*std::move(term));
    }
    path.remove_prefix(close + 1);
  }
}

// `braces`: "{email LIKE ?2}", which `filter` sends.
Status ParsePushedTerm(const Entity& entity, std::string_view filter, std::string_view braces, QueryPlan& plan) {
  if (!braces.starts_with('{') || !braces.ends_with('}')) return NotAPlan(braces);
  Result<PlanTerm> term = ParseTerm(entity, braces.substr(1, braces.size() - 2));
  if (!term) return std::move(term).status();
  term->filter = filter;
  if (FindPushdown(entity.columns[static_cast<size_t>(term->column)], filter) == nullptr) return NotAPlan(braces);
  plan.terms.push_back(*std::move(term));
  return Status();
}

Status ParseFilter(const Entity& entity, std::string_view filter, QueryPlan& plan) {
  for (std::string_view clause : Split(filter, ';')) {
    const size_t open = clause.find('{');
    if (open == std::string_view::npos) continue;  // a clause that goes with the one before
    if (Status status = ParsePushedTerm(entity, clause.substr(0, clause.find_first_of("=<>")), clause.substr(open), plan);
        !status.ok()) {
      return status;
    }
  }
  return Status();
}

Status ParseOrder(const Entity& entity, std::string_view text, QueryPlan& plan) {
  const size_t space = text.find(' ');
  if (space == std::string_view::npos) return NotAPlan(text);
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    if (entity.columns[i].order_by == text.substr(0, space)) {
      plan.order = OrderTerm{static_cast<int>(i), text.substr(space + 1) == "desc"};
      return Status();
    }
  }
  return NotAPlan(text);
}

Status ParsePageSize(std::string_view text, QueryPlan& plan) {
  if (!text.starts_with("{LIMIT") || !text.ends_with('}')) return NotAPlan(text);
  std::string_view inner = text.substr(1, text.size() - 2);
  if (inner.find(" OFFSET") != std::string_view::npos) {
    plan.offset_argument = TakeArgument(inner);
    inner = inner.substr(0, inner.size() - std::string_view(" OFFSET").size());
  }
  plan.limit_argument = TakeArgument(inner);
  return plan.limit_argument > 0 ? Status() : NotAPlan(text);
}

Status ParseParameter(const Entity& entity, std::string_view parameter, QueryPlan& plan) {
  const size_t equals = parameter.find('=');
  if (equals == std::string_view::npos) return NotAPlan(parameter);
  const std::string_view name = parameter.substr(0, equals);
  const std::string_view value = parameter.substr(equals + 1);
  if (name == "filter") return ParseFilter(entity, value, plan);
  if (name == "order_by") return ParseOrder(entity, value, plan);
  if (name == PageSizeParameter(entity)) return ParsePageSize(value, plan);
  if (name == FieldsParameter(entity)) {
    for (std::string_view field : Split(value, ',')) plan.fields.emplace_back(field);
    return Status();
  }
  return ParsePushedTerm(entity, name, value, plan);
}

Result<QueryPlan> ParseCopy(const Entity& entity, std::string_view text) {
  const size_t where = text.find(kWhere);
  Result<QueryPlan> plan = ParsePlan(entity, text.substr(0, where));
  if (!plan) return plan;
  plan->from_copy = true;
  plan->fields = AllFields(entity);
  text.remove_prefix(where == std::string_view::npos ? text.size() : where);
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = text.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return NotAPlan(text);
    Result<PlanTerm> pick = ParseTerm(entity, text.substr(open + 1, close - open - 1));
    if (!pick) return std::move(pick).status();
    plan->picks.push_back(*std::move(pick));
    text.remove_prefix(close + 1);
  }
  return plan;
}

}  // namespace

std::vector<std::string> AllFields(const Entity& entity) {
  std::vector<std::string> fields;
  if (entity.fields_style == FieldsStyle::kNone) return fields;
  for (const Column& column : entity.columns) {
    if (!column.field.empty() && std::ranges::find(fields, column.field) == fields.end()) fields.push_back(column.field);
  }
  return fields;
}

const PlanTerm* QueryPlan::PathTerm(const Entity& entity, std::string_view column_name) const {
  const int column = entity.FindColumn(column_name);
  for (const PlanTerm& term : terms) {
    if (term.column == column && term.filter.empty()) return &term;
  }
  return nullptr;
}

bool QueryPlan::FansOut(const Entity& entity) const {
  if (access != Access::kList) return false;
  return std::ranges::any_of(entity.columns, [&](const Column& column) {
    return column.role == ColumnRole::kPath && PathTerm(entity, column.name) == nullptr;
  });
}

bool QueryPlan::ComparesWithParents(const Entity& entity) const {
  return std::ranges::any_of(terms, [&](const PlanTerm& term) {
    return term.filter.empty() && !entity.columns[static_cast<size_t>(term.column)].IsSentInPath();
  });
}

const Pushdown* FindPushdown(const Column& column, std::string_view filter) {
  for (const Pushdown& pushdown : column.pushdowns) {
    if (pushdown.filter == filter) return &pushdown;
  }
  return nullptr;
}

std::string PrintPlan(const Entity& entity, const QueryPlan& plan) {
  if (plan.access == QueryPlan::Access::kNone) return std::string(kNoRequest);
  if (plan.from_copy) return PrintCopy(entity, plan);
  std::string text = "GET " + PrintPath(entity, plan);
  char separator = '?';
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text += separator;
    text += name;
    text += "=" + value;
    separator = '&';
  };
  add("filter", PrintFilter(entity, plan));
  if (plan.order) {
    const Column& column = entity.columns[static_cast<size_t>(plan.order->column)];
    add("order_by", column.order_by + (plan.order->descending ? " desc" : " asc"));
  }
  add(FieldsParameter(entity), Join(plan.fields, ","));
  if (plan.limit_argument > 0) add(PageSizeParameter(entity), PrintPageSize(plan));
  for (const PlanTerm& term : plan.terms) {
    const Pushdown* pushdown = FindPushdown(entity.columns[static_cast<size_t>(term.column)], term.filter);
    if (pushdown != nullptr && pushdown->is_parameter) add(term.filter, PrintTerm(entity, term));
  }
  if (plan.reads_detail) text += DetailText(entity);
  return text;
}

Result<QueryPlan> ParsePlan(const Entity& entity, std::string_view text) {
  QueryPlan plan;
  if (text == kNoRequest) {
    plan.access = QueryPlan::Access::kNone;
    return plan;
  }
  if (text.starts_with(kCopyOf)) return ParseCopy(entity, text.substr(kCopyOf.size()));
  if (!text.starts_with("GET ")) return NotAPlan(text);
  text.remove_prefix(4);
  const std::string detail = DetailText(entity);
  const bool reads_detail = !entity.detail_path.empty() && text.ends_with(detail);
  if (reads_detail) text.remove_suffix(detail.size());
  // No column name, operator or parameter holds '?' followed by a letter: "?N" are the only other uses of '?'.
  size_t question = text.find('?');
  while (question != std::string_view::npos && question > 0 && text[question - 1] == ' ')
    question = text.find('?', question + 1);
  const std::string_view path = text.substr(0, question);

  plan.reads_detail = reads_detail;
  const bool is_list = FitsPattern(path, entity.list_path);
  if (!is_list && !FitsPattern(path, entity.get_path)) return NotAPlan(text);
  plan.access = is_list ? QueryPlan::Access::kList : QueryPlan::Access::kGet;
  if (Status status = ParsePathTerms(entity, path, plan); !status.ok()) return status;
  if (question == std::string_view::npos) return plan;
  for (std::string_view parameter : Split(text.substr(question + 1), '&')) {
    if (Status status = ParseParameter(entity, parameter, plan); !status.ok()) return status;
  }
  return plan;
}

}  // namespace infusionsoft
