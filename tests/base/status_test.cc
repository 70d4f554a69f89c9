// SPDX-License-Identifier: MIT
#include "base/status.h"

#include <catch2/catch.hpp>
#include <memory>
#include <set>

namespace infusionsoft {

TEST_CASE("Status: the default is ok and has no message", "[base]") {
  const Status status;
  CHECK(status.ok());
  CHECK(status.message().empty());
}

TEST_CASE("Status: context goes before the message and keeps the code", "[base]") {
  const Status seen = Status(StatusCode::kNotFound, "no such contact").WithContext("infusionsoft_contacts");
  CHECK(seen == Status(StatusCode::kNotFound, "infusionsoft_contacts: no such contact"));
}

TEST_CASE("Status: context leaves ok alone", "[base]") { CHECK(Status().WithContext("infusionsoft_contacts") == Status()); }

TEST_CASE("Status: every code has a name of its own", "[base]") {
  std::set<std::string_view> names;
  constexpr int kCodes = static_cast<int>(StatusCode::kInternal) + 1;
  for (int code = 0; code < kCodes; ++code) names.insert(StatusCodeName(static_cast<StatusCode>(code)));
  CHECK(names.size() == static_cast<size_t>(kCodes));
  CHECK(names.count("unknown") == 0);
  CHECK(StatusCodeName(StatusCode::kBadResponse) == "bad response");
}

TEST_CASE("Result: holds a value that can only be moved", "[base]") {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  REQUIRE(result.ok());
  const std::unique_ptr<int> owner = *std::move(result);
  CHECK(*owner == 7);
}

TEST_CASE("Result: holds the status that explains the absence", "[base]") {
  const Result<int> result(InvalidArgument("Timeout: not a number"));
  CHECK_FALSE(result);
  CHECK(result.status().code() == StatusCode::kInvalidArgument);
  CHECK(result.status().message() == "Timeout: not a number");
}

}  // namespace infusionsoft
