// SPDX-License-Identifier: MIT
// Values of every kind in columns of every type: what is shown, and that a table of the declared types would hold the same.
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;

constexpr std::array<const char*, 8> kTypes = {"integer", "real", "boolean", "text", "time", "date", "json", "money"};

// Filters by size, which the server below does not heed.
std::string Pushdowns(const std::string& type) {
  if (type == "time")
    return R"(, "pushdowns": [{"filter": "since", "match": "since"}, {"filter": "until", "match": "until"}])";
  if (type == "integer" || type == "real")
    return ", \"pushdowns\": [{\"filter\": \"" + type + "\", \"match\": \"compare\"}]";
  return "";
}

// One table, `v`, whose columns of every type show the property "v" of its rows.
std::string ProfileText() {
  std::string columns = R"({"name": "id", "type": "integer", "doc": "Number."})";
  for (const char* type : kTypes) {
    columns += std::string(",{\"name\": \"c_") + type + "\", \"type\": \"" + type +
               "\", \"path\": \"v\", \"doc\": \"Value.\"" + Pushdowns(type) + "}";
  }
  return R"({"name": "values", "doc": "Values.", "list_path": "/v2/values", "items": "values", "page_size_max": 1000,
             "key": ["id"], "columns": [)" +
         columns + "]}";
}

class Values {
 public:
  // What stands between the brackets of the list.
  struct List {
    std::string text;
  };

  explicit Values(List list)
      : body_("{\"values\":[" + list.text + "]}"), server_([this](RawConnection& connection) {
          while (!connection.ReadRequest().empty())
            connection.SendResponse("200 OK\r\nContent-Type: application/json", body_);
        }) {
    const std::string profile = file_.path() + ".json";
    std::ofstream(profile, std::ios::trunc) << ProfileText();
    database_.Run("CREATE VIRTUAL TABLE temp.v USING infusionsoft('Table=values;Profile=" + profile +
                  ";URL=" + server_.Url("") + ";OAuthAccessToken=t')");
    std::remove(profile.c_str());
  }
  // One row for each of the JSON texts, its id counted from 1.
  explicit Values(const std::vector<std::string>& values) : Values(List{Rows(values)}) {}
  Database& database() { return database_; }

 private:
  static std::string Rows(const std::vector<std::string>& values) {
    std::string rows;
    for (size_t i = 0; i < values.size(); ++i) {
      const std::string id = std::to_string(i + 1);
      rows += (i == 0 ? "" : ",") + ("{\"id\":" + id) + (values[i].empty() ? "" : ",\"v\":" + values[i]) + "}";
    }
    return rows;
  }

  TemporaryFile file_;
  const std::string body_;
  RawServer server_;
  Database database_;
};

// Reals are written in a way that no version of SQLite changes: r0.5.
std::string Quoted(const std::string& column) {
  return "CASE typeof(" + column + ") WHEN 'real' THEN printf('r%.15g', " + column + ") ELSE quote(" + column + ") END";
}

// The cells of a row, in the order of kTypes.
std::vector<std::string> Shown(Database& database, size_t id) {
  std::vector<std::string> cells;
  for (const char* type : kTypes)
    cells.push_back(
        database.Cell("SELECT " + Quoted(std::string("c_") + type) + " FROM v WHERE +id = " + std::to_string(id)));
  return cells;
}

struct ValueCase {
  const char* json;  // "" = the property is missing
  std::array<const char*, kTypes.size()> cells;
};

