// SPDX-License-Identifier: MIT
// Properties that users bring along from other connectors.
#include "auth/foreign_property.h"

#include <catch2/catch.hpp>
#include <string>

#include "auth/connection_options.h"
#include "auth/property_table.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("ForeignProperties: each is an error that says what to do, and repeats no value", "[auth]") {
  for (const ForeignProperty& property : ForeignProperties()) {
    const std::string name(property.name);
    for (const std::string& written : {name, AsciiLower(name), name.substr(0, 1) + " " + name.substr(1)}) {
      const auto options = ParseConnectionString("Timeout=5;" + written + "=hunter2");
      INFO(written);
      REQUIRE_FALSE(options);
      CHECK_THAT(options.status().message(), Contains(name + " (position 11) is a property of other connectors: ") &&
                                                 Contains(std::string(property.instead)) && !Contains("hunter2"));
    }
    CHECK(FindProperty(name) == nullptr);
    CHECK_FALSE(property.instead.ends_with('.'));
  }
}

TEST_CASE("ConnectionProperties: spaces in a name are none of it", "[auth]") {
  const auto options = ParseConnectionString("Auth Scheme=NONE;Page size=7; O Auth Client Id =x y");
  REQUIRE(options);
  CHECK(options->auth_scheme == AuthScheme::kNone);
  CHECK(options->page_size == 7);
  CHECK(options->oauth_client_id == "x y");
  CHECK_THAT(ParseConnectionString("Pagesize=7;Page Size=8").status().message(), Contains("Pagesize"));
}

}  // namespace
}  // namespace infusionsoft
