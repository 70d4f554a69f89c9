// SPDX-License-Identifier: MIT
#include "query/cell.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

SqlValue Read(ColumnType type, const std::string& json) {
  const Result<json::Document> document = json::Document::Parse("{\"v\":" + json + "}");
  REQUIRE(document.ok());
  Column column;
  column.type = type;
  column.path = *json::Path::Compile("v");
  return ReadCell(column, document->root());
}

}  // namespace

TEST_CASE("Cell: missing and null are NULL in every type", "[query]") {
  for (ColumnType type : {ColumnType::kInteger, ColumnType::kText, ColumnType::kReal, ColumnType::kBoolean,
                          ColumnType::kTime, ColumnType::kDate, ColumnType::kJson, ColumnType::kMoney}) {
    CHECK(Read(type, "null").IsNull());
    Column column;
    column.type = type;
    column.path = *json::Path::Compile("absent");
    CHECK(ReadCell(column, json::Document::Parse("{}")->root()).IsNull());
  }
}

TEST_CASE("Cell: ids arrive as text and leave as integers", "[query]") {
  CHECK(Read(ColumnType::kInteger, "\"12\"") == SqlValue::Integer(12));
  CHECK(Read(ColumnType::kInteger, "12") == SqlValue::Integer(12));
  CHECK(Read(ColumnType::kInteger, "\"9223372036854775807\"") == SqlValue::Integer(9223372036854775807));
}

TEST_CASE("Cell: text that is a number is one, as in an ordinary table's numeric column", "[query]") {
  CHECK(Read(ColumnType::kInteger, "\" 12 \"") == SqlValue::Integer(12));
  CHECK(Read(ColumnType::kInteger, "\"12.00\"") == SqlValue::Integer(12));
  CHECK(Read(ColumnType::kInteger, "\"12.5\"") == SqlValue::Real(12.5));
  CHECK(Read(ColumnType::kReal, "\" 12.5 \"") == SqlValue::Real(12.5));
  CHECK(Read(ColumnType::kBoolean, "\"1\"") == SqlValue::Integer(1));
  CHECK(Read(ColumnType::kBoolean, "\"0\"") == SqlValue::Integer(0));
}

TEST_CASE("Cell: what does not fit its type is passed as it is", "[query]") {
  CHECK(Read(ColumnType::kInteger, "\"x12\"") == SqlValue::Text("x12"));
  CHECK(Read(ColumnType::kInteger, "\"\"") == SqlValue::Text(""));
  CHECK(Read(ColumnType::kTime, "\"soon\"") == SqlValue::Text("soon"));
  CHECK(Read(ColumnType::kReal, "\"many\"") == SqlValue::Text("many"));
  CHECK(Read(ColumnType::kBoolean, "\"perhaps\"") == SqlValue::Text("perhaps"));
  CHECK(Read(ColumnType::kText, "{\"a\":1}") == SqlValue::Text("{\"a\":1}"));
}

TEST_CASE("Cell: a text column holds text", "[query]") {
  CHECK(Read(ColumnType::kText, "7") == SqlValue::Text("7"));
  CHECK(Read(ColumnType::kText, "\"\"") == SqlValue::Text(""));
  CHECK(Read(ColumnType::kText, "\"a\\u0000b\"") == SqlValue::Text(std::string("a\0b", 3)));
}

TEST_CASE("Cell: times leave in one form", "[query]") {
  CHECK(Read(ColumnType::kTime, "\"2024-01-10T08:00:00Z\"") == SqlValue::Text("2024-01-10T08:00:00.000Z"));
  CHECK(Read(ColumnType::kTime, "\"2024-03-15T10:30:00.000+0200\"") == SqlValue::Text("2024-03-15T08:30:00.000Z"));
  CHECK(Read(ColumnType::kDate, "\"1985-03-15\"") == SqlValue::Text("1985-03-15"));
}

TEST_CASE("Cell: booleans are 0 and 1", "[query]") {
  CHECK(Read(ColumnType::kBoolean, "true") == SqlValue::Integer(1));
  CHECK(Read(ColumnType::kBoolean, "\"False\"") == SqlValue::Integer(0));
}

TEST_CASE("Cell: money leaves in major units of its currency", "[query]") {
  CHECK(Read(ColumnType::kMoney, R"({"amount":12345,"currency_code":"USD"})") == SqlValue::Real(123.45));
  CHECK(Read(ColumnType::kMoney, R"({"amount":"12345","currency_code":"USD"})") == SqlValue::Real(123.45));
  CHECK(Read(ColumnType::kMoney, R"({"amount":12345,"currency_code":"JPY"})") == SqlValue::Real(12345));
  CHECK(Read(ColumnType::kMoney, R"({"amount":12345,"currency_code":"KWD"})") == SqlValue::Real(12.345));
  for (const char* currency : {"CLF", "UYW", "clf"}) {
    CHECK(MajorUnits(123456, currency) == 12.3456);
  }
  CHECK(Read(ColumnType::kMoney, R"({"currency_code":"USD"})").IsNull());
}

TEST_CASE("Cell: arrays and objects are JSON text", "[query]") {
  CHECK(Read(ColumnType::kJson, "[\"1\", {\"a\": null}]") == SqlValue::Text("[\"1\",{\"a\":null}]"));
}

}  // namespace infusionsoft
