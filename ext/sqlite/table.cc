// SPDX-License-Identifier: MIT
#include "sqlite/table.h"

#include <span>
#include <utility>

#include "base/text.h"
#include "query/custom_field_reader.h"
#include "sqlite/guard.h"
#include "sqlite/interrupt.h"
#include "sqlite/sql_words.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

// CREATE VIRTUAL TABLE gives module, schema and table name, then the arguments; eponymous use gives just the three.
constexpr int kFixedArguments = 3;

// Reads the connection string of a text that is the user's, or says no more than anybody's may.
Status ReadConnection(Table& table) {
  const Result<std::string> base = ValueIn(table.text->connection, "Connection");
  if (!base) return base.status();
  // What builds on a registered connection is checked when it is used, and at once where a person creates the table.
  const auto check = [&] {
    const bool can = table.text->is_new && table.database->Find(*base).ok();
    return can ? table.FindAccount().status() : Status();
  };
  if (!base->empty()) return check();
  const Result<bool> stands_alone = table.database->NamesOwnAccount(table.text->connection);
  if (!stands_alone) return stands_alone.status();
  table.stands_alone = *stands_alone;
  return table.stands_alone ? table.FindAccount().status() : check();
}

// Reads the text of CREATE VIRTUAL TABLE. One that is not the user's, and names what only the user's may, is looked at no
// further: the table is connected, so that it can be described, approved and dropped.
Status ReadText(sqlite3* handle, std::span<const char* const> arguments, Table& table) {
  Result<std::string> connection = JoinModuleArguments(arguments.subspan(kFixedArguments));
  if (!connection) return std::move(connection).status();
  table.text = TableText{.schema = table.schema,
                         .table = table.table_name,
                         .identity = IdentityOf(arguments),
                         .connection = *std::move(connection),
                         .is_new = IsCreating(handle, table.schema, table.table_name)};
  const Result<CustomFields> custom_fields = CustomFieldsIn(table.text->connection);
  if (!custom_fields) return custom_fields.status();
  if (*custom_fields == CustomFields::kColumns) table.field_table.emplace(handle, table.schema, table.table_name);
  const Result<bool> is_users = table.database->trust().IsUsers(*table.text);
  if (is_users) {
    table.is_users = *is_users;
    return ReadConnection(table);
  }
  if (table.text->is_new || is_users.status().code() != StatusCode::kPermissionDenied) return is_users.status();
  table.refusal = is_users.status();
  return Status();
}

// The columns of a refused table that only a profile of its own has.
const Entity& UnknownEntity() {
  static const Entity& entity = *[] {
    auto* made = new Entity();
    made->name = "unknown";
    made->columns.emplace_back().name = "unknown";
    return made;
  }();
  return entity;
}

