// SPDX-License-Identifier: MIT
#include "sqlite/table.h"

#include <span>
#include <utility>

#include "sqlite/guard.h"

namespace infusionsoft::sqlite {
namespace {

// CREATE VIRTUAL TABLE gives module, schema and table name, then the arguments; eponymous use gives just the three.
constexpr int kFixedArguments = 3;

// Sends nothing: a schema is read at any time, without a person who waits for the network.
int Connect(sqlite3* handle, void* module_data, int count, const char* const* arguments, sqlite3_vtab** out,
            char** error) noexcept {
  return Guard(error, [&]() -> Status {
    const auto& module = *static_cast<const Module*>(module_data);
    auto table = std::make_unique<Table>(module, arguments[1], arguments[2]);
    if (count > kFixedArguments) {
      const std::span<const char* const> own(arguments + kFixedArguments, static_cast<size_t>(count - kFixedArguments));
      Result<std::string> text = JoinModuleArguments(own);
      if (!text) return text.status().WithContext(table->table_name);
      Result<std::string> base = ConnectionNameIn(*text);
      if (!base) return base.status().WithContext(table->table_name);
      table->connection = *std::move(text);
      // A string that stands alone is checked here and now; one that builds on a registered connection, when it is used.
      if (base->empty()) {
        const Result<Account> account = table->FindAccount();
        if (!account) return account.status().WithContext(table->table_name);
      }
    }
    if (sqlite3_declare_vtab(handle, module.entity->DeclareTable().c_str()) != SQLITE_OK) {
      return Status(StatusCode::kInternal, std::string("declaring the table: ") + sqlite3_errmsg(handle));
    }
    // A schema from somebody else must not call the network with the user's token: no use from triggers and views of the
    // database file. TEMP views are the user's own and work.
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    *out = table.release();
    return Status();
  });
}

int Disconnect(sqlite3_vtab* table) noexcept {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

}  // namespace

Result<Account> Table::FindAccount() {
  if (!connection) return database->Find("");
  if (!resolved_) {
    Result<Account> account = database->Resolve(table_name, *connection, source);
    if (!account) return account;
    resolved_ = *std::move(account);
  }
  return *resolved_;
}

PlannerOptions Table::planner_options() {
  const Result<Account> account = FindAccount();
  return {.order_pushdown = !account || account->options.order_pushdown};
}

const sqlite3_module& EntityModule() {
  static const sqlite3_module kModule = [] {
    sqlite3_module module{};
    module.iVersion = 2;
    module.xCreate = Connect;  // the same as xConnect: the module is eponymous as well
    module.xConnect = Connect;
    module.xBestIndex = BestIndex;
    module.xDisconnect = Disconnect;
    module.xDestroy = Disconnect;
    module.xOpen = Open;
    module.xClose = Close;
    module.xFilter = Filter;
    module.xNext = Next;
    module.xEof = Eof;
    module.xColumn = ReadColumn;
    module.xRowid = ReadRowId;
    return module;
  }();
  return kModule;
}

}  // namespace infusionsoft::sqlite
