// SPDX-License-Identifier: MIT
// RequestLog: the requests of an account: the last ones for infusionsoft_requests, and each for Logfile. What is kept never
// holds a secret: no headers, no bodies. Threads: safe.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "http/transport.h"

namespace infusionsoft {

class LogMask;

struct RequestRecord {
  int64_t id = 0;          // counts up from 1 for the life of the session
  WallTime time{};         // when it was sent
  int64_t statement = 0;   // see RequestBudget; 0: none
  std::string table_name;  // the table on whose behalf, or "" (token requests)
  std::string method;      // "": nothing was sent yet, the statement waits; `ms` says how long, `error` what for
  std::string path;
  std::string query;       // decoded, as people read it
  int status = 0;          // 0: no response arrived
  int64_t ms = 0;
  int64_t bytes = 0;       // body, as received
  int attempt = 1;         // 2 and more: sent again after a failure
  int64_t rows = -1;       // rows in the page; -1 = not a page or not known
  std::string error;       // why there is no response, or the API's own words
};

class RequestLog {
 public:
  static constexpr size_t kCapacity = 1000;
  RequestLog() = default;  // without a Logfile
  // Both outlive this object.
  RequestLog(Log& file, LogMask& mask) : file_(&file), mask_(&mask) {}

  // Headers and bodies, for Logfile only; `name` is the table's, or "".
  void Sending(std::string_view name, const http::HttpRequest& request);
  void Received(std::string_view name, const http::HttpResponse& response);
  int64_t Add(RequestRecord record);  // sets and returns the id
  void SetRows(int64_t id, int64_t rows);
  std::vector<RequestRecord> Snapshot() const;  // oldest first

 private:
  bool IsLogged() const { return file_ != nullptr && file_->on(); }
  void WriteLine(const RequestRecord& record);
  void WriteWait(const RequestRecord& record);

  Log* const file_ = nullptr;
  LogMask* const mask_ = nullptr;
  mutable std::mutex mutex_;
  std::deque<RequestRecord> records_;
  int64_t next_id_ = 1;
};

}  // namespace infusionsoft
