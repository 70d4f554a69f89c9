// SPDX-License-Identifier: MIT
// Requests that the documents spell in two ways: the second is sent once, where the first does not work, and remembered.
#include <catch2/catch.hpp>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using Requests = std::vector<std::string>;

// What the server does with `fields` that it does not understand.
enum class Server { kTakesCommas, kRefusesCommas, kIgnoresCommas, kTakesNeither, kHasNoSuchProperty };

class Opportunities {
 public:
  explicit Opportunities(Server kind) : kind_(kind), server_([this](RawConnection& connection) { Serve(connection); }) {
    database_.Run("SELECT infusionsoft_connect('URL=" + server_.Url("") + ";OAuthAccessToken=t')");
  }
  Database& database() { return database_; }

  // How `fields` was spelled in the requests since the last call: "comma" or "repeated".
  Requests Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(requests_, {});
  }

 private:
  void Serve(RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      const std::string line = request.substr(0, request.find("\r\n"));
      const bool has_comma = line.find("%2C") != std::string::npos;
      {
        const std::lock_guard lock(mutex_);
        requests_.emplace_back(has_comma ? "comma" : "repeated");
      }
      const bool is_refused = kind_ == Server::kTakesNeither || (kind_ == Server::kRefusesCommas && has_comma);
      const bool is_ignored = kind_ == Server::kHasNoSuchProperty || (kind_ == Server::kIgnoresCommas && has_comma);
      const std::string json = "\r\nContent-Type: application/json";
      if (is_refused) {
        connection.SendResponse("400 Bad Request" + json, R"({"code":400,"message":"fields"})");
      } else {
        connection.SendResponse("200 OK" + json,
                                R"({"opportunities":[{"id":"1")" +
                                    std::string(is_ignored ? "" : R"(,"objection":"price","status_id":"2")") + "}]}");
      }
    }
  }

  const Server kind_;
  std::mutex mutex_;
  Requests requests_;
  RawServer server_;
  Database database_;
};

constexpr const char* kQuery = "SELECT objection FROM infusionsoft_opportunities WHERE status_id IS NOT NULL";
const Requests kComma = {"comma"};
const Requests kBoth = {"comma", "repeated"};
const Requests kRepeated = {"repeated"};

}  // namespace

TEST_CASE("Spelling: the first one is kept where it works", "[sqlite]") {
  Opportunities api(Server::kTakesCommas);
  for (int i = 0; i < 2; ++i) {
    CHECK(api.database().Cell(kQuery) == "price");
    CHECK(api.Take() == kComma);
  }
}

TEST_CASE("Spelling: a refused one is sent in the other way once, and in that way from then on", "[sqlite]") {
  Opportunities api(Server::kRefusesCommas);
  CHECK(api.database().Cell(kQuery) == "price");
  CHECK(api.Take() == kBoth);
  CHECK(api.database().Cell(kQuery) == "price");
  CHECK(api.Take() == kRepeated);
  CHECK(api.database().Cell("SELECT count(*) FROM infusionsoft_requests WHERE table_name = 'infusionsoft_opportunities'") ==
        "3");
}

TEST_CASE("Spelling: where a property is missing from every row, the other way is tried", "[sqlite]") {
  Opportunities api(Server::kIgnoresCommas);
  CHECK(api.database().Cell(kQuery) == "price");
  CHECK(api.Take() == kBoth);
  CHECK(api.database().Cell(kQuery) == "price");
  CHECK(api.Take() == kRepeated);
}

TEST_CASE("Spelling: where neither helps, the first is kept, and its error or its rows", "[sqlite]") {
  Opportunities refusing(Server::kTakesNeither);
  CHECK_THAT(refusing.database().Error(kQuery), Contains("400"));
  CHECK(refusing.Take() == kBoth);
  CHECK_THAT(refusing.database().Error(kQuery), Contains("400"));
  CHECK(refusing.Take() == kComma);

  Opportunities lacking(Server::kHasNoSuchProperty);
  CHECK(lacking.database().Run(kQuery).empty());
  CHECK(lacking.Take() == kBoth);
  CHECK(lacking.database().Run(kQuery).empty());
  CHECK(lacking.Take() == kComma);
}

}  // namespace infusionsoft::sqlite_test
