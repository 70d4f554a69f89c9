// SPDX-License-Identifier: MIT
// Profile: what the API offers, as data. One Entity is one table; one Column carries its own pushdowns.
//
// Source of the built-in facts: the vendor's v2 API description. The files are ext/profile/entities/*.json; their grammar is
// in ext/profile/README.md and is checked by Profile::Parse, at build time for ours and at load time for a user's.
// Threads: immutable after Parse. Lifetime: Entities live as long as their Profile.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "json/document.h"

namespace infusionsoft {

enum class ColumnType {
  kInteger,  // ids arrive as text of decimal digits, and leave as INTEGER
  kText,
  kReal,
  kBoolean,  // 0 or 1
  kTime,     // leaves as UTC text, see base/time.h
  kDate,     // YYYY-MM-DD, as it is
  kJson,     // arrays and objects, as JSON text
  kMoney,    // {amount: minor units, currency_code}: leaves as REAL in major units
  kBytes,    // arrives as base64, leaves as BLOB
};

enum class ColumnRole {
  kValue,    // read from the row
  kPath,     // an input that stands in the URL's path; echoed into the column
  kRequest,  // a hidden input that is sent as a filter and has no value in the row; echoed into the column
};

enum class Match {
  kEquals,       // text, ids: what equality means there is the server's affair, but it contains equality
  kSet,          // a comma list, any of
  kSince,        // time >= value
  kUntil,        // time <= value
  kCompare,      // == > < >= <= on numbers
  kCompareTime,  // > < >= <= on times, under one name
  kEnum,         // one of `values`
  kBoolean,      // true or false
  kFlag,         // 1 or 0
};

// Whether one filter takes both bounds.
constexpr bool Compares(Match match) { return match == Match::kCompare || match == Match::kCompareTime; }

// One filter of the API that narrows by the column it stands at. A pushdown promises a superset of what SQLite wants.
struct Pushdown {
  std::string filter;         // the API's name of it
  bool is_parameter = false;  // stands in the query by itself (tab_id=5), not as a clause of `filter`
  Match match = Match::kEquals;
  bool prefix = false;              // takes a trailing `*`, which ignores case
  std::vector<std::string> values;  // kEnum
  size_t max_items = 0;             // kSet: 0 = as many as fit a URL
  std::string null_word;            // the word that asks for rows without a value (NONE, UNASSIGNED), or ""
  std::vector<std::pair<std::string, std::string>> with;  // filter, word: clauses that must go with it: phone_fields==PHONE1
  // How another place of the documents writes the same clause. It is sent where the first spelling is refused.
  struct Otherwise {
    std::string filter;                                      // its name; "" = the same
    std::vector<std::pair<std::string, std::string>> words;  // a value, and what is sent for it
    bool dates = false;                                      // kSince, kUntil: bounds are dates
  };
  std::optional<Otherwise> otherwise;
};

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;
  ColumnRole role = ColumnRole::kValue;
  json::Path path;          // kValue: where in the row
  std::string doc;          // one sentence, ends with a period
  std::string field;        // what `fields` must name for the value to be there; "" = nothing to ask for
  std::string order_by;     // the API's name for ordering by this column, or ""
  bool outer = false;       // kValue of a nested table: `path` starts at the row that holds the array, not at its element
  bool detail = false;      // kValue that only the single object has: read from `detail_path`, one request a row
  bool never_null = false;  // rows are expected to have a value: only such columns may have ORDER BY consumed
  bool hidden = false;      // not in SELECT *
  bool widens = false;     // kRequest: true has the list show rows that it leaves out; so it is sent to list them as parents
  bool is_custom = false;  // a custom field's, whose meaning only the account knows
  std::vector<Pushdown> pushdowns;
  // kPath, what is listed when a query does not give the value: a column of another table, or fixed words, each with the
  // segment of the path that it stands for. Both empty: a query must give it.
  std::string from_table;
  std::string from_column;
  std::vector<std::pair<std::string, std::string>> words;
  // The key column, of another table or of this one, whose values this one holds, as a foreign key's does; both empty: none.
  // A path column refers to the column it is listed from.
  std::string references_table;
  std::string references_column;

  // Whether a value can stand in the path as it is. Text cannot: whether the server tells `us` from `US` is not known, so
  // the values that exist are listed and compared.
  bool IsSentInPath() const { return type == ColumnType::kInteger || !words.empty() || from_table.empty(); }
  // Whether a filter takes a list of its values.
  bool TakesList() const;
  // Whether nothing can list the values of this path column, so that every query must give one.
  bool IsRequired() const { return role == ColumnRole::kPath && from_table.empty() && words.empty(); }
};

// What a request for rows is answered with.
enum class Answer {
  kPages,   // an array, and a token for the next page
  kArray,   // an array with every row
  kObject,  // one row
  kOffset,  // an array, and a count of all rows: pages are asked for by `limit` and `offset`
  kText,    // one value: a JSON string, or the body as it is
};

enum class FieldsStyle {
  kNone,      // no `fields` parameter
  kExact,     // `fields` selects all that is returned
  kAdditive,  // `fields` adds what is not returned by default
  kOptional,  // the same, under the name that the first version of the API gives it: `optional_properties`
};

