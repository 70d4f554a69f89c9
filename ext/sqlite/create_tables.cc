// SPDX-License-Identifier: MIT
#include "sqlite/create_tables.h"

#include <map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "profile/validator.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

struct Known {
  std::string schema;  // main, temp, or the name of an attached database
  std::string sql;     // as sqlite_schema keeps it
};

// Adds the tables and views of one database.
Status AddKnown(sqlite3* handle, const std::string& schema, std::map<std::string, Known>& known) {
  const std::string catalog = QuoteName(schema) + ".sqlite_schema";
  Result<Statement> tables = Statement::Prepare(handle, "SELECT name, sql FROM " + catalog + " WHERE type IN ('table', 'view')");
  if (!tables) return std::move(tables).status();
  Result<bool> row = tables->Step();
  for (; row && *row; row = tables->Step()) known.emplace(AsciiLower(tables->Text(0)), Known{schema, tables->Text(1)});
  return row.status();
}

// The tables and views of all databases, by their names in lower case.
Result<std::map<std::string, Known>> KnownTables(sqlite3* handle) {
  std::map<std::string, Known> known;
  Result<Statement> schemas = Statement::Prepare(handle, "SELECT name FROM pragma_database_list");
  if (!schemas) return std::move(schemas).status();
  Result<bool> row = schemas->Step();
  for (; row && *row; row = schemas->Step()) {
    if (Status status = AddKnown(handle, schemas->Text(0), known); !status.ok()) return status;
  }
  if (!row) return row.status();
  return known;
}

// What stands behind CREATE VIRTUAL TABLE: "shop_contacts" USING infusionsoft_contacts('Connection="shop"'). A connection
// string quotes a value with double quotes, as SQL does a name; SQL quotes the whole with single ones.
Result<std::string> Definition(const Database& database, const Entity& entity, const std::string& table,
                               const std::string& connection) {
  const std::string argument = connection.empty() ? "" : QuoteText("Connection=" + QuoteName(connection));
  if (database.built_in().Find(entity.name) != nullptr) {
    return QuoteName(table) + " USING " + ModuleName(entity) + "(" + argument + ")";
  }
  if (connection.empty()) {
    return InvalidArgument("only a connection with a name can show tables of its own profile, such as " + entity.name +
                           "; register it by infusionsoft_connect('<name>', '<connection string>')");
  }
  return QuoteName(table) + " USING infusionsoft(" + argument + ", " + QuoteText("Table=" + entity.name) + ")";
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
      static_cast<void>(Execute(database.handle(), "DROP TABLE temp." + QuoteName((*tables)[made].name)));
    }
    return status;
  }
  return static_cast<int64_t>(account->profile->entities().size());
}

}  // namespace infusionsoft::sqlite
