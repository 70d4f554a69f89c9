// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "message.h"

namespace infusionsoft::sandbox {

// Counts requests by token and by account, a minute and a day at a time, and writes the headers
// that tell the client about it.
class Quota {
 public:
  explicit Quota(int per_minute) : per_minute_(per_minute) {}

  void set_per_minute(int requests);

  // Counts one request with that token. False when it is over the enforced limit.
  bool Take(const std::string& token, bool is_api_key, HttpReply* headers_of);
  // All header names with empty numbers, as on a request that was not authorised.
  static void WriteBlank(HttpReply* reply);

 private:
  struct Window {
    int64_t number = -1;
    uint64_t used = 0;
    uint64_t Count(int64_t now);
  };

  std::mutex mutex_;
  int per_minute_;
  std::map<std::string, Window> minutes_;
  std::map<std::string, Window> days_;
};

}  // namespace infusionsoft::sandbox
