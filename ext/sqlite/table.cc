// SPDX-License-Identifier: MIT
#include "sqlite/table.h"

#include <span>
#include <utility>

#include "base/text.h"
#include "sqlite/guard.h"

namespace infusionsoft::sqlite {
namespace {

// CREATE VIRTUAL TABLE gives module, schema and table name, then the arguments; eponymous use gives just the three.
constexpr int kFixedArguments = 3;

// Reads the connection string of CREATE VIRTUAL TABLE. One that stands alone is checked here and now; one that builds on a
// registered connection, when it is used.
Status ReadConnection(std::span<const char* const> own, Table& table) {
  Result<std::string> text = JoinModuleArguments(own);
  if (!text) return std::move(text).status();
  Result<std::string> base = ConnectionNameIn(*text);
  if (!base) return std::move(base).status();
  table.connection = *std::move(text);
  return base->empty() ? table.FindAccount().status() : Status();
}

// Sends nothing: a schema is read at any time, without a person who waits for the network.
int Connect(sqlite3* handle, void* module_data, int count, const char* const* arguments, sqlite3_vtab** out,
            char** error) noexcept {
  return Guard(error, [&]() -> Status {
    const auto& module = *static_cast<const Module*>(module_data);
    auto table = std::make_unique<Table>(module, arguments[1], arguments[2]);
    Status status;
    if (count > kFixedArguments) {
      status = ReadConnection(std::span(arguments + kFixedArguments, static_cast<size_t>(count - kFixedArguments)), *table);
    }
    if (status.ok()) status = table->ChooseEntity(module.entity);
    if (!status.ok()) return status.WithContext(table->table_name);
    if (sqlite3_declare_vtab(handle, table->entity->DeclareTable().c_str()) != SQLITE_OK) {
      return Status(StatusCode::kInternal, std::string("declaring the table: ") + sqlite3_errmsg(handle));
    }
    // A schema from somebody else must not call the network with the user's token: no use from triggers and views of the
    // database file. TEMP views are the user's own and work.
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    *out = table.release();
    return Status();
  });
}

// Another function than xConnect: a module without a table of its own name.
int Create(sqlite3* handle, void* module_data, int count, const char* const* arguments, sqlite3_vtab** out,
           char** error) noexcept {
  return Connect(handle, module_data, count, arguments, out, error);
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

Status Table::ChooseEntity(const std::string& module_entity) {
  const Result<Account> account = FindAccount();
  profile = account ? account->profile : database->profile();
  const std::string named = account ? account->options.table : "";
  if (!module_entity.empty() && !named.empty() && named != module_entity) {
    return InvalidArgument("Table=" + named + " is for the module infusionsoft; this one is infusionsoft_" + module_entity);
  }
  // Which entity a connection names that is not registered yet, is not known yet.
  if (module_entity.empty() && !account) return account.status();
  const std::string& name = module_entity.empty() ? named : module_entity;
  if (name.empty()) return InvalidArgument("say which entity: CREATE VIRTUAL TABLE ... USING infusionsoft('...', Table=contacts)");
  entity = profile->Find(name);
  if (entity != nullptr) return Status();
  return InvalidArgument("the profile has no entity " + Excerpt(name, 60) + "; SELECT name FROM infusionsoft_tables lists the built-in ones");
}

namespace {

sqlite3_module MakeModule(decltype(sqlite3_module::xCreate) create) {
  sqlite3_module module{};
  module.iVersion = 2;
  module.xCreate = create;
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
}

}  // namespace

const sqlite3_module& EntityModule() {
  static const sqlite3_module kModule = MakeModule(Connect);  // the same as xConnect: the module is eponymous as well
  return kModule;
}

const sqlite3_module& GenericModule() {
  static const sqlite3_module kModule = MakeModule(Create);
  return kModule;
}

}  // namespace infusionsoft::sqlite
