// SPDX-License-Identifier: MIT
// Account: one account twice: as virtual tables over a sandbox, and as ordinary tables with the same rows.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "sandbox_server.h"

namespace infusionsoft::differential {

struct ColumnInfo {
  std::string name;
  ColumnType type = ColumnType::kText;
  bool pushed = false;               // a filter, an order or a key of the API concerns it
  bool takes_prefix = false;         // a filter takes the beginning of a text
  bool takes_bounds = false;         // a filter takes bounds of a number
  bool takes_null = false;           // a filter has a word for rows without a value
  bool takes_list = false;           // a filter takes a comma list
  std::string domain;                // columns of the same domain hold the same kind of value, so that they can be joined
  bool folds_case = false;           // COLLATE NOCASE
  bool detail = false;               // costs a request for each row
  std::vector<std::string> samples;  // SQL literals of values that occur
  std::vector<std::string> tricky;   // those that a filter's grammar, a collation or a trimming server may change
};

struct TableInfo {
  std::string name;  // the same in both databases
  std::vector<ColumnInfo> columns;
  std::vector<std::string> path_columns;  // without them, a scan goes through all parents
  size_t rows = 0;
  bool is_local = false;  // an ordinary table in both databases
  bool has_json = false;
  bool has_hidden = false;  // columns that do not stand in *
  size_t pushed = 0;        // columns that the API filters or sorts by
};

// Properties that change how rows are fetched and never which ones.
struct Settings {
  int page_size = 0;
  bool order_pushdown = true;
  bool auto_cache = false;  // each statement copies what it reads
  int max_concurrency = 1;
  int max_requests = 120;  // of one statement, so that a random join does not run for a minute
};

class Account {
 public:
  // Starts the sandbox and copies every table: as the product reads it under the plainest behaviour, or, of a broken server,
  // as the oracle does.
  explicit Account(uint64_t seed, const std::vector<sandbox::Break>& breaks = {});
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  sqlite3* virtual_database() { return virtual_; }
  sqlite3* reference_database() { return reference_; }
  SandboxServer& server() { return server_; }
  const std::vector<TableInfo>& tables() const { return tables_; }

  // Connects again, with these properties.
  void Connect(const Settings& settings);

 private:
  void CopyTable(const std::string& name, const Entity& entity);
  void CopyRows(const TableInfo& table);
  void CopyFromOracle(const TableInfo& table, const Entity& entity);
  void CopyCustomFields(const std::string& entity_name);
  void MakeLocalTable();
  void ReadSamples(TableInfo& table);

  SandboxServer server_;
  std::string folder_;  // of local copies
  sqlite3* virtual_ = nullptr;
  sqlite3* reference_ = nullptr;
  std::vector<TableInfo> tables_;
};

// Compares the copies with what the sandbox says to a plain HTTP client: row counts, and some cells of every row.
// Prints what differs; false when something does.
bool VerifyReference(Account& account);

}  // namespace infusionsoft::differential
