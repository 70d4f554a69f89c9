// SPDX-License-Identifier: MIT
#include "account.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "answer.h"
#include "causes.h"
#include "oracle.h"
#include "profile/custom_field.h"
#include "sqlite/extension_init.h"

namespace infusionsoft::differential {
namespace {

sandbox::SandboxOptions ServerOptions(uint64_t seed, const std::vector<sandbox::Break>& breaks) {
  sandbox::SandboxOptions options;
  options.breaks = breaks;
  options.seed = seed;
  options.sizes.contacts = 44;
  options.sizes.companies = 40;  // as many as a tag is on at most: of one company more than once a filter might leave either
  options.sizes.tags = 40;       // the same of the tags of a company
  options.sizes.notes = 30;
  options.sizes.tasks = 36;
  options.sizes.opportunities = 30;
  options.sizes.orders = 30;
  options.sizes.products = 20;
  return options;
}

sqlite3* OpenMemory() {
  sqlite3* database = nullptr;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) std::exit(2);
  // SQLite 3.40 loses rows that only COLLATE RTRIM makes equal when it joins through an automatic index. Virtual tables
  // have no such index, so the ordinary ones must have none either.
  MustRun(database, "PRAGMA automatic_index = OFF");
  return database;
}

std::string MakeFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "infusionsoft-differential-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::exit(2);
  return pattern;
}

std::string DomainOf(const std::string& table, const Column& column) {
  const std::string& name = column.name;
  if (column.type == ColumnType::kTime) return "time";
  if (column.type == ColumnType::kDate) return "date";
  if (column.type == ColumnType::kBoolean) return "boolean";
  if (name == "id") return table;
  if (name == "contact_id") return "contacts";
  if (name == "company_id") return "companies";
  if (name == "tag_id") return "tags";
  if (name == "category_id") return "tag_categories";
  if (name == "stage_id") return "opportunity_stages";
  if (name == "opportunity_id") return "opportunities";
  if (name.ends_with("user_id") || name == "owner_id" || name.ends_with("_by")) return "users";
  if (name.starts_with("email")) return "email";
  if (name.find("phone") != std::string::npos) return "phone";
  if (name.ends_with("_name") || name == "name" || name.ends_with("title")) return "name";
  if (name.ends_with("locality") || name.ends_with("city") || name.ends_with("region")) return "place";
  return column.type == ColumnType::kText ? "text" : "number";
}

bool IsPushed(const Entity& entity, const Column& column) {
  bool is_key = false;
  for (const std::string& key : entity.key) is_key = is_key || key == column.name;
  return is_key || !column.pushdowns.empty() || !column.order_by.empty() || column.role == ColumnRole::kPath;
}

// All that rows hold, of every entity. A request column has no value in the row: which rows it asks for is the server's
// word, and an ordinary table has none.
bool IsCompared(const Column& column) { return column.role != ColumnRole::kRequest; }

ColumnInfo Describe(const Entity& entity, const Column& column) {
  ColumnInfo info;
  info.name = column.name;
  info.type = column.type;
  info.pushed = IsPushed(entity, column);
  for (const Pushdown& pushdown : column.pushdowns) {
    info.takes_prefix = info.takes_prefix || pushdown.prefix;
    info.takes_bounds = info.takes_bounds || pushdown.match == Match::kCompare;
    info.takes_null = info.takes_null || !pushdown.null_word.empty();
    info.takes_list = info.takes_list || pushdown.match == Match::kSet;
  }
  info.domain = DomainOf(entity.name, column);
  info.detail = column.detail;
  return info;
}

ColumnInfo LocalColumn(const char* name, ColumnType type, const char* domain, bool folds_case = false) {
  ColumnInfo info;
  info.name = name;
  info.type = type;
  info.pushed = true;
  info.domain = domain;
  info.folds_case = folds_case;
  return info;
}

std::string ColumnList(const TableInfo& table) {
  std::string list;
  for (const ColumnInfo& column : table.columns) list += (list.empty() ? "\"" : ", \"") + column.name + "\"";
  return list;
}

void BindCell(sqlite3_stmt* statement, int hole, const Cell& cell) {
  sqlite3_bind_null(statement, hole);
  if (const auto* const whole = std::get_if<int64_t>(&cell)) sqlite3_bind_int64(statement, hole, *whole);
  if (const auto* const real = std::get_if<double>(&cell)) sqlite3_bind_double(statement, hole, *real);
  if (const auto* const text = std::get_if<std::string>(&cell)) {
    sqlite3_bind_text(statement, hole, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
  }
  if (const auto* const blob = std::get_if<Blob>(&cell)) {
    sqlite3_bind_blob(statement, hole, blob->bytes.data(), static_cast<int>(blob->bytes.size()), SQLITE_TRANSIENT);
  }
}

}  // namespace

