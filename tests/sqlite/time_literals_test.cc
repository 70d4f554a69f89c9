// SPDX-License-Identifier: MIT
// Every way in which people write a time, against a column of times: which bound is sent, and that the answer is SQLite's
// own, which compares text. Bounds are a second wider than what the text implies.
#include <catch2/catch.hpp>
#include <iterator>
#include <string>

#include "pushdown_table.h"

namespace infusionsoft::sqlite_test {
namespace {

// clang-format off
constexpr PushdownCase kTimes[] = {
    // A date, alone or with a clock.
    {"update_time >= '2023-01-01'", "{since}2022-12-31T23:59:59.000Z", "a date is the beginning of its day"},
    {"update_time > '2023-01-01'", "{since}2022-12-31T23:59:59.000Z", "every time of the day is above its date"},
    {"update_time < '2023-01-01'", "{until}2023-01-01T00:00:01.000Z", "no time of the day is below its date"},
    {"update_time <= '2023-01-01'", "{until}2023-01-01T00:00:01.000Z", "no time of the day is equal to its date"},
    {"'2023-01-01' <= update_time", "{since}2022-12-31T23:59:59.000Z", "the sides may be swapped"},
    {"update_time = '2023-01-01'", "{since}2022-12-31T23:59:59.000Z{to}2023-01-01T00:00:01.000Z", "equality is both bounds"},
    {"update_time BETWEEN '2023-01-01' AND '2023-12-31'", "{since}2022-12-31T23:59:59.000Z{to}2023-12-31T00:00:01.000Z", "the last day is not within, as text"},
    {"update_time >= '2023-01-01T00:00:00Z'", "{since}2022-12-31T23:59:59.000Z", "T and Z as the rows have them"},
    {"update_time >= '2023-01-01T00:00:00'", "{since}2022-12-31T23:59:59.000Z", "without a zone"},
    {"update_time < '2023-01-01T12:30:00'", "{until}2023-01-01T12:30:01.000Z", "every time of the second is above the text"},
    {"update_time < '2023-01-01T12:30:00Z'", "{until}2023-01-01T12:30:01.999Z", "Z is above the point of the milliseconds"},
    {"update_time >= '2023-01-01 12:30:00'", "{since}2022-12-31T23:59:59.000Z", "a space is below T: the whole day is above"},
    {"update_time < '2023-01-01 12:30:00'", "{until}2023-01-01T00:00:01.000Z", "a space is below T: the whole day is above"},
    {"update_time >= '2023-01-01 00:00'", "{since}2022-12-31T23:59:59.000Z", "without seconds"},
    {"update_time >= '2023-01-01t12:30:00z'", "{since}2022-12-31T23:59:59.000Z", "t is above T: only the day is certain"},
    {"update_time < '2023-01-01t12:30:00z'", "{until}2023-01-02T00:00:00.999Z", "t is above T: only the day is certain"},
    {"update_time >= '2023-01-01T12'", "{since}2023-01-01T11:59:59.000Z", "an hour"},
    {"update_time <= '2023-01-01T12:30'", "{until}2023-01-01T12:30:01.000Z", "a minute"},
    // Milliseconds.
    {"update_time >= '2023-01-01T12:30:00.250Z'", "{since}2023-01-01T12:29:59.250Z", "milliseconds as the rows have them"},
    {"update_time <= '2023-01-01T12:30:00.250Z'", "{until}2023-01-01T12:30:01.250Z", "milliseconds as the rows have them"},
    {"update_time <= '2023-01-01T12:30:00.250'", "{until}2023-01-01T12:30:01.250Z", "milliseconds without a zone"},
    {"update_time >= '2023-01-01T12:30:00.25Z'", "{since}2023-01-01T12:29:59.000Z", "two digits end before the third: the second is certain"},
    {"update_time <= '2023-01-01T12:30:00.25Z'", "{until}2023-01-01T12:30:01.999Z", "two digits end before the third: the second is certain"},
    {"update_time <= '2023-01-01T12:30:00.250123Z'", "{until}2023-01-01T12:30:01.250Z", "microseconds"},
    {"update_time = '{time}'", "{since}{before}{to}{after}", "equality is both bounds"},
    {"update_time = '{time}' COLLATE NOCASE", "/v2/contacts", "only bytes say whether two bounds contradict each other"},
    {"update_time COLLATE RTRIM = '{time}  '", "/v2/contacts", "only bytes say whether two bounds contradict each other"},
    {"update_time IN ('{time}')", "{since}{before}{to}{after}", "a list of one value is an equality"},
    {"update_time IN ('{time}', '2023-01-01')", "{since}2022-12-31T23:59:59.000Z{to}2023-01-01T00:00:01.000Z + {since}{before}{to}{after}", "no filter takes a list of times, so each is asked for"},
    // Zones: text knows none.
    {"update_time >= '2023-01-01T12:30:00+02:00'", "{since}2023-01-01T12:29:59.000Z", "SQLite compares the text, not the instant"},
    {"update_time < '2023-01-01T12:30:00-05:00'", "{until}2023-01-01T12:30:01.999Z", "SQLite compares the text, not the instant"},
    {"update_time < '2023-01-01T12:30:00.000+0000'", "{until}2023-01-01T12:30:01.000Z", "the API's own writing"},
    // Less than a date, and what only looks like one.
    {"update_time >= '2023'", "{since}2022-12-31T23:59:59.000Z", "a year"},
    {"update_time < '2023'", "{until}2023-01-01T00:00:01.000Z", "a year"},
    {"update_time >= '2023-06'", "{since}2023-05-31T23:59:59.000Z", "a month"},
    {"update_time < '2023-6-1'", "{until}2024-01-01T00:00:00.999Z", "a month has two digits: only the year is certain"},
    {"update_time >= '20230601'", "{since}2022-12-31T23:59:59.000Z", "without hyphens only the year is certain"},
    {"update_time >= '2023-02-30'", "{since}2023-01-31T23:59:59.000Z", "no such day: the month is certain"},
    {"update_time < '2023-13-01'", "{until}2024-01-01T00:00:00.999Z", "no such month: the year is certain"},
    {"update_time <= '2023-06-15T24:00:00Z'", "{until}2023-06-16T00:00:00.999Z", "no such hour: the day is certain"},
    {"update_time >= '2023-06-15T23:59:60Z'", "{since}2023-06-15T23:58:59.000Z", "no such second: the minute is certain"},
    {"update_time >= '0000-01-01'", "{since}0000-01-01T00:00:00.000Z", "the first time that can be written"},
    {"update_time <= '9999-12-31T23:59:59.999Z'", "{until}9999-12-31T23:59:59.999Z", "the last time that can be written"},
    {"update_time >= '06/15/2023'", "/v2/contacts", "another order of the fields has no year in front"},
    {"update_time >= '15.06.2023'", "/v2/contacts", "another order of the fields has no year in front"},
    {"update_time >= ' 2023-06-15'", "/v2/contacts", "a space in front is below every time"},
    {"update_time < 'now'", "/v2/contacts", "a word is above every time"},
    {"update_time > ''", "/v2/contacts", "the empty text is below every time"},
    // SQLite's functions.
    {"update_time >= date('2023-05-08', '-7 days')", "{since}2023-04-30T23:59:59.000Z", "date() gives a date"},
    {"update_time >= datetime('2023-05-08 10:00:00', '-7 days')", "{since}2023-04-30T23:59:59.000Z", "datetime() writes a space"},
    {"update_time < datetime('2023-05-08 10:00:00')", "{until}2023-05-08T00:00:01.000Z", "datetime() writes a space"},
    {"update_time >= date('2023-05-08', 'start of month')", "{since}2023-04-30T23:59:59.000Z", "date() gives a date"},
    {"update_time >= strftime('%Y-%m-%dT%H:%M:%SZ', '2023-05-08 10:00:00', '-1 hour')", "{since}2023-05-08T08:59:59.000Z", "strftime() may write T and Z"},
    {"update_time <= strftime('%Y-%m-%dT%H:%M:%fZ', '2023-05-08 10:00:00.5')", "{until}2023-05-08T10:00:01.500Z", "strftime() may write milliseconds"},
    {"update_time >= datetime(1683540000, 'unixepoch')", "{since}2023-05-07T23:59:59.000Z", "datetime() writes a space"},
    {"update_time >= '2023-05-' || '08'", "{since}2023-05-07T23:59:59.000Z", "a constant expression is a value"},
    {"update_time >= date('nonsense')", "", "NULL is above nothing"},
    // Numbers, blobs, NULL.
    {"update_time > 1672531200", "/v2/contacts", "a number is no time, and may be compared as a number"},
    {"update_time > 2023", "/v2/contacts", "a number is no time, and may be compared as a number"},
    {"update_time < julianday('2023-01-01')", "/v2/contacts", "a real is no time"},
    {"update_time > x'32303233'", "/v2/contacts", "every text is below a blob"},
    {"update_time > NULL", "", "nothing is above NULL"},
    {"update_time BETWEEN '2023-01-01' AND NULL", "", "nothing is below NULL"},
    // Expressions and operators that are SQLite's.
    {"date(update_time) = '2023-01-01'", "/v2/contacts", "an expression is SQLite's"},
    {"strftime('%Y', update_time) = '2023'", "/v2/contacts", "an expression is SQLite's"},
    {"unixepoch(update_time) >= 1672531200", "/v2/contacts", "an expression is SQLite's"},
    {"substr(update_time, 1, 10) >= '2023-01-01'", "/v2/contacts", "an expression is SQLite's"},
    {"update_time LIKE '2023-%'", "/v2/contacts", "a time has no filter for prefixes"},
    {"update_time <> '{time}'", "/v2/contacts", "the API has no inequality"},
    {"update_time IS '{time}'", "{since}{before}{to}{after}", "IS is equality on a column that is never NULL"},
    {"NOT update_time < '2023-01-01'", "/v2/contacts", "NOT is SQLite's"},
    // Several bounds, and other columns.
    {"update_time > '2022-01-01' AND update_time > '2023-01-01'", "{since}2021-12-31T23:59:59.000Z", "a filter stands in a request once"},
    {"update_time > '2022-01-01' AND update_time <= '2023-01-01'", "{since}2021-12-31T23:59:59.000Z{to}2023-01-01T00:00:01.000Z", "both bounds are sent"},
    {"create_time >= '2023-01-01'", "/v2/contacts", "the API has no filter for it"},
    {"update_time >= '2023-01-01'", "/v2/tags?since_update_time==2022-12-31T23:59:59.000Z", "each table has filters of its own", "tags"},
};
// clang-format on

TEST_CASE("TimeLiterals: each writing of a time is the right bound or none", "[sqlite]") {
  PushdownTable table;
  table.Define("since", "SELECT '/v2/contacts?start_update_time=='");
  table.Define("until", "SELECT '/v2/contacts?end_update_time=='");
  table.Define("to", "SELECT ';end_update_time=='");
  const std::string time = "(SELECT max(update_time) FROM copy_contacts)";
  table.Define("time", "SELECT " + time);
  table.Define("before", "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', " + time + ", '-1 second')");
  table.Define("after", "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', " + time + ", '+1 second')");
  CHECK(table.Check(kTimes) > std::size(kTimes) / 2);
}

TEST_CASE("TimeLiterals: the last seven days begin a second before their first day", "[sqlite]") {
  Account account;
  const std::string first = "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', date('now', '-7 days'), '-1 second')";
  const auto bound = [&] { return account.Cell(first).substr(0, 19) + ".000Z"; };
  const std::string before = bound();
  account.Run("SELECT id FROM infusionsoft_contacts WHERE update_time > datetime('now', '-7 days')");
  const std::string query = account.LastQuery();
  const std::string after = bound();  // another one at midnight
  INFO(query);
  CHECK((query.find("start_update_time==" + before) != std::string::npos ||
         query.find("start_update_time==" + after) != std::string::npos));
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
