// SPDX-License-Identifier: MIT
// A SQLite connection with the extension in it, connected to a mock server.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "mock_server.h"
#include "profile/profile.h"
#include "sqlite/support.h"

namespace infusionsoft::official {

struct MockCell {
  std::string type;  // as typeof() names it
  std::string text;  // as SQLite writes it; "" for NULL

  bool operator==(const MockCell&) const = default;
};

class MockAccount {
 public:
  explicit MockAccount(NumberStyle numbers);

  // The cells of the first row, or none when there is no row. What the statement cannot do is in `error`.
  std::vector<MockCell> FirstRow(const std::string& sql);
  const std::string& error() const { return error_; }
  // What the last statement sent.
  const std::vector<MockRequest>& requests() const { return requests_; }

  size_t sent() const { return sent_; }
  // Every request that was refused so far, with the statement that sent it.
  const std::vector<std::string>& refused() const { return refused_; }
  // The paths of requests that were refused for their spelling, and taken in the other one right after.
  const std::set<std::string>& respelled() const { return respelled_; }

 private:
  MockServer server_;
  sqlite_test::Database database_;
  std::string error_;
  std::vector<MockRequest> requests_;
  size_t sent_ = 0;
  std::vector<std::string> refused_;
  std::set<std::string> respelled_;
};

std::string TableName(const Entity& entity);
std::string Quoted(const std::string& name);

}  // namespace infusionsoft::official