Account::Account(uint64_t seed, const std::vector<sandbox::Break>& breaks)
    : server_(ServerOptions(seed, breaks)), folder_(MakeFolder()), virtual_(OpenMemory()), reference_(OpenMemory()) {
  char* error = nullptr;
  if (sqlite::RegisterExtension(virtual_, &error) != SQLITE_OK) {
    std::fprintf(stderr, "registering: %s\n", error != nullptr ? error : "?");
    std::exit(2);
  }
  Connect({.max_requests = 0});  // some tables are read below every parent
  for (const Entity& entity : Profile::BuiltIn().entities()) CopyTable(ModuleName(entity), entity);
  CopyCustomFields("contacts");  // whose custom fields SQLite lumps together
  CopyCustomFields("tasks");
  MakeLocalTable();
}

Account::~Account() {
  sqlite3_close(virtual_);
  sqlite3_close(reference_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Account::Connect(const Settings& settings) {
  const std::string connection =
      "URL=" + SandboxServer::api_url() + ";OAuthAccessToken=" + server_.options().access_token +
      ";MaxRequests=" + std::to_string(settings.max_requests) + ";Pagesize=" + std::to_string(settings.page_size) +
      ";MaxConcurrency=" + std::to_string(settings.max_concurrency) +
      ";OrderPushdown=" + (settings.order_pushdown ? "true" : "false") +
      ";AutoCache=" + (settings.auto_cache ? "true" : "false") + ";CacheTolerance=0;CacheLocation=" + folder_ + "/";
  MustRun(virtual_, "SELECT infusionsoft_connect(" + Quote(connection) + ")");
}

// A table with a column for each custom field.
void Account::CopyCustomFields(const std::string& entity_name) {
  const std::string name = "own_" + entity_name;
  const std::string create =
      "CREATE VIRTUAL TABLE " + name + " USING infusionsoft_" + entity_name + "(CustomFields=columns)";
  if (const Answer made = Run(virtual_, create); !made.ok()) {
    if (NamesCollision(made.error)) return;  // of its definitions
    MustRun(virtual_, create);
  }
  const auto read = [&](const char* column) {
    return ReadTexts(virtual_, std::string("SELECT CAST(") + column + " AS TEXT) FROM " + name + "_fields ORDER BY id");
  };
  const std::vector<std::string> ids = read("id");
  const std::vector<std::string> columns = read("column_name");
  const std::vector<std::string> types = read("field_type");
  const std::vector<std::string> names = read("field_name");
  std::vector<CustomField> fields;
  for (size_t i = 0; i < ids.size(); ++i) fields.push_back({std::stoll(ids[i]), columns[i], "", types[i], names[i]});
  CopyTable(name, WithCustomFields(*Profile::BuiltIn().Find(entity_name), fields));
}

void Account::CopyTable(const std::string& name, const Entity& entity) {
  TableInfo table;
  table.name = name;
  std::string declaration;
  for (const Column& column : entity.columns) {
    if (column.role == ColumnRole::kPath) table.path_columns.push_back(column.name);
    if (!IsCompared(column)) continue;
    table.has_hidden = table.has_hidden || column.hidden;
    table.pushed += IsPushed(entity, column) ? 1 : 0;
    table.has_json = table.has_json || column.type == ColumnType::kJson;
    table.columns.push_back(Describe(entity, column));
    declaration += (declaration.empty() ? "\"" : ", \"") + column.name + "\" " + std::string(SqlTypeName(column.type));
  }
  MustRun(reference_, "CREATE TABLE " + table.name + "(" + declaration + ")");
  if (server_.options().breaks.empty()) {
    CopyRows(table);
  } else {
    CopyFromOracle(table, entity);
  }
  table.rows = static_cast<size_t>(std::stoull(ReadTexts(reference_, "SELECT count(*) FROM " + table.name)[0]));
  ReadSamples(table);
  tables_.push_back(std::move(table));
}

void Account::CopyRows(const TableInfo& table) {
  const Answer all = Run(virtual_, "SELECT " + ColumnList(table) + " FROM " + table.name);
  std::string quoted;
  for (const ColumnInfo& column : table.columns)
    quoted += (quoted.empty() ? "quote(\"" : "||','||quote(\"") + column.name + "\")";
  for (const std::string& values : ReadTexts(virtual_, "SELECT " + quoted + " FROM " + table.name)) {
    MustRun(reference_, "INSERT INTO " + table.name + " VALUES(" + values + ")");
  }
  // A value that changes when the declared type is applied would compare differently in an ordinary table.
  const Answer copied = Run(reference_, "SELECT * FROM " + table.name + " ORDER BY rowid");
  if (!all.ok() || all.rows != copied.rows) {
    std::fprintf(stderr, "%s: the copy is not what was read: %s\n", table.name.c_str(), all.error.c_str());
    for (size_t i = 0; i < all.rows.size() && i < copied.rows.size(); ++i) {
      for (size_t c = 0; c < table.columns.size(); ++c) {
        if (all.rows[i][c] == copied.rows[i][c]) continue;
        std::fprintf(stderr, "  %s: %s became %s\n", table.columns[c].name.c_str(), all.rows[i][c].c_str(),
                     copied.rows[i][c].c_str());
      }
    }
    std::exit(2);
  }
}

void Account::CopyFromOracle(const TableInfo& table, const Entity& entity) {
  std::string holes;
  for (size_t i = 0; i < table.columns.size(); ++i) holes += holes.empty() ? "?" : ", ?";
  sqlite3_stmt* insert = nullptr;
  const std::string sql = "INSERT INTO " + table.name + " VALUES(" + holes + ")";
  if (sqlite3_prepare_v2(reference_, sql.c_str(), -1, &insert, nullptr) != SQLITE_OK) std::exit(2);
  for (const std::vector<Cell>& row : Oracle(server_).Rows(entity)) {
    int hole = 0;
    for (const ColumnInfo& column : table.columns) {
      BindCell(insert, ++hole, row[static_cast<size_t>(entity.FindColumn(column.name))]);
    }
    if (sqlite3_step(insert) != SQLITE_DONE) std::exit(2);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  // No table holds a row without its primary key. To read one is an error; a condition that only it could meet asks for nothing.
  for (const Column& column : entity.columns) {
    if (column.role == ColumnRole::kPath || entity.MayBeNull(column)) continue;
    MustRun(reference_, "DELETE FROM " + table.name + " WHERE \"" + column.name + "\" IS NULL");
  }
}

void Account::ReadSamples(TableInfo& table) {
  for (ColumnInfo& column : table.columns) {
    const std::string select = "SELECT DISTINCT quote(\"" + column.name + "\") FROM " + table.name + " WHERE ";
    column.samples = ReadTexts(reference_, select + "\"" + column.name + "\" IS NOT NULL LIMIT 80");
    if (column.type != ColumnType::kText) continue;
    column.tricky = ReadTexts(reference_, select + "\"" + column.name + "\" GLOB '*[^a-zA-Z0-9 .@-]*' OR \"" + column.name +
                                              "\" GLOB ' *' OR \"" + column.name + "\" GLOB '* '");
  }
}

// Values of the account's own tables, some of them changed, under several affinities and collations.
void Account::MakeLocalTable() {
  constexpr std::string_view kFill[] = {
      "CREATE TABLE local(n INTEGER, t TEXT, folded TEXT COLLATE NOCASE, any_value, moment TEXT)",
      "INSERT INTO local SELECT id, email, upper(email), id, update_time FROM infusionsoft_contacts WHERE id % 5 = 0",
      "INSERT INTO local SELECT contact_id, title, lower(title), contact_id || '', create_time FROM infusionsoft_notes "
      "LIMIT 6",
      "INSERT INTO local SELECT id, name, upper(name), id * 1.0, substr(update_time, 1, 10) FROM infusionsoft_tags "
      "LIMIT 5",
      "INSERT INTO local SELECT id, company_name || ' ', company_name, company_name, replace(update_time, 'T', ' ') "
      "FROM "
      "infusionsoft_companies LIMIT 4",
      "INSERT INTO local SELECT id, title, sku, x'31', order_time FROM (SELECT o.id, title, sku, order_time FROM "
      "infusionsoft_orders o, infusionsoft_products p WHERE o.id % 7 = p.id % 7 LIMIT 5)",
      "INSERT INTO local VALUES(NULL, NULL, NULL, NULL, NULL), (-1, '', '', '', ''), (0, 'NONE', 'none', 12.5, 'abc')",
      "INSERT INTO local SELECT id, given_name, family_name, family_name, '2021' FROM infusionsoft_users LIMIT 5",
  };
  for (const std::string_view sql : kFill) MustRun(reference_, std::string(sql));
  MustRun(virtual_, std::string(kFill[0]));
  for (const std::string& values : ReadTexts(reference_,
                                             "SELECT quote(n)||','||quote(t)||','||quote(folded)||','||"
                                             "quote(any_value)||','||quote(moment) FROM local")) {
    MustRun(virtual_, "INSERT INTO local VALUES(" + values + ")");
  }
  TableInfo table;
  table.name = "local";
  table.is_local = true;
  table.columns = {LocalColumn("n", ColumnType::kInteger, "contacts"), LocalColumn("t", ColumnType::kText, "email"),
                   LocalColumn("folded", ColumnType::kText, "name", true),
                   LocalColumn("any_value", ColumnType::kText, "text"), LocalColumn("moment", ColumnType::kTime, "time")};
  table.rows = 30;
  ReadSamples(table);
  tables_.push_back(std::move(table));
}

}  // namespace infusionsoft::differential
