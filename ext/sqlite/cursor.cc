// SPDX-License-Identifier: MIT
// Cursor: one scan of one table.
#include <memory>
#include <optional>
#include <vector>

#include "query/access_path.h"
#include "query/advice.h"
#include "query/scan_rows.h"
#include "sqlite/guard.h"
#include "sqlite/interrupt.h"
#include "sqlite/patterns.h"
#include "sqlite/scan_log.h"
#include "sqlite/statement.h"
#include "sqlite/table.h"
#include "sqlite/value.h"

namespace infusionsoft::sqlite {
namespace {

struct Cursor : sqlite3_vtab_cursor {
  explicit Cursor(Table& owner)
      : sqlite3_vtab_cursor(), table(owner), interrupt(owner.database->handle()), memory(owner.database->MemoryForCursor()) {
    table.database->CursorOpened();
  }
  ~Cursor() { table.database->CursorClosed(); }
  bool AtEnd() const { return !rows || rows->AtEnd(); }

  Table& table;
  InterruptCheck interrupt;
  std::shared_ptr<StatementMemory> memory;
  const char* plan_text = nullptr;  // of the last scan: where it stands belongs to that place in its prepared statement
  // What a cursor was closed with right after this one was opened: see Close.
  std::shared_ptr<StatementMemory> left_memory;
  const char* left_plan_text = nullptr;
  std::shared_ptr<Session> session;           // outlives the rows that are read through it
  std::shared_ptr<const LocalCopies> copies;  // the same; null where all is asked for
  ScanLog log;
  bool may_keep_part = false;  // of the statement's rows, when it fails: see MayKeepPart
  std::optional<ScanRows> rows;
  std::vector<int> columns;  // of the table -> of what the rows are read from
  Access access;             // what the scan reads, once it has started
};

// Of a statement that has sent all it may, also which clause would have helped.
Status WithAdvice(Status status, const Cursor& cursor) {
  const bool is_stopped = status.code() == StatusCode::kLimitExceeded && cursor.table.database->budget().IsSpent();
  if (!is_stopped || cursor.access.source == nullptr) return status;
  return Status(status.code(), status.message() + "; " + AdviceFor(*cursor.access.source, cursor.access.plan));
}

// Of statements that run interleaved nobody can say whose a request is, so their limits count for all of them.
Status WithOthers(Status status, const Cursor& cursor) {
  Database& database = *cursor.table.database;
  if (status.code() != StatusCode::kLimitExceeded || cursor.session == nullptr) return status;
  const bool is_of_statement = database.budget().IsSpent() || database.budget().IsOver(cursor.session->clock().Monotonic());
  if (!is_of_statement || OnlyRunningStatement(database.handle()) != nullptr) return status;
  return Status(status.code(), status.message() +
                                   "; another statement of this database connection has begun and not ended, and both "
                                   "count together: read it to its end, or reset it");
}

// What the host must know of a transaction that goes on. An interrupt, or a lack of memory, ends it.
Status WithRemainder(Status status, const Cursor& cursor) {
  const int code = ResultCode(status);
  if (!cursor.may_keep_part || code == SQLITE_INTERRUPT || code == SQLITE_NOMEM) return status;
  return Status(status.code(), status.message() +
                                   "; rows that the statement wrote before, if any, stay in the transaction: ROLLBACK, or "
                                   "begin such a statement with a SAVEPOINT to go back to");
}

// What SQLite passes for ?1, ?2, ...: the terms of the plan say which column each is compared with.
Result<std::vector<Argument>> ReadArguments(const Entity& entity, const QueryPlan& plan, int count, sqlite3_value** values) {
  std::vector<Argument> arguments(static_cast<size_t>(count));
  std::vector<Affinity> affinities(static_cast<size_t>(count), Affinity::kNumeric);  // LIMIT and OFFSET are numbers
  std::vector<bool> is_list(static_cast<size_t>(count), false);
  std::vector<PlanTerm> terms = plan.terms;
  terms.insert(terms.end(), plan.picks.begin(), plan.picks.end());
  for (const PlanTerm& term : terms) {
    if (term.argument == 0) continue;
    const auto i = static_cast<size_t>(term.argument) - 1;
    if (i >= arguments.size()) return Status(StatusCode::kInternal, "a plan with more arguments than values");
    affinities[i] = AffinityOf(entity.columns[static_cast<size_t>(term.column)]);
    is_list[i] = term.op == Op::kIn;
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (is_list[i]) {
      Result<Argument> list = ReadList(values[i], affinities[i]);
      if (!list) return std::move(list).status();
      arguments[i] = *std::move(list);
    } else {
      arguments[i] = {ReadValue(values[i], affinities[i])};
    }
  }
  return arguments;
}

// A cursor that goes on where another one was closed remembers what that one did. Both then ran the same place of the same
// prepared statement, and in one run of it, because this one was open before the other was closed.
void TakeMemory(Cursor& cursor, const char* plan_text) {
  if (cursor.left_plan_text == plan_text && cursor.left_memory != nullptr) cursor.memory = std::move(cursor.left_memory);
  cursor.left_memory.reset();
  cursor.plan_text = plan_text;
}

// A plan for one way of reading has left to SQLite what the other one expects it to check or to sort.
Status CheckMode(const Account& account, const QueryPlan& plan) {
  if (plan.access == QueryPlan::Access::kNone || plan.from_copy == (account.copies != nullptr)) return Status();
  return InvalidArgument(
      std::string("the connection was changed after this statement was prepared, and reads local copies ") +
      (plan.from_copy ? "no more" : "now") + "; prepare the statement again");
}

Status StartScan(Cursor& cursor, int plan_number, const char* plan_text, int count, sqlite3_value** values) {
  TakeMemory(cursor, plan_text);
  Table& table = cursor.table;
  const Delivery delivery{.reads_first = MayKeepPart(table.database->handle()),
                          .reads_details = plan_number == kReadsDetail};
  cursor.may_keep_part = delivery.reads_first;
  Result<Account> account = table.FindAccount();
  if (!account) return std::move(account).status();
  Result<Access> access = ParseAccess(*table.entity, *table.profile, plan_text);
  if (!access) return std::move(access).status();
  cursor.access = *std::move(access);
  DropUncertainPatterns(table.database->handle(), cursor.access.plan);
  if (Status status = CheckMode(*account, cursor.access.plan); !status.ok()) return status;
  Result<std::vector<Argument>> arguments = ReadArguments(*cursor.access.source, cursor.access.plan, count, values);
  if (!arguments) return std::move(arguments).status();

  const ConnectionOptions& options = account->options;
  RequestBudget& budget = table.database->budget();
  budget.Bound(options, account->session->clock());
  cursor.rows.reset();
  cursor.log.End();
  cursor.session = account->session;
  cursor.copies = account->copies;
  cursor.log.Begin(*cursor.session, table.table_name, plan_text);
  cursor.memory->Retain(cursor.session);
  const ScanContext context{cursor.session->client(),
                            budget,
                            cursor.interrupt.cancellation(),
                            table.table_name,
                            cursor.memory.get(),
                            &cursor.session->sizes(),
                            cursor.copies.get(),
                            nullptr,
                            nullptr,
                            &cursor.session->spellings()};
  cursor.columns = ColumnsIn(*cursor.access.source, *table.entity);
  cursor.rows.emplace(*cursor.access.source, *table.profile, context,
                      ScanOptions{.page_size = options.page_size,
                                  .max_rows = options.max_rows,
                                  .max_concurrency = options.max_concurrency,
                                  .shown_as = table.entity});
  return cursor.rows->Start(cursor.access.plan, *arguments, delivery);
}

// Runs one step of a scan; its error names the table.
template <typename Body>
int Step(sqlite3_vtab_cursor* base, Body&& body) noexcept {
  auto& cursor = *static_cast<Cursor*>(base);
  return Guard(&cursor.table.zErrMsg, [&]() -> Status {
    if (!cursor.table.database->IsOfThisProcess()) return cursor.table.database->CheckProcess();
    const std::atomic<int64_t>& sent = cursor.table.database->budget().sent;
    const int64_t sent_before = sent;
    const Status status = WithOthers(WithAdvice(body(cursor), cursor), cursor);
    cursor.log.AddRequests(sent - sent_before);
    if (status.ok()) return status;
    cursor.log.Fail(status);
    return WithRemainder(status, cursor).WithContext(cursor.table.table_name);
  });
}

// The same of a step that leads to a row or to the end.
template <typename Body>
int StepToRow(sqlite3_vtab_cursor* base, Body&& body) noexcept {
  const int code = Step(base, [&](Cursor& cursor) {
    const Status status = body(cursor);
    if (status.ok() && !cursor.AtEnd()) cursor.log.AddRow();
    return status;
  });
  auto& cursor = *static_cast<Cursor*>(base);
  if (code != SQLITE_OK || !cursor.AtEnd()) return code;
  return Guard(&cursor.table.zErrMsg, [&] {
    cursor.log.End();
    return Status();
  });
}

}  // namespace

int Open(sqlite3_vtab* base, sqlite3_vtab_cursor** out) noexcept {
  auto& table = *static_cast<Table*>(base);
  return Guard(&table.zErrMsg, [&] {
    *out = std::make_unique<Cursor>(table).release();
    table.database->set_newest_cursor(*out);
    return Status();
  });
}

int Close(sqlite3_vtab_cursor* base) noexcept {
  auto* cursor = static_cast<Cursor*>(base);
  if (!cursor->table.database->IsOfThisProcess()) return SQLITE_OK;  // what it holds is the parent's
  // SQLite 3.40 runs a subquery again by opening a cursor and then closing the one before; later versions keep it.
  auto* newest = static_cast<Cursor*>(cursor->table.database->newest_cursor());
  if (newest == cursor) cursor->table.database->set_newest_cursor(nullptr);
  if (newest != nullptr && newest != cursor && &newest->table == &cursor->table && newest->plan_text == nullptr) {
    newest->left_memory = std::move(cursor->memory);
    newest->left_plan_text = cursor->plan_text;
  }
  // The rows are delivered: nothing about the log fails the statement any more.
  static_cast<void>(Catching([&] {
    cursor->log.End();
    return Status();
  }));
  delete cursor;
  return SQLITE_OK;
}

int Filter(sqlite3_vtab_cursor* base, int plan_number, const char* plan_text, int count, sqlite3_value** values) noexcept {
  return StepToRow(base, [&](Cursor& cursor) { return StartScan(cursor, plan_number, plan_text, count, values); });
}

int Next(sqlite3_vtab_cursor* base) noexcept {
  return StepToRow(base, [](Cursor& cursor) { return cursor.rows->Next(); });
}

int Eof(sqlite3_vtab_cursor* base) noexcept { return static_cast<const Cursor*>(base)->AtEnd() ? 1 : 0; }

int ReadColumn(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
  return Step(base, [&](Cursor& cursor) -> Status {
    const int source_column = cursor.columns[static_cast<size_t>(column)];
    if (source_column < 0) return Status(StatusCode::kInternal, "a plan without the column that is read");
    if (cursor.rows->IsOpenInput(source_column)) {
      const std::string& name = cursor.table.entity->columns[static_cast<size_t>(column)].name;
      return InvalidArgument("column " + name + " is an input of the request; give it a value with " + name + " = ...");
    }
    const Result<SqlValue> value = cursor.rows->Read(source_column);
    if (!value) return value.status();
    ReturnValue(context, *value);
    return Status();
  });
}

int ReadRowId(sqlite3_vtab_cursor* base, sqlite3_int64* row_id) noexcept {
  return Step(base, [&](Cursor& cursor) -> Status {
    if (!cursor.rows->HasRowId()) {
      const std::string& key = cursor.table.entity->key[0];
      return Status(StatusCode::kBadResponse,
                    "a row has no whole number as its " + key + ", which is the rowid of this table");
    }
    *row_id = cursor.rows->RowId();
    return Status();
  });
}

}  // namespace infusionsoft::sqlite
