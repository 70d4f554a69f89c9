// SPDX-License-Identifier: MIT
#include "sqlite/create_tables.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"
#include "profile/validator.h"

namespace infusionsoft::sqlite {
namespace {

struct FreeText {
  void operator()(char* text) const { sqlite3_free(text); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// SQL from a format of sqlite3_mprintf, which knows how to quote: %w for names in double quotes, %Q for texts.
template <typename... Arguments>
std::string Sql(const char* format, Arguments... arguments) {
  const std::unique_ptr<char, FreeText> text(sqlite3_mprintf(format, arguments...));
  if (text == nullptr) throw std::bad_alloc();
  return text.get();
}

Status SqlError(sqlite3* handle, int code) {
  if (code == SQLITE_NOMEM) return Status(StatusCode::kOutOfMemory, "out of memory");
  if (code == SQLITE_INTERRUPT) return Status(StatusCode::kInterrupted, "interrupted");
  return InvalidArgument(sqlite3_errmsg(handle));
}

Status Execute(sqlite3* handle, const std::string& sql) {
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : SqlError(handle, code);
}

// The texts of the first column.
Result<std::vector<std::string>> ReadTexts(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  const int prepare_code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement(prepared);
  if (prepare_code != SQLITE_OK) return SqlError(handle, prepare_code);
  std::vector<std::string> texts;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
    if (text == nullptr) throw std::bad_alloc();  // neither query gives NULL
    texts.emplace_back(text);
  }
  if (code != SQLITE_DONE) return SqlError(handle, code);
  return texts;
}

// The tables and views of all databases, in lower case, with the database each is in.
Result<std::map<std::string, std::string>> TakenNames(sqlite3* handle) {
  std::map<std::string, std::string> taken;
  const auto schemas = ReadTexts(handle, "SELECT name FROM pragma_database_list");
  if (!schemas) return schemas.status();
  for (const std::string& schema : *schemas) {
    const auto names =
        ReadTexts(handle, Sql("SELECT name FROM \"%w\".sqlite_schema WHERE type IN ('table', 'view')", schema.c_str()));
    if (!names) return names.status();
    for (const std::string& name : *names) taken.emplace(AsciiLower(name), schema);
  }
  return taken;
}

// The arguments of a module. A connection string quotes a value with double quotes, SQL the whole with single ones.
std::string ConnectionArgument(const std::string& connection) {
  return connection.empty() ? "" : Sql("%Q", Sql("Connection=\"%w\"", connection.c_str()).c_str());
}

Result<std::string> CreateStatement(const Database& database, const Entity& entity, const std::string& table,
                                    const std::string& connection) {
  const std::string argument = ConnectionArgument(connection);
  if (database.built_in().Find(entity.name) != nullptr) {
    return Sql("CREATE VIRTUAL TABLE temp.\"%w\" USING %s(%s)", table.c_str(), ModuleName(entity).c_str(), argument.c_str());
  }
  if (connection.empty()) {
    return InvalidArgument("only a connection with a name can show tables of its own profile, such as " + entity.name +
                           "; register it by infusionsoft_connect('<name>', '<connection string>')");
  }
  return Sql("CREATE VIRTUAL TABLE temp.\"%w\" USING infusionsoft(%s, 'Table=%s')", table.c_str(), argument.c_str(),
             entity.name.c_str());
}

Status CreateAll(Database& database, const Profile& profile, const std::string& connection, const std::string& prefix) {
  const auto taken = TakenNames(database.handle());
  if (!taken) return taken.status();
  for (const Entity& entity : profile.entities()) {
    const std::string table = prefix + entity.name;
    if (const auto found = taken->find(table); found != taken->end()) {
      return InvalidArgument("there is a " + found->second + "." + table + " already, which temp." + table +
                             " would hide; give a prefix for the names as the second argument: 'my_'");
    }
    const auto sql = CreateStatement(database, entity, table, connection);
    if (!sql) return sql.status();
    if (Status status = Execute(database.handle(), *sql); !status.ok()) return status;
  }
  return Status();
}

}  // namespace

Result<int64_t> CreateTables(Database& database, const std::string& connection, const std::string& prefix) {
  if (!prefix.empty() && !IsSnakeCase(prefix)) {
    return InvalidArgument("the prefix must be lower-case letters, digits and underscores, a letter first: shop_");
  }
  const Result<Account> account = database.Find(connection);
  if (!account) return account.status();
  sqlite3* const handle = database.handle();
  if (Status status = Execute(handle, "SAVEPOINT infusionsoft_create_tables"); !status.ok()) return status;
  Status status = CreateAll(database, *account->profile, connection, prefix);
  // Both do nothing where an error has ended the transaction already.
  if (!status.ok()) static_cast<void>(Execute(handle, "ROLLBACK TO infusionsoft_create_tables"));
  const Status released = Execute(handle, "RELEASE infusionsoft_create_tables");
  if (status.ok()) status = released;
  if (!status.ok()) return status;
  return static_cast<int64_t>(account->profile->entities().size());
}

}  // namespace infusionsoft::sqlite
