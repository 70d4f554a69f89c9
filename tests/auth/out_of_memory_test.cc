// SPDX-License-Identifier: MIT
// Memory that runs out after a refresh token or a code was spent: what came for it is not lost, and not asked for again.
// tests/memory lets every allocation fail; here it is the one place that a store can choose.
#include <catch2/catch.hpp>
#include <new>

#include "auth_fixture.h"

namespace infusionsoft {
namespace {

using namespace std::chrono_literals;

TEST_CASE("OutOfMemory: tokens that could not be saved are in use after the next call, and saved", "[auth]") {
  Fixture f;
  f.Store(-1s);
  f.state->is_out_of_memory = true;
  CHECK_THROWS_AS(f.credentials().AccessToken(Cancellation()), std::bad_alloc);
  f.state->is_out_of_memory = false;
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.endpoint.calls == 1);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
}

TEST_CASE("OutOfMemory: a code is not sent again when the call is repeated", "[auth]") {
  Fixture f;
  f.state->is_out_of_memory = true;
  CHECK_THROWS_AS(f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()), std::bad_alloc);
  f.state->is_out_of_memory = false;
  CHECK(f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()) == Status());
  CHECK(f.endpoint.calls == 1);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  static_cast<void>(f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()));
  CHECK(f.endpoint.calls == 2);  // nothing is waiting any more, so the server has the say
}

}  // namespace
}  // namespace infusionsoft
