// SPDX-License-Identifier: MIT
// RequestLog: the last requests of an account, for infusionsoft_requests. Never holds a secret: no headers, no bodies.
// Threads: safe.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"

namespace infusionsoft {

struct RequestRecord {
  int64_t id = 0;          // counts up from 1 for the life of the session
  WallTime time{};         // when it was sent
  std::string table_name;  // the table on whose behalf, or "" (token requests)
  std::string method;
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
  int64_t Add(RequestRecord record);  // sets and returns the id
  void SetRows(int64_t id, int64_t rows);
  std::vector<RequestRecord> Snapshot() const;  // oldest first

 private:
  mutable std::mutex mutex_;
  std::deque<RequestRecord> records_;
  int64_t next_id_ = 1;
};

}  // namespace infusionsoft
