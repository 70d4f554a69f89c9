// SPDX-License-Identifier: MIT
#include "profile/sendable.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace infusionsoft {
namespace {

// In the order in which people read them.
constexpr std::array<std::string_view, 9> kOperators = {"=", "IN", ">", ">=", "<", "<=", "LIKE", "GLOB", "IS NULL"};

bool IsBound(const Pushdown& pushdown) { return pushdown.match == Match::kSince || pushdown.match == Match::kUntil; }

bool Takes(const Pushdown& pushdown, std::string_view op) {
  if (op == "=") return true;
  if (op == "IN") return pushdown.match == Match::kSet;
  if (op == ">" || op == ">=") return pushdown.match == Match::kSince || Compares(pushdown.match);
  if (op == "<" || op == "<=") return pushdown.match == Match::kUntil || Compares(pushdown.match);
  if (op == "IS NULL") return !pushdown.null_word.empty();
  return pushdown.prefix;  // LIKE, GLOB
}

std::vector<const Pushdown*> PushdownsFor(const Column& column, std::string_view op) {
  std::vector<const Pushdown*> found;
  if (column.role == ColumnRole::kRequest && op != "=") return found;  // an input is given, not compared
  for (const Pushdown& pushdown : column.pushdowns) {
    if (!Takes(pushdown, op)) continue;
    found.push_back(&pushdown);
    if (op != "=" || !IsBound(pushdown)) break;
  }
  return found;
}

// A look-up by the key needs no filter; where it takes the whole of a key of several columns, a filter for one comes first.
std::string PathFor(const Entity& entity, const Column& column) {
  if (column.role == ColumnRole::kPath) return entity.list_path;
  const bool is_looked_up = entity.IsInKey(column) && (entity.key.size() == 1 || column.pushdowns.empty());
  return is_looked_up ? entity.get_path : "";
}

// Text order is the server's own (which letters come first, where accents go), so it is never taken over.
bool CanOrder(const Column& column) {
  const bool sorts_alike = column.type == ColumnType::kInteger || column.type == ColumnType::kTime;
  return !column.order_by.empty() && column.never_null && sorts_alike;
}

std::string Words(std::string_view op) {
  if (op == "LIKE") return "LIKE 'x%'";
  if (op == "GLOB") return "GLOB 'x*'";
  return std::string(op);
}

}  // namespace

std::vector<Sendable> ListSendable(const Entity& entity, const Column& column) {
  std::vector<Sendable> list;
  for (const std::string_view op : kOperators) {
    std::string path = op == "=" ? PathFor(entity, column) : "";
    std::vector<const Pushdown*> pushdowns;
    if (path.empty()) pushdowns = PushdownsFor(column, op);
    if (!path.empty() || !pushdowns.empty()) list.push_back({op, std::move(path), std::move(pushdowns), ""});
  }
  if (CanOrder(column)) list.push_back({"ORDER BY", "", {}, column.order_by});
  return list;
}

std::string DescribePushdowns(const Entity& entity, const Column& column) {
  std::vector<std::string> words;
  for (const Sendable& sendable : ListSendable(entity, column)) words.push_back(Words(sendable.op));
  return Join(words, ", ");
}

}  // namespace infusionsoft
