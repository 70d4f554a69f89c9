// SPDX-License-Identifier: MIT
// xBestIndex: sqlite3_index_info -> Predicate -> plan -> sqlite3_index_info.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "query/access_path.h"
#include "query/copy_plan.h"
#include "query/plan_note.h"
#include "sqlite/guard.h"
#include "sqlite/table.h"
#include "sqlite/value.h"

namespace infusionsoft::sqlite {
namespace {

Op OpOf(unsigned char op) {
  switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
      return Op::kEqual;
    case SQLITE_INDEX_CONSTRAINT_GT:
      return Op::kGreater;
    case SQLITE_INDEX_CONSTRAINT_GE:
      return Op::kGreaterOrEqual;
    case SQLITE_INDEX_CONSTRAINT_LT:
      return Op::kLess;
    case SQLITE_INDEX_CONSTRAINT_LE:
      return Op::kLessOrEqual;
    case SQLITE_INDEX_CONSTRAINT_LIKE:
      return Op::kLike;
    case SQLITE_INDEX_CONSTRAINT_GLOB:
      return Op::kGlob;
    case SQLITE_INDEX_CONSTRAINT_ISNULL:
      return Op::kIsNull;
    case SQLITE_INDEX_CONSTRAINT_NE:
      return Op::kNotEqual;
    case SQLITE_INDEX_CONSTRAINT_IS:
      return Op::kIs;
    case SQLITE_INDEX_CONSTRAINT_ISNOT:
      return Op::kIsNot;
    case SQLITE_INDEX_CONSTRAINT_ISNOTNULL:
      return Op::kIsNotNull;
    case SQLITE_INDEX_CONSTRAINT_LIMIT:
      return Op::kLimit;
    case SQLITE_INDEX_CONSTRAINT_OFFSET:
      return Op::kOffset;
    default:
      return Op::kOther;
  }
}

Collation CollationOf(sqlite3_index_info* info, int constraint) {
  const char* name = sqlite3_vtab_collation(info, constraint);
  if (name == nullptr || sqlite3_stricmp(name, "BINARY") == 0) return Collation::kBinary;
  if (sqlite3_stricmp(name, "NOCASE") == 0) return Collation::kNoCase;
  if (sqlite3_stricmp(name, "RTRIM") == 0) return Collation::kRtrim;
  return Collation::kOther;
}

// What a constraint compares with, where the statement says it in so many words.
std::optional<SqlValue> LiteralOf(const Entity& entity, sqlite3_index_info* info, int constraint) {
  sqlite3_value* value = nullptr;
  const int column = info->aConstraint[constraint].iColumn;
  if (column < 0 || sqlite3_vtab_rhs_value(info, constraint, &value) != SQLITE_OK || value == nullptr) return std::nullopt;
  return ReadValue(value, AffinityOf(entity.columns[static_cast<size_t>(column)]));
}

// `column IS value` is true of NULL and NULL. Where one of the two is certain to be none, it is an equality.
bool IsEquality(const Entity& entity, sqlite3_index_info* info, int constraint) {
  const auto& given = info->aConstraint[constraint];
  if (given.op != SQLITE_INDEX_CONSTRAINT_IS) return false;
  if (given.iColumn < 0 || !entity.MayBeNull(entity.columns[static_cast<size_t>(given.iColumn)])) return true;
  const std::optional<SqlValue> literal = LiteralOf(entity, info, constraint);
  return literal && !literal->IsNull();
}

Predicate ReadPredicate(const Entity& entity, sqlite3_index_info* info) {
  Predicate predicate;
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& given = info->aConstraint[i];
    Constraint constraint;
    constraint.op = IsEquality(entity, info, i) ? Op::kEqual : OpOf(given.op);
    constraint.usable = given.usable != 0;
    if (constraint.op != Op::kLimit && constraint.op != Op::kOffset) {
      constraint.column = given.iColumn;
      constraint.collation = CollationOf(info, i);
      constraint.literal = LiteralOf(entity, info, i);
      if (constraint.op == Op::kEqual && constraint.usable && sqlite3_vtab_in(info, i, -1) != 0) constraint.op = Op::kIn;
    }
    predicate.constraints.push_back(constraint);
  }
  for (int i = 0; i < info->nOrderBy; ++i) {
    predicate.order_by.push_back({info->aOrderBy[i].iColumn, info->aOrderBy[i].desc != 0});
  }
  predicate.columns_used = info->colUsed;
  return predicate;
}

