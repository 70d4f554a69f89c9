// SPDX-License-Identifier: MIT
#include "sqlite/create_tables.h"

#include <map>
#include <memory>
#include <new>
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

using Row = std::vector<std::string>;

// The rows of a query; NULL is "".
Result<std::vector<Row>> ReadRows(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  const int prepare_code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement(prepared);
  if (prepare_code != SQLITE_OK) return SqlError(handle, prepare_code);
  std::vector<Row> rows;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
      const bool is_null = sqlite3_column_type(statement.get(), i) == SQLITE_NULL;
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), i));
      if (text == nullptr && !is_null) throw std::bad_alloc();
      row.emplace_back(is_null ? "" : text);
    }
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) return SqlError(handle, code);
  return rows;
}

struct Known {
  std::string schema;  // main, temp, or the name of an attached database
  std::string sql;     // as sqlite_schema keeps it
};

// The tables and views of all databases, by their names in lower case.
Result<std::map<std::string, Known>> KnownTables(sqlite3* handle) {
  std::map<std::string, Known> known;
  const auto schemas = ReadRows(handle, "SELECT name FROM pragma_database_list");
  if (!schemas) return schemas.status();
  for (const Row& schema : *schemas) {
    const auto tables = ReadRows(
        handle, Sql("SELECT name, sql FROM \"%w\".sqlite_schema WHERE type IN ('table', 'view')", schema[0].c_str()));
    if (!tables) return tables.status();
    for (const Row& table : *tables) known.emplace(AsciiLower(table[0]), Known{schema[0], table[1]});
  }
  return known;
}

// What stands behind CREATE VIRTUAL TABLE: "shop_contacts" USING infusionsoft_contacts('Connection="shop"'). A connection
// string quotes a value with double quotes, SQL the whole with single ones.
Result<std::string> Definition(const Database& database, const Entity& entity, const std::string& table,
                               const std::string& connection) {
  const std::string argument = connection.empty() ? "" : Sql("%Q", Sql("Connection=\"%w\"", connection.c_str()).c_str());
  if (database.built_in().Find(entity.name) != nullptr) {
    return Sql("\"%w\" USING %s(%s)", table.c_str(), ModuleName(entity).c_str(), argument.c_str());
  }
  if (connection.empty()) {
    return InvalidArgument("only a connection with a name can show tables of its own profile, such as " + entity.name +
                           "; register it by infusionsoft_connect('<name>', '<connection string>')");
  }
  return Sql("\"%w\" USING infusionsoft(%s, 'Table=%s')", table.c_str(), argument.c_str(), entity.name.c_str());
}

struct NewTable {
  std::string name;
  std::string definition;
};

// The tables that are to be made. Those that an earlier call has made are there already.
Result<std::vector<NewTable>> PlanTables(const Database& database, const Profile& profile, const std::string& connection,
                                         const std::string& prefix) {
  const auto known = KnownTables(database.handle());
  if (!known) return known.status();
  std::vector<NewTable> tables;
  for (const Entity& entity : profile.entities()) {
    const std::string name = prefix + entity.name;
    const auto definition = Definition(database, entity, name, connection);
    if (!definition) return definition.status();
    const auto found = known->find(name);
    if (found == known->end()) {
      tables.push_back({name, *definition});
    } else if (found->second.schema != "temp" || found->second.sql != "CREATE VIRTUAL TABLE " + *definition) {
      return InvalidArgument("there is a " + found->second.schema + "." + name + " already, which temp." + name +
                             " would hide; give a prefix for the names as the second argument: 'my_'");
    }
  }
  return tables;
}

}  // namespace

Result<int64_t> CreateTables(Database& database, const std::string& connection, const std::string& prefix) {
  if (!prefix.empty() && !IsSnakeCase(prefix)) {
    return InvalidArgument("the prefix must be lower-case letters, digits and underscores, a letter first: shop_");
  }
  const Result<Account> account = database.Find(connection);
  if (!account) return account.status();
  const auto tables = PlanTables(database, *account->profile, connection, prefix);
  if (!tables) return tables.status();
  // No savepoint around them: after an interrupt, or without memory, SQLite could not end it any more, and what the user
  // writes next would stand in a transaction that nobody knows of.
  for (size_t made = 0; made < tables->size(); ++made) {
    const Status status = Execute(database.handle(), "CREATE VIRTUAL TABLE temp." + (*tables)[made].definition);
    if (status.ok()) continue;
    while (made-- > 0) {
      static_cast<void>(Execute(database.handle(), Sql("DROP TABLE temp.\"%w\"", (*tables)[made].name.c_str())));
    }
    return status;
  }
  return static_cast<int64_t>(account->profile->entities().size());
}

}  // namespace infusionsoft::sqlite
