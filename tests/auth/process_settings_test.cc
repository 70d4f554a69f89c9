// SPDX-License-Identifier: MIT
// What the environment decides.
#include "auth/process_settings.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("INFUSIONSOFT_SQL: whatever it says restricts", "[auth]") {
  for (const char* value : {"restricted", "RESTRICTED", "restrictd", "no"}) {
    const ScopedVariable variable("INFUSIONSOFT_SQL", value);
    CHECK(IsSqlRestricted());
  }
  for (const char* value : {static_cast<const char*>(nullptr), ""}) {
    const ScopedVariable variable("INFUSIONSOFT_SQL", value);
    CHECK_FALSE(IsSqlRestricted());
  }
}

TEST_CASE("INFUSIONSOFT_CONNECTION: a connection string, or a file with one", "[auth]") {
  const TempDir dir;
  const auto read = [](const std::string& value) {
    const ScopedVariable variable("INFUSIONSOFT_CONNECTION", value.c_str());
    return DefaultConnection();
  };
  CHECK_FALSE(read("")->has_value());
  CHECK_FALSE(read(" ")->has_value());
  CHECK(**read("OAuthAccessToken=x") == "OAuthAccessToken=x");
  WriteFile(dir.Path("text"), "OAuthAccessToken=x;\nMaxRows=5\n", 0400);
  CHECK(**read("file:" + dir.Path("text")) == "OAuthAccessToken=x;\nMaxRows=5");
  CHECK(**read("FILE:" + dir.Path("text")) == "OAuthAccessToken=x;\nMaxRows=5");
  for (const mode_t mode : {mode_t{0620}, mode_t{0602}, mode_t{0666}}) {
    WriteFile(dir.Path("open"), "OAuthAccessToken=x", mode);
    CHECK_THAT(read("file:" + dir.Path("open")).status().message(),
               Contains("INFUSIONSOFT_CONNECTION") && Contains("chmod 600") && !Contains("OAuthAccessToken"));
  }
  WriteFile(dir.Path("large"), std::string(70000, 'x'));
  for (const char* name : {"none", "", "large"}) {
    CHECK_THAT(read("file:" + dir.Path(name)).status().message(), Contains("INFUSIONSOFT_CONNECTION: the file"));
  }
  if (geteuid() != 0) return;  // only root can give a file away
  REQUIRE(chmod(dir.Path("text").c_str(), 0644) == 0);
  REQUIRE(chown(dir.Path("text").c_str(), 1, 1) == 0);
  CHECK_FALSE(read("file:" + dir.Path("text")).ok());
}

TEST_CASE("INFUSIONSOFT_TRUSTED: files, and what is in directories, where links lead", "[auth]") {
  const TempDir dir;
  std::filesystem::create_directories(dir.Path("in/deep"));
  std::filesystem::create_directories(dir.Path("inside"));
  for (const char* name : {"in/deep/a.db", "inside/b.db", "c.db"}) WriteFile(dir.Path(name), "");
  std::filesystem::create_symlink(dir.Path("inside/b.db"), dir.Path("in/link.db"));
  std::filesystem::create_symlink(dir.Path("in"), dir.Path("linked"));
  const auto trusts = [&](const std::string& value, const std::string& name) {
    const ScopedVariable variable("INFUSIONSOFT_TRUSTED", value.c_str());
    return IsTrustedFile(name.empty() ? "" : dir.Path(name));
  };
  for (const std::string& place : {dir.Path("in"), dir.Path("in/"), dir.Path("linked"),
                                   "/nowhere:" + dir.Path("in/deep/a.db"), dir.Path("inside/../in/deep")}) {
    INFO(place);
    CHECK(trusts(place, "in/deep/a.db"));
    CHECK(trusts(place, "linked/deep/a.db"));
    CHECK_FALSE(trusts(place, "inside/b.db"));
    CHECK_FALSE(trusts(place, "in/link.db"));  // it leads elsewhere
    CHECK_FALSE(trusts(place, "c.db"));
    CHECK_FALSE(trusts(place, "in/none.db"));
    CHECK_FALSE(trusts(place, ""));
  }
  for (const char* nothing : {"", ":", ".", "relative/path"}) CHECK_FALSE(trusts(nothing, "c.db"));
}

}  // namespace
}  // namespace infusionsoft
