// SPDX-License-Identifier: MIT
// A server that is nothing but the vendor's documents: it refuses whatever they do not describe, and answers with a value
// for every property that they do. It keeps no data: filters are checked, not applied.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "example_answer.h"
#include "http/url.h"
#include "official_api.h"

namespace infusionsoft::official {

struct MockRequest {
  std::string target;  // the path and query, decoded, for messages
  const Operation* operation = nullptr;
  http::QueryParams params;
  std::string refusal;  // why it was answered with 400, or ""
};

// On 127.0.0.1 and a port of its own, until destroyed. Requests may be read from any thread.
class MockServer {
 public:
  explicit MockServer(NumberStyle numbers);
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  std::string url() const;
  // What came since the last call, in order.
  std::vector<MockRequest> TakeRequests();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace infusionsoft::official
