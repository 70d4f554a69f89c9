// SPDX-License-Identifier: MIT
// Oracle: what rows the account has, read from the sandbox by the letter of the documents. The product's profile says where
// things stand; nothing of its pager, its JSON reader or its cells has a part in it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plain_json.h"
#include "profile/profile.h"
#include "sandbox_server.h"

namespace infusionsoft::differential {

// An SQL value: NULL, INTEGER, REAL, TEXT or BLOB.
struct Blob {
  std::string bytes;
  auto operator<=>(const Blob&) const = default;
};
using Cell = std::variant<std::monostate, int64_t, double, std::string, Blob>;

// A value as a column of this type shows it:
// - a number that is whole is an INTEGER in a column of integers, however it is written;
// - a time is UTC text with milliseconds, whatever its form, if it names an instant; a number counts seconds since 1970;
// - an amount of money is in major units, if it has a currency;
// - what is no value of the type is shown as it is written.
Cell CellOf(ColumnType type, const PlainJson& value);

// While it lives, the sandbox shows all there is.
class Oracle {
 public:
  explicit Oracle(SandboxServer& server) : server_(server) { server_.ShowAll(true); }
  ~Oracle() { server_.ShowAll(false); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  // One cell for each column of `entity`. Items that are no objects, or have other properties only, are no rows.
  std::vector<std::vector<Cell>> Rows(const Entity& entity) { return Rows(entity, ""); }

 private:
  // A list, and what its path says of its rows.
  struct List {
    std::string path;
    std::map<std::string, Cell> echoes;
  };

  std::vector<std::vector<Cell>> Rows(const Entity& entity, const std::string& parameters);
  std::vector<List> Lists(const Entity& entity);
  std::vector<PlainJson> Items(const Entity& entity, const List& list, const std::string& parameters);
  std::optional<std::string> Get(const std::string& target);
  PlainJson Detail(const Entity& entity, const std::vector<Cell>& row);

  SandboxServer& server_;
};

}  // namespace infusionsoft::differential
