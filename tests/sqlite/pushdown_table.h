// SPDX-License-Identifier: MIT
// PushdownTable: conditions as people write them, each with the requests that it is worth, checked against ordinary tables.
#pragma once

#include <map>
#include <span>
#include <string>

#include "support.h"

namespace infusionsoft::sqlite_test {

// {name} in a condition, and in what is sent, is a value of the account.
struct PushdownCase {
  const char* condition;  // of WHERE, over `table`
  // The API paths with their filters, " + " between them: "/v2/contacts?given_name==Ann", "/v2/contacts" for the whole list,
  // "" for no request.
  const char* sent;
  const char* why;
  const char* table = "contacts";
  const char* setup = "";  // a statement before the query: a PRAGMA
};

// One account, and copies of its tables with the declared types.
class PushdownTable {
 public:
  PushdownTable();

  // Names a value: the only cell of `sql`, over the copies.
  void Define(const std::string& name, const std::string& sql);
  // Each case sends what it says, and the answer is that of the copy, whatever the server makes of equality and bounds.
  // Returns how many of the answers had rows.
  size_t Check(std::span<const PushdownCase> cases);

 private:
  std::string Columns(const std::string& table);  // of a copy, with commas between them
  void Copy(const std::string& table);
  std::string Fill(std::string text) const;
  std::string Sent();  // the lists and objects that the last statement asked for, each once
  size_t CheckOne(const PushdownCase& given);

  Account account_{"Pagesize=25"};  // so that a look-up beats a scan
  std::map<std::string, std::string> values_;
};

}  // namespace infusionsoft::sqlite_test