// `entity` is the table that is queried, `source` what its rows are read from.
bool ReadsDetail(const Entity& entity, const Entity& source, const Predicate& predicate) {
  const std::vector<int> columns = ColumnsIn(source, entity);
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] < 0 || !predicate.Uses(static_cast<int>(i))) continue;
    if (source.columns[static_cast<size_t>(columns[i])].detail) return true;
  }
  return false;
}

Status WritePlan(sqlite3_index_info* info, const Entity& entity, const Predicate& predicate, const PlannedAccess& access) {
  const PlannedQuery& planned = access.planned;
  for (size_t i = 0; i < planned.uses.size(); ++i) {
    const ConstraintUse& use = planned.uses[i];
    if (use.argument == 0) continue;
    info->aConstraintUsage[i].argvIndex = use.argument;
    info->aConstraintUsage[i].omit = 0;  // a pushdown promises a superset: SQLite checks every row again
    if (use.list != ListUse::kNone) sqlite3_vtab_in(info, static_cast<int>(i), 1);
  }
  const std::string text = PrintAccess(entity, *access.source, planned.plan) + PrintNote(entity, predicate, planned);
  info->idxStr = sqlite3_mprintf("%s", text.c_str());
  if (info->idxStr == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory");
  info->needToFreeIdxStr = 1;
  info->idxNum = ReadsDetail(entity, *access.source, predicate) ? kReadsDetail : 0;
  info->orderByConsumed = planned.order_consumed ? 1 : 0;
  info->estimatedCost = planned.estimate.cost;
  info->estimatedRows = static_cast<sqlite3_int64>(std::ceil(planned.estimate.rows));
  if (planned.at_most_one_row) info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
  return Status();
}

// Whether ANALYZE has counted tables of any database of this connection. It keeps what it counts there.
bool WasAnalyzed(sqlite3* handle) {
  return sqlite3_table_column_metadata(handle, nullptr, "sqlite_stat1", nullptr, nullptr, nullptr, nullptr, nullptr,
                                       nullptr) == SQLITE_OK;
}

// SQLite would say "no query solution", which names no cause. A literal does not wait for another table: what keeps it is ON
// of an outer join, under which it holds for the pairs of rows, while the input is one of the request for this table's rows.
Status CheckInputs(const Entity& entity, const Predicate& predicate) {
  for (const Constraint& constraint : predicate.constraints) {
    if (constraint.usable || constraint.op != Op::kEqual || !constraint.literal) continue;
    const Column& column = entity.columns[static_cast<size_t>(constraint.column)];
    if (column.role != ColumnRole::kRequest) continue;
    return InvalidArgument("column " + column.name +
                           " is an input of the request, and ON of an outer join gives it no value; give it in WHERE");
  }
  return Status();
}

void LogPlan(Log& log, const std::string& table, const sqlite3_index_info& info) {
  constexpr int kEverything = 5;
  log.Write({.module = LogModule::kQuery, .verbosity = kEverything}, table, [&](LogLine& line) {
    line.Add("consider", info.idxStr == nullptr ? "" : info.idxStr).Add("cost", FormatDouble(info.estimatedCost));
    line.Add("rows", info.estimatedRows);
  });
}

}  // namespace

int BestIndex(sqlite3_vtab* base, sqlite3_index_info* info) noexcept {
  auto& table = *static_cast<Table*>(base);
  bool possible = true;
  const int code = Guard(&table.zErrMsg, [&]() -> Status {
    const Result<Account> account = table.FindAccount();
    if (!table.refusal.ok()) return table.refusal.WithContext(table.table_name);
    const bool from_copies = account && account->copies != nullptr;
    PlannerOptions options{.order_pushdown = !account || account->options.order_pushdown, .from_copies = from_copies};
    options.estimates.local_sizes_are_known = WasAnalyzed(table.database->handle());
    if (account) {
      options.estimates.page_size = account->options.page_size;
      options.estimates.sizes = &account->session->sizes();
    }
    const Predicate predicate = ReadPredicate(*table.entity, info);
    PlannedAccess access = PlanAccess(*table.entity, *table.profile, predicate, options);
    possible = access.planned.possible;
    if (!possible) {
      Status status = CheckInputs(*table.entity, predicate);
      possible = !status.ok();
      return status;
    }
    if (from_copies && IsCopied(*access.source, access.planned.plan, *account->copies)) access.planned.estimate.requests = 0;
    Status status = WritePlan(info, *table.entity, predicate, access);
    if (account) LogPlan(account->session->file_log(), table.table_name, *info);
    return status;
  });
  return possible ? code : SQLITE_CONSTRAINT;
}

}  // namespace infusionsoft::sqlite