// Sends nothing, because a schema is read at any time, without a person who waits for the network; but see ShowCustomFields.
int Connect(sqlite3* handle, void* module_data, int count, const char* const* arguments, sqlite3_vtab** out,
            char** error) noexcept {
  return Guard(error, [&]() -> Status {
    const auto& module = *static_cast<const Module*>(module_data);
    auto table = std::make_unique<Table>(module, arguments[1], arguments[2]);
    Status status;
    if (count > kFixedArguments) {
      status = ReadText(handle, std::span(arguments, static_cast<size_t>(count)), *table);
    }
    if (status.ok()) status = table->ChooseEntity(module.entity);
    if (status.ok() && table->field_table) status = table->ShowCustomFields(handle);
    if (!table->refusal.ok()) status = Status();  // also without its custom fields
    if (!status.ok()) return status.WithContext(table->table_name);
    if (const int code = sqlite3_declare_vtab(handle, table->entity->DeclareTable().c_str()); code != SQLITE_OK) {
      return StatusOf(handle, code).WithContext("declaring the table");
    }
    // A schema from somebody else must not call the network with the user's token: no use from triggers and views of the
    // database file. TEMP views are the user's own and work.
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    if (table->text) {
      if (table->text->is_new) table->database->trust().NoteCreated(*table->text);
      table->text->is_new = false;
      table->database->AddTable(*table);
    }
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

int Destroy(sqlite3_vtab* base) noexcept {
  auto& table = *static_cast<Table*>(base);
  const int code = Guard(&table.zErrMsg, [&] { return table.field_table ? table.field_table->Drop() : Status(); });
  return code == SQLITE_OK ? Disconnect(base) : code;
}

int Rename(sqlite3_vtab* base, const char* new_name) noexcept {
  auto& table = *static_cast<Table*>(base);
  return Guard(&table.zErrMsg, [&] { return table.field_table ? table.field_table->RenameFor(new_name) : Status(); });
}

int IsShadowName(const char* suffix) noexcept { return FieldTable::kSuffix == suffix ? 1 : 0; }

}  // namespace

// The user may have approved the text by another connection.
Status Table::CheckTrust() {
  if (refusal.ok()) return Status();
  const Result<bool> now = database->trust().IsUsers(*text);
  refusal = now.status();
  if (!now) return refusal;
  if (entity == &UnknownEntity()) {
    return InvalidArgument("it was approved after this connection had read its columns; open the database again");
  }
  is_users = *now;
  const Result<bool> alone = database->NamesOwnAccount(text->connection);
  stands_alone = alone && *alone;
  return Status();
}

Result<Account> Table::FindAccount() {
  if (Status status = database->CheckProcess(); !status.ok()) return status;
  if (!text) return database->Find("");
  if (Status status = CheckTrust(); !status.ok()) return status;
  if (!resolved_ || (!stands_alone && resolved_at_ != database->connections_made())) {
    const bool is_in_file = schema != "temp" && !database->trust().FileOf(schema).empty();
    Result<Account> account = database->Resolve(table_name, {.text = text->connection,
                                                             .from = ConnectionText::From::kTable,
                                                             .is_users = is_users,
                                                             .is_in_file = is_in_file});
    if (!account) return account;
    resolved_ = *std::move(account);
    resolved_at_ = database->connections_made();
  }
  return *resolved_;
}

Status Table::ChooseEntity(const std::string& module_entity) {
  if (!refusal.ok()) {
    profile = database->profile();
    const Result<std::string> named = ValueIn(text->connection, "Table");
    entity = profile->Find(module_entity.empty() && named ? *named : module_entity);
    if (entity == nullptr) entity = &UnknownEntity();
    return Status();
  }
  const Result<Account> account = FindAccount();
  profile = account ? account->profile : database->profile();
  const std::string named = account ? account->options.table : "";
  if (!module_entity.empty() && !named.empty() && named != module_entity) {
    return InvalidArgument("Table=" + named + " is for the module infusionsoft; this one is infusionsoft_" + module_entity);
  }
  // Which entity a connection names that is not registered yet, is not known yet.
  if (module_entity.empty() && !account) return account.status();
  const std::string& name = module_entity.empty() ? named : module_entity;
  if (name.empty())
    return InvalidArgument("say which entity: CREATE VIRTUAL TABLE ... USING infusionsoft('...', Table=contacts)");
  entity = profile->Find(name);
  if (entity != nullptr) return Status();
  std::vector<std::string_view> names;
  for (const Entity& known : profile->entities()) names.push_back(known.name);
  const std::string nearest(NearestName(name, names));
  const std::string advice =
      nearest.empty() ? "; SELECT name FROM infusionsoft_tables lists the built-in ones" : "; did you mean " + nearest + "?";
  return InvalidArgument("the profile has no entity " + Excerpt(name, 60) + advice);
}

Result<std::vector<CustomField>> Table::FetchCustomFields(sqlite3* handle) {
  const Result<Account> account = FindAccount();
  if (!account) return account.status();
  RequestBudget budget;
  budget.Bound(account->options, account->session->clock());
  InterruptCheck interrupt(handle);
  // Asked for is what there is now; with Offline=true, what was read.
  const LocalCopies* copies = account->options.offline ? account->copies.get() : nullptr;
  const ScanContext context{account->session->client(), budget, interrupt.cancellation(), table_name, nullptr,
                            &account->session->sizes(), copies};
  return ReadCustomFields(*plain_entity, *profile, context);
}

Result<std::vector<CustomField>> Table::CreateFieldTable(sqlite3* handle) {
  Result<std::vector<CustomField>> fields = FetchCustomFields(handle);
  if (!fields) return fields;
  NameColumns(*plain_entity, *fields);
  if (Status status = field_table->Write(*fields); !status.ok()) return status;
  return fields;
}

Status Table::ShowCustomFields(sqlite3* handle) {
  plain_entity = entity;
  if (entity->custom_fields.empty())
    return InvalidArgument("CustomFields=columns: the API has no custom fields for " + entity->name);
  Result<std::optional<std::vector<CustomField>>> stored = field_table->Read();
  if (!stored) return std::move(stored).status();
  std::vector<CustomField> fields;
  if (*stored) {
    fields = **std::move(stored);
    NameColumns(*entity, fields);
  } else if (text->is_new) {
    Result<std::vector<CustomField>> created = CreateFieldTable(handle);
    if (!created) return std::move(created).status();
    fields = *std::move(created);
  } else if (!database->IsRefreshing(schema, table_name)) {
    return InvalidArgument("the table " + field_table->name() +
                           ", which holds the custom fields, is missing; SELECT infusionsoft_refresh_fields('" + schema +
                           "', '" + table_name + "') makes it anew");
  }
  entity = &extended_.emplace(WithCustomFields(*plain_entity, fields));
  return Status();
}

namespace {

// The first thing that SQLite asks for a statement that writes, before it reads a row: a refusal costs no request.
int Begin(sqlite3_vtab* base) noexcept {
  auto& table = *static_cast<Table*>(base);
  return Guard(&table.zErrMsg, [&] {
    const Result<Account> account = table.FindAccount();
    const bool is_forbidden = account && account->options.read_only;
    return InvalidArgument(table.table_name + " cannot be written to: " +
                           (is_forbidden
                                ? "its connection says Readonly=true"
                                : "this version reads the account only. Change a copy: CREATE TABLE ... AS SELECT"));
  });
}

// Without it SQLite refuses to write by words of its own, which name no reason. Begin is always called before.
int Update(sqlite3_vtab*, int, sqlite3_value**, sqlite3_int64*) noexcept { return SQLITE_READONLY; }

sqlite3_module MakeModule(decltype(sqlite3_module::xCreate) create) {
  sqlite3_module module{};
  module.iVersion = 3;
  module.xCreate = create;
  module.xConnect = Connect;
  module.xBestIndex = BestIndex;
  module.xDisconnect = Disconnect;
  module.xDestroy = Destroy;
  module.xOpen = Open;
  module.xClose = Close;
  module.xFilter = Filter;
  module.xNext = Next;
  module.xEof = Eof;
  module.xColumn = ReadColumn;
  module.xRowid = ReadRowId;
  module.xUpdate = Update;
  module.xBegin = Begin;
  module.xRename = Rename;
  module.xShadowName = IsShadowName;
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