// clang-format off
constexpr ValueCase kCases[] = {
    // JSON                       integer                real                   boolean                text                        time                          date                          json                          money
    {"",                         {"NULL",                "NULL",                "NULL",                "NULL",                     "NULL",                       "NULL",                       "NULL",                       "NULL"}},
    {"null",                     {"NULL",                "NULL",                "NULL",                "NULL",                     "NULL",                       "NULL",                       "NULL",                       "NULL"}},
    {"true",                     {"1",                   "r1",                  "1",                   "'true'",                   "'true'",                     "'true'",                     "'true'",                     "r1"}},
    {"\"False\"",                {"'False'",             "'False'",             "0",                   "'False'",                  "'False'",                    "'False'",                    "'\"False\"'",                "'False'"}},
    {"\" true \"",               {"' true '",            "' true '",            "1",                   "' true '",                 "' true '",                   "' true '",                   "'\" true \"'",               "' true '"}},
    {"7",                        {"7",                   "r7",                 "7",                   "'7'",                      "'7'",                        "'7'",                        "'7'",                        "r7"}},
    {"1999.0",                   {"1999",                "r1999",              "1999",                "'1999.0'",                 "'1999.0'",                   "'1999.0'",                   "'1999.0'",                   "r1999"}},
    {"1e3",                      {"1000",                "r1000",              "1000",                "'1e3'",                    "'1e3'",                      "'1e3'",                      "'1e3'",                      "r1000"}},
    {"19.90",                    {"r19.9",                "r19.9",                "r19.9",                "'19.90'",                  "'19.90'",                    "'19.90'",                    "'19.90'",                    "r19.9"}},
    {"-0",                       {"0",                   "r0",                 "0",                   "'-0'",                     "'-0'",                       "'-0'",                       "'-0'",                       "r0"}},
    {"-0.0",                     {"0",                   "r0",                 "0",                   "'-0.0'",                   "'-0.0'",                     "'-0.0'",                     "'-0.0'",                     "r0"}},
    {"9007199254740993",         {"9007199254740993",    "r9.00719925474099e+15",  "9007199254740993",    "'9007199254740993'",       "'9007199254740993'",         "'9007199254740993'",         "'9007199254740993'",         "r9.00719925474099e+15"}},
    {"9007199254740993.0",       {"9007199254740993",    "r9.00719925474099e+15",  "9007199254740993",    "'9007199254740993.0'",     "'9007199254740993.0'",       "'9007199254740993.0'",       "'9007199254740993.0'",       "r9.00719925474099e+15"}},
    {"12345678901234567890",     {"r1.23456789012346e+19", "r1.23456789012346e+19", "r1.23456789012346e+19", "'12345678901234567890'", "'12345678901234567890'", "'12345678901234567890'",     "'12345678901234567890'",     "r1.23456789012346e+19"}},
    {"\"12\"",                   {"12",                  "r12",                "12",                  "'12'",                     "'12'",                       "'12'",                       "'\"12\"'",                   "r12"}},
    {"\" +12.0 \"",              {"12",                  "r12",                "12",                  "' +12.0 '",                "' +12.0 '",                  "' +12.0 '",                  "'\" +12.0 \"'",              "r12"}},
    {"\"12x\"",                  {"'12x'",               "'12x'",               "'12x'",               "'12x'",                    "'12x'",                      "'12x'",                      "'\"12x\"'",                  "'12x'"}},
    {"\"\"",                     {"''",                  "''",                  "''",                  "''",                       "''",                         "''",                         "'\"\"'",                     "''"}},
    {"\"NaN\"",                  {"'NaN'",               "'NaN'",               "'NaN'",               "'NaN'",                    "'NaN'",                      "'NaN'",                      "'\"NaN\"'",                  "'NaN'"}},
    {"{\"a\":1.50}",             {"'{\"a\":1.50}'",      "'{\"a\":1.50}'",      "'{\"a\":1.50}'",      "'{\"a\":1.50}'",           "'{\"a\":1.50}'",             "'{\"a\":1.50}'",             "'{\"a\":1.50}'",             "NULL"}},
    {"[12345678901234567890]",   {"'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'", "'[12345678901234567890]'"}},
};

struct FormCase {
  const char* json;
  const char* cell;
};

constexpr FormCase kTimes[] = {
    {"\"2024-11-20T18:34Z\"",                "'2024-11-20T18:34:00.000Z'"},
    {"\"2024-11-20T18:34:05Z\"",             "'2024-11-20T18:34:05.000Z'"},
    {"\"2024-11-20T18:34:05.123456789Z\"",   "'2024-11-20T18:34:05.123Z'"},
    {"\"2024-11-20t18:34:05z\"",             "'2024-11-20T18:34:05.000Z'"},
    {"\"2024-11-20 18:34:05+00\"",           "'2024-11-20T18:34:05.000Z'"},
    {"\"2024-11-20T13:34:05.5-0500\"",       "'2024-11-20T18:34:05.500Z'"},
    {"\" 2024-11-20T18:34:05Z \"",           "'2024-11-20T18:34:05.000Z'"},
    {"\"2024-11-20T18:34:05\"",              "'2024-11-20T18:34:05'"},
    {"\"2024-11-20\"",                       "'2024-11-20'"},
    {"1732127640",                           "'2024-11-20T18:34:00.000Z'"},
    {"1732127640123",                        "'2024-11-20T18:34:00.123Z'"},
    {"1732127640.0",                         "'2024-11-20T18:34:00.000Z'"},
    {"20241120",                             "'20241120'"},
    {"1732127640.5",                         "'1732127640.5'"},
    {"1e30",                                 "'1e30'"},
    {"\"1732127640\"",                       "'1732127640'"},
    {"\"2024-02-30T00:00Z\"",                "'2024-02-30T00:00Z'"},
    {"\"soon\"",                             "'soon'"},
};