// Another table that has the same rows, and some of the same columns under the same names. It is read instead where that
// takes fewer requests and no other column is used.
struct AccessPath {
  std::string table;
  std::vector<std::string> columns;  // the key of the entity among them
};

// A list whose rows have lists below them.
struct ParentList {
  std::string path;
  int typical_rows = 1;
  int page_size_max = 1;
};

struct Entity {
  std::string name;  // "contacts": the module is infusionsoft_contacts
  std::string doc;
  std::string list_path;  // "/v2/contacts/{contact_id}/tags": each {name} is a kPath column
  Answer answer = Answer::kPages;
  std::string items;   // the key of the array; "" for kObject, kText, and where the answer itself is the array
  std::string nested;  // an array inside each of the items, whose elements are the rows; "" = the items themselves are
  int page_size_min = 1;
  int page_size_max = 1000;
  std::string get_path;     // "/v2/contacts/{id}": each {name} is a key column; "" = look-ups go through a filter
  std::string detail_path;  // "/v2/emails/{id}": each {name} is a key column; has the values of the detail columns
  FieldsStyle fields_style = FieldsStyle::kNone;
  bool fields_may_repeat = false;  // the documents say both: a comma list, and a parameter for each name
  std::vector<std::string>
      key;  // columns that identify a row; path columns first; none: rows are told apart by what they say
  std::vector<std::vector<std::string>> exclusive;  // filters that the API refuses together
  // The `record_type` in custom_field_definitions whose fields the rows carry in their column custom_fields, or "".
  std::string custom_fields;
  std::vector<std::string> other_filters;  // of the API, which no column uses: no custom field is filtered by these names
  std::vector<Column> columns;
  std::vector<AccessPath> access_paths;
  // For estimates only: how many rows an account usually has, below one parent where the list stands below one, and the
  // lists of the parents, of their parents and so on.
  int typical_rows = 10000;
  std::vector<ParentList> parent_lists;

  int FindColumn(std::string_view column_name) const;             // -1 when there is none
  const Column* ColumnNamed(std::string_view column_name) const;  // null when there is none
  bool IsNested() const { return !nested.empty(); }
  // Whether rows come in parts, each with a request of its own.
  bool IsPaged() const { return answer == Answer::kPages || answer == Answer::kOffset; }
  // Whether one request gives one row at most.
  bool IsSingle() const { return answer == Answer::kObject || answer == Answer::kText; }
  bool HasPathColumn() const { return list_path.find('{') != std::string::npos; }
  // The table that lists the values of the path columns, or "".
  std::string_view Parent() const;
  bool IsInKey(const Column& column) const;
  // False where every row has a value: the path's own, and the key that is the rowid. Of others nobody sees to it, also
  // where the server is expected to send one.
  bool MayBeNull(const Column& column) const;
  bool HasNumericKey() const;  // one INTEGER key column: it is the rowid
  // "CREATE TABLE x(...)", as sqlite3_declare_vtab wants it.
  std::string DeclareTable() const;
};

std::string ModuleName(std::string_view entity);  // "contacts" -> "infusionsoft_contacts"
std::string ModuleName(const Entity& entity);
std::string_view ColumnTypeName(ColumnType type);  // as the profile files write it: "integer", "time", ...
std::string_view ColumnRoleName(ColumnRole role);  // "value", "path", "request"
std::string_view SqlTypeName(ColumnType type);     // as the table declares it: INTEGER, TEXT, REAL, BOOLEAN, BLOB
std::string_view MatchName(Match match);
std::string_view FieldsParameter(const Entity& entity);    // the query parameter that names fields: "fields"
std::string_view PageSizeParameter(const Entity& entity);  // the one that says how many rows: "page_size" or "limit"

struct ProfileFile {
  std::string name;  // for messages
  std::string text;
};

// A user's file, which must be an ordinary one. Errors: kInvalidArgument, with the path and the system's reason.
Result<ProfileFile> ReadProfileFile(const std::string& path);

class Profile {
 public:
  // Errors: kInvalidArgument, one sentence with file, entity and column: "contacts.json: contacts.email: ...".
  static Result<Profile> Parse(std::span<const ProfileFile> files);
  // This profile and the entities of `files`: one with a name that is known replaces what was known.
  Result<Profile> With(std::span<const ProfileFile> files) const;
  // This profile with hidden input columns shown as ordinary ones: pairs of a table's name (contacts, with infusionsoft_ or
  // without) and a column's, "*" for every one. ASCII case is ignored. Errors: kInvalidArgument for a pair that names no
  // such column, with the ones there are.
  Result<Profile> WithShownInputs(std::span<const std::pair<std::string, std::string>> names) const;
  // The entities compiled into the library. They were validated when it was built, and are read at the first call.
  static const Profile& BuiltIn();
  // Their names, without reading them: what loading the library needs.
  static std::span<const std::string_view> BuiltInNames();
  // Their files as one JSON array: what a profile of one's own can start from.
  static std::string BuiltInText();

  std::span<const Entity> entities() const { return entities_; }  // by name
  const Entity* Find(std::string_view name) const;

 private:
  std::vector<Entity> entities_;
};

}  // namespace infusionsoft
