// SPDX-License-Identifier: MIT
// PlainTable: a virtual table over an ordinary one, as simple as a virtual table can be. It shares nothing with the product,
// so what SQLite loses over both of them is lost by SQLite.
#pragma once

#include <sqlite3.h>

#include <set>
#include <string>

namespace infusionsoft::differential {

// Of each column one equality is taken and looked up; of other conditions any, to no effect.
struct PlainTableOptions {
  std::set<std::string> refused;  // columns of which nothing is taken
  bool last = false;              // conditions are taken from the last to the first
};

// While it lives, the name of an ordinary table means a virtual one with its rows. `options` must outlive it.
class PlainTable {
 public:
  PlainTable(sqlite3* database, const std::string& name, const PlainTableOptions& options);
  ~PlainTable();
  PlainTable(const PlainTable&) = delete;
  PlainTable& operator=(const PlainTable&) = delete;

 private:
  sqlite3* const database_;
  const std::string name_;
};

}  // namespace infusionsoft::differential