constexpr FormCase kMoney[] = {
    {R"({"amount":1999,"currency_code":"USD"})",       "r19.99"},
    {R"({"amount":1999.0,"currency_code":"USD"})",     "r19.99"},
    {R"({"amount":1.999e3,"currency_code":"USD"})",    "r19.99"},
    {R"({"amount":"1999","currency_code":"USD"})",     "r19.99"},
    {R"({"amount":" 1999.00 ","currency_code":"usd"})", "r19.99"},
    {R"({"amount":-0.0,"currency_code":"USD"})",       "r0"},
    {R"({"amount":1999.5,"currency_code":"USD"})",     "r19.995"},
    {R"({"amount":1999.0,"currency_code":"JPY"})",     "r1999"},
    {R"({"amount":1999,"currency_code":"jpy"})",       "r1999"},
    {R"({"amount":1999.0,"currency_code":"KWD"})",     "r1.999"},
    {R"({"amount":null,"currency_code":"USD"})",       "NULL"},
    {R"({"currency_code":"USD"})",                     "NULL"},
    {R"({"amount":"much","currency_code":"USD"})",     "'{\"amount\":\"much\",\"currency_code\":\"USD\"}'"},
    {R"({"amount":1999})",                             "'{\"amount\":1999}'"},
    {R"({"amount":1999,"currency_code":null})",        "'{\"amount\":1999,\"currency_code\":null}'"},
};
// clang-format on

template <size_t kSize>
void CheckForms(const FormCase (&cases)[kSize], const std::string& column) {
  std::vector<std::string> values;
  for (const FormCase& form : cases) values.emplace_back(form.json);
  Values table(values);
  const auto cells = table.database().Run("SELECT " + Quoted(column) + " FROM v ORDER BY id");
  REQUIRE(cells.size() == kSize);
  for (size_t i = 0; i < kSize; ++i) {
    CAPTURE(cases[i].json);
    CHECK(cells[i] == cases[i].cell);
  }
}

std::string CellsAndTypes() {
  std::string list = "id";
  for (const char* type : kTypes) list += ", quote(c_" + std::string(type) + "), typeof(c_" + std::string(type) + ")";
  return list;
}

// That an ordinary table of the declared types, and one that CREATE TABLE AS makes, hold what the table shows.
void CheckCopies(Database& database, size_t count) {
  std::string columns = "id INTEGER";
  for (const std::string& column : database.Run("SELECT name || ' ' || type FROM pragma_table_info('v') WHERE name <> 'id'"))
    columns += ", " + column;
  database.Run("CREATE TABLE declared(" + columns +
               "); INSERT INTO declared SELECT * FROM v; CREATE TABLE copy AS SELECT * FROM v");
  CHECK(database.Cell("SELECT count(*) FROM v") == std::to_string(count));
  const std::string cells = CellsAndTypes();
  for (const std::string other : {"declared", "copy"}) {
    CAPTURE(other);
    CHECK(database.Run("SELECT " + cells + " FROM v EXCEPT SELECT " + cells + " FROM " + other).empty());
    CHECK(database.Run("SELECT " + cells + " FROM " + other + " EXCEPT SELECT " + cells + " FROM v").empty());
  }
}

// Text that often is a number, and often only nearly.
std::string RandomNumber(std::mt19937_64& random) {
  const auto pick = [&](size_t count) { return static_cast<size_t>(random() % count); };
  const auto digits = [&](size_t most) {
    std::string text;
    for (size_t i = pick(most + 1); i > 0; --i) text += static_cast<char>('0' + (pick(3) == 0 ? pick(10) : 0));
    return text;
  };
  static constexpr std::array<const char*, 8> kSpaces = {"", "", "", "", " ", "\\t", "\\n ", "x"};
  std::string text = kSpaces[pick(8)];
  text += std::array<const char*, 4>{"", "", "-", "+"}[pick(4)];
  text += digits(22);
  if (pick(2) == 0) text += "." + digits(6);
  if (pick(3) == 0) text += std::array<const char*, 4>{"e", "E-", "e+", "e"}[pick(4)] + digits(3);
  return "\"" + text + kSpaces[pick(8)] + "\"";
}

}  // namespace

TEST_CASE("Values: every type shows every kind of value as it is documented", "[sqlite]") {
  std::vector<std::string> values;
  for (const ValueCase& value : kCases) values.emplace_back(value.json);
  Values table(values);
  for (size_t i = 0; i < std::size(kCases); ++i) {
    const std::vector<std::string> shown = Shown(table.database(), i + 1);
    for (size_t type = 0; type < kTypes.size(); ++type) {
      CAPTURE(kCases[i].json, kTypes[type]);
      CHECK(shown[type] == kCases[i].cells[type]);
    }
  }
}

TEST_CASE("Values: times that name one instant are shown in one form, others as they came", "[sqlite]") {
  CheckForms(kTimes, "c_time");
}

TEST_CASE("Values: money is in major units however its minor ones are written", "[sqlite]") {
  CheckForms(kMoney, "c_money");
}

