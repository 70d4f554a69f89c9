// SPDX-License-Identifier: MIT
#include "base/spill_file.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <optional>
#include <string>

#include "failing_write.h"
#include "support/full_disk.h"

namespace infusionsoft {
namespace {

using Catch::Contains;

TEST_CASE("SpillFile: what is written can be read, in any order", "[base]") {
  auto file = SpillFile::Make();
  REQUIRE(file.ok());
  const auto first = file->Append("one");
  const auto second = file->Append(std::string(100'000, 'x') + "two");
  CHECK(*first == 0);
  CHECK(*second == 3);
  std::string text = "> ";
  CHECK(file->Read(*second + 100'000, 3, text).ok());
  CHECK(file->Read(*first, 3, text).ok());
  CHECK(text == "> twoone");
  CHECK_THAT(file->Read(*second + 100'000, 4, text).message(), Contains("cannot be read: it is shorter than"));
}

TEST_CASE("SpillFile: a write that takes nothing is an error", "[base]") {
  auto file = SpillFile::Make();
  REQUIRE(file.ok());
  std::optional<FailingWrite> failing(std::in_place, 2, 0);
  const auto written = file->Append("text");
  failing.reset();
  CHECK_THAT(written.status().message(), Contains("cannot be written: Input/output error"));
  CHECK(*file->Append("again") == 0);
}

TEST_CASE("SpillFile: a limit on sizes, and a folder that is not there, are errors", "[base]") {
  auto file = SpillFile::Make();
  REQUIRE(file.ok());
  Status status;
  {
    const FileSizeLimit limit(10);
    status = file->Append("more than ten bytes").status();
  }
  CHECK_THAT(status.message(), Contains("cannot be written: ") && Contains("set TMPDIR"));
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before != nullptr ? before : "";
  setenv("TMPDIR", "/no/such/folder", 1);
  CHECK_THAT(SpillFile::Make().status().message(),
             Contains("a temporary file in /no/such/folder cannot be made: No such file or directory; set TMPDIR"));
  setenv("TMPDIR", "/dev/null", 1);
  CHECK_THAT(SpillFile::Make().status().message(),
             Contains("a temporary file in /dev/null cannot be made: Not a directory; set TMPDIR"));
  before != nullptr ? setenv("TMPDIR", kept.c_str(), 1) : unsetenv("TMPDIR");
}

}  // namespace
}  // namespace infusionsoft
