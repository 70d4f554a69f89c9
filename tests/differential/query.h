// SPDX-License-Identifier: MIT
// Query: a SELECT as a tree, so that a failing one can be made smaller.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "answer.h"

namespace infusionsoft::differential {

// A boolean expression. A leaf is SQL; a kNot has one part.
struct Condition {
  enum class Kind { kLeaf, kAnd, kOr, kNot };
  Kind kind = Kind::kLeaf;
  std::string sql;
  std::vector<Condition> parts;

  static Condition Leaf(std::string sql) { return {Kind::kLeaf, std::move(sql), {}}; }
};

struct Source {
  std::string table;  // or a sub-query in parentheses, or a common table
  std::string alias;
  std::string join;           // what stands before it: "", "JOIN", "LEFT JOIN", ...
  std::vector<Condition> on;  // none or one
  std::string using_column;   // in place of `on`
  std::string plain;          // the table that a sub-query or a common table is of
};

struct CommonTable {
  std::string name;
  std::string hint;  // "", " MATERIALIZED", ...
  std::string select;
};

struct Select {
  bool distinct = false;
  std::vector<std::string> columns;
  std::vector<Source> from;
  std::vector<Condition> where;  // none or one
  std::vector<std::string> group_by;
  std::vector<Condition> having;  // none or one
};

struct OrderTerm {
  std::string expression;  // "a.email COLLATE NOCASE"
  std::string key;         // stands in the result as well, so that the order can be compared: "lower(a.email)"
  std::string direction;   // "", " ASC", " DESC"
};

struct Parameter {
  std::string name;
  std::array<std::string, 2> literals;  // of the first run and of the second
};

// How a query is run.
enum class Manner {
  kAlone,
  kTransaction,  // after a change of the local table that is rolled back later
  kSavepoint,    // the same within a savepoint
  kInterleaved,  // two statements, stepped alternately
  kRestarted,    // some rows are read before it begins anew
};
std::string_view MannerName(Manner manner);

struct Query {
  Manner manner = Manner::kAlone;
  std::vector<CommonTable> with;
  std::vector<Select> selects;  // more than one: a compound, of one column each
  std::string compound;         // "UNION", ...
  std::vector<OrderTerm> order_by;
  bool total_order = false;  // all columns of the result follow as order terms
  std::string limit;         // SQL, or "" for none
  std::string offset;
  std::vector<Parameter> parameters;

  std::vector<Binding> Bindings(size_t run) const;
};

std::string Render(const Query& query);

// A number of the query's text, its values and its manner.
uint64_t Fingerprint(const Query& query);

}  // namespace infusionsoft::differential