TEST_CASE("Values: an ordinary table of the same types holds what is shown", "[sqlite]") {
  std::vector<std::string> values;
  for (const ValueCase& value : kCases) values.emplace_back(value.json);
  for (const FormCase& form : kTimes) values.emplace_back(form.json);
  for (const FormCase& form : kMoney) values.emplace_back(form.json);
  const auto seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 400; ++i) values.push_back(RandomNumber(random));
  Values table(values);
  CheckCopies(table.database(), values.size());
}

TEST_CASE("Values: JSON columns give their text to JSON functions, whatever the plan", "[sqlite]") {
  Values table({"[1,2]", "{\"a\":1.10}"});
  Database& database = table.database();
  const std::string arrays = "SELECT json_group_array(c_json) FROM ";
  const std::string direct = database.Cell(arrays + "(SELECT c_json FROM v ORDER BY id)");
  CHECK(direct == "[\"[1,2]\",\"{\\\"a\\\":1.10}\"]");
  CHECK(database.Cell(arrays + "(SELECT c_json FROM v ORDER BY c_text)") == direct);  // through SQLite's sorter
  database.Run("CREATE TABLE copy AS SELECT * FROM v");
  CHECK(database.Cell(arrays + "copy") == direct);
  CHECK(database.Cell("SELECT json_group_array(json(c_json)) FROM v") == "[[1,2],{\"a\":1.10}]");
}

TEST_CASE("Values: a key that is written otherwise has the same rowid and is the same row", "[sqlite]") {
  for (const char* id : {"12", "\"12\"", "12.0", "1.2e1", "\" 12 \"", "\"12.00\""}) {
    CAPTURE(id);
    Values table(Values::List{std::string("{\"id\":") + id + ",\"v\":1}"});
    CHECK(table.database().Run("SELECT rowid, id, typeof(id) FROM v") == std::vector<std::string>{"12|12|integer"});
    CHECK(table.database().Cell("SELECT count(*) FROM v WHERE id = 12") == "1");
    CHECK(table.database().Cell("SELECT count(*) FROM v WHERE rowid = 12") == "1");
  }
}

TEST_CASE("Values: a bound that was sent is an error beside a value that the server may compare otherwise", "[sqlite]") {
  struct BoundCase {
    const char* json;
    const char* column;
    const char* where;
  };
  constexpr BoundCase kBounds[] = {
      {"\"2024-11-20\"", "c_time", "c_time >= '2024'"},
      {"\"2024-11-20T18:34:00\"", "c_time", "c_time < '2025'"},
      {"\"many\"", "c_integer", "c_integer > 5"},
      {"[1]", "c_real", "c_real >= 5"},
  };
  for (const BoundCase& bound : kBounds) {
    CAPTURE(bound.json);
    Values table(std::vector<std::string>{bound.json});
    const std::string count = "SELECT count(*) FROM v WHERE ";
    CHECK_THAT(table.database().Error(count + bound.where),
               Contains(bound.column) && Contains("+" + std::string(bound.column)));
    CHECK(table.database().Cell(count + "+" + bound.where) == "1");
  }
  Values table({"null", "\"2024-11-20T18:34Z\""});
  CHECK(table.database().Cell("SELECT count(*) FROM v WHERE c_time >= '2024'") == "1");
}

TEST_CASE("Values: a bound that is not sent is none that the server may compare otherwise", "[sqlite]") {
  Values table(std::vector<std::string>{"\"2024-11-20\"", "\"2024-11-20T18:34Z\""});
  CHECK(table.database().Cell("SELECT count(*) FROM v WHERE c_time > ''") == "2");
}

TEST_CASE("Values: a whole number may turn out to be a fraction, and is found", "[sqlite]") {
  Values table({"12.5", "12"});
  CHECK(table.database().Cell("SELECT id FROM v WHERE c_integer = 12.5") == "1");
}

TEST_CASE("Values: items that are no objects are an error", "[sqlite]") {
  for (const char* item : {"\"a\"", "1", "null", "true", "[]", "[{\"id\":2}]"}) {
    CAPTURE(item);
    Values table(Values::List{std::string("{\"id\":1},") + item});
    const Outcome outcome = table.database().Try("SELECT id FROM v");
    CHECK(outcome.code == SQLITE_ERROR);
    CHECK_THAT(outcome.error, Contains("/v2/values") && Contains("not an object"));
  }
}

TEST_CASE("Values: an item without any property of its table is an error", "[sqlite]") {
  Values other(Values::List{std::string("{\"id\":1},{\"name\":\"x\"}")});
  const Outcome outcome = other.database().Try("SELECT count(*) FROM v");
  CHECK(outcome.code == SQLITE_ERROR);
  CHECK_THAT(outcome.error, Contains("/v2/values") && Contains("none of the table's properties"));
}

}  // namespace infusionsoft::sqlite_test
