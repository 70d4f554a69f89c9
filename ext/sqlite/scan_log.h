// SPDX-License-Identifier: MIT
// ScanLog: the line that Logfile gets of each scan: its plan, time, rows and requests, or why it failed.
#pragma once

#include <cstdint>
#include <string>

#include "api/session.h"
#include "base/clock.h"
#include "base/status.h"

namespace infusionsoft::sqlite {

// Where no line is wanted, all of it is a comparison. Used by the thread of the statement.
class ScanLog {
 public:
  // `session` lives until End or Fail.
  void Begin(Session& session, const std::string& table, const std::string& plan);
  void AddRow() { ++rows_; }
  void AddRequests(int64_t count) { requests_ += count; }
  // Writes the line of the scan under way, if there is one. SQLite may end a scan before its last row.
  void End() { Write(Status()); }
  void Fail(const Status& status) { Write(status); }

 private:
  void Write(const Status& status);

  Session* session_ = nullptr;  // null: nothing is to be written
  std::string table_;
  std::string plan_;
  MonotonicTime started_{};
  int64_t rows_ = 0;
  int64_t requests_ = 0;
};

}  // namespace infusionsoft::sqlite
