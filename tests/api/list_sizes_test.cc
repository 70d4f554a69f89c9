// SPDX-License-Identifier: MIT
#include "api/list_sizes.h"

#include <catch2/catch.hpp>

namespace infusionsoft {

TEST_CASE("ListSizes: what was read whole is known, what was not is a bound", "[api]") {
  ListSizes sizes;
  CHECK_FALSE(sizes.Find("/v2/contacts"));
  sizes.SawMoreThan("/v2/contacts", 1000);
  CHECK(sizes.Find("/v2/contacts")->rows == 1001);
  CHECK_FALSE(sizes.Find("/v2/contacts")->is_whole);
  sizes.SawMoreThan("/v2/contacts", 5);  // another reader is at its beginning
  CHECK(sizes.Find("/v2/contacts")->rows == 1001);
  sizes.SawAll("/v2/contacts", 2500);
  CHECK(sizes.Find("/v2/contacts")->rows == 2500);
  CHECK(sizes.Find("/v2/contacts")->is_whole);
  CHECK_FALSE(sizes.Find("/v2/orders"));
}

TEST_CASE("ListSizes: of several lists of one kind the newest counts half", "[api]") {
  ListSizes sizes;
  sizes.SawAll("/v2/orders contact_id=", 8);
  sizes.SawAll("/v2/orders contact_id=", 0);
  CHECK(sizes.Find("/v2/orders contact_id=")->rows == 4);
  CHECK(sizes.Find("/v2/orders contact_id=")->newest == 0);
  sizes.SawAll("/v2/orders contact_id=", 4);
  CHECK(sizes.Find("/v2/orders contact_id=")->rows == 4);
  sizes.SawMoreThan("/v2/orders contact_id=", 9);  // one that is longer than any before
  CHECK(sizes.Find("/v2/orders contact_id=")->rows == 10);
}

}  // namespace infusionsoft
