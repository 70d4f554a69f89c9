// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <thread>

#include "api/request_log.h"

namespace infusionsoft {
namespace {

RequestRecord Named(const std::string& path) {
  RequestRecord record;
  record.path = path;
  return record;
}

TEST_CASE("RequestLog: ids count up from 1", "[api]") {
  RequestLog log;
  CHECK(log.Snapshot().empty());
  CHECK(log.Add(Named("/a")) == 1);
  CHECK(log.Add(Named("/b")) == 2);
  const auto records = log.Snapshot();
  REQUIRE(records.size() == 2);
  CHECK(records[0].id == 1);
  CHECK(records[0].path == "/a");
  CHECK(records[1].id == 2);
}

TEST_CASE("RequestLog: the last 1000 requests are kept, oldest first", "[api]") {
  RequestLog log;
  for (int i = 1; i <= 1234; ++i) log.Add(Named("/" + std::to_string(i)));
  const auto records = log.Snapshot();
  REQUIRE(records.size() == 1000);
  CHECK(records.front().id == 235);
  CHECK(records.front().path == "/235");
  CHECK(records.back().id == 1234);
}

TEST_CASE("RequestLog: rows are set on the record with the id, also after the ring has turned", "[api]") {
  RequestLog log;
  log.SetRows(1, 5);  // nothing there yet
  for (int i = 0; i < 1500; ++i) log.Add(RequestRecord());
  log.SetRows(1500, 7);
  log.SetRows(501, 8);
  log.SetRows(500, 9);   // gone
  log.SetRows(1501, 9);  // not there yet
  log.SetRows(-1, 9);
  const auto records = log.Snapshot();
  CHECK(records.front().rows == 8);
  CHECK(records.back().rows == 7);
  for (size_t i = 1; i + 1 < records.size(); ++i) REQUIRE(records[i].rows == -1);
}

TEST_CASE("RequestLog: threads share the ids without a gap", "[api]") {
  RequestLog log;
  const auto add = [&log] {
    for (int i = 0; i < 400; ++i) log.SetRows(log.Add(RequestRecord()), 3);
  };
  std::thread first(add), second(add);
  first.join();
  second.join();
  const auto records = log.Snapshot();
  REQUIRE(records.size() == 800);
  for (size_t i = 0; i < records.size(); ++i) {
    REQUIRE(records[i].id == static_cast<int64_t>(i) + 1);
    REQUIRE(records[i].rows == 3);
  }
}

}  // namespace
}  // namespace infusionsoft
