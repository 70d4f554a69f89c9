// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "api/quota.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

using std::chrono::milliseconds;
using Headers = std::vector<std::pair<std::string, std::string>>;

const MonotonicTime kNow{milliseconds(5'000'000)};

WallTime Wall(std::string_view text) { return WallTime(milliseconds(ParseTimestamp(text)->ms)); }
const WallTime kWallNow = Wall("2026-05-28T20:26:40Z");

http::HttpResponse With(const Headers& headers) {
  http::HttpResponse response;
  response.status = 200;
  response.headers = headers;
  return response;
}

TEST_CASE("Quota: what is left is read from the headers", "[api]") {
  struct Row {
    const char* name;
    Headers headers;
    std::optional<int64_t> minute;
    std::optional<int64_t> day;
  };
  const std::vector<Row> table{
      {"no header", {}, {}, {}},
      {"key", {{"x-keap-product-throttle-available", "239"}, {"x-keap-product-throttle-time-unit", "minute"}}, 239, {}},
      {"key, no unit", {{"x-keap-product-throttle-available", "239"}}, 239, {}},
      {"key, day", {{"x-keap-product-quota-available", "29999"}}, {}, 29999},
      {"account, two windows",
       {{"x-keap-tenant-throttle-available", "9999|249999"}, {"x-keap-tenant-throttle-time-unit", "minute|day"}},
       9999,
       249999},
      {"account, windows the other way round",
       {{"x-keap-tenant-throttle-available", "249999|9999"}, {"x-keap-tenant-throttle-time-unit", "day|minute"}},
       9999,
       249999},
      {"account, no unit", {{"x-keap-tenant-throttle-available", "9999|249999"}}, 9999, 249999},
      {"account, one window", {{"x-keap-tenant-throttle-available", "9999"}}, 9999, {}},
      {"account, first window blank", {{"x-keap-tenant-throttle-available", "|249999"}}, {}, 249999},
      {"account, second window blank", {{"x-keap-tenant-throttle-available", " 7 | "}}, 7, {}},
      {"an unknown unit says nothing",
       {{"x-keap-product-throttle-available", "0"}, {"x-keap-product-throttle-time-unit", "second"}},
       {},
       {}},
      {"blank is not 0", {{"x-keap-product-throttle-available", ""}, {"x-keap-product-quota-available", ""}}, {}, {}},
      {"not a number",
       {{"x-keap-product-throttle-available", "many"}, {"x-keap-product-quota-available", "1.5"}},
       {},
       {}},
      {"the key has less than the account",
       {{"x-keap-product-throttle-available", "3"},
        {"x-keap-product-quota-available", "40"},
        {"x-keap-tenant-throttle-available", "9999|249999"}},
       3,
       40},
      {"the account has less than the key",
       {{"x-keap-product-throttle-available", "300"},
        {"x-keap-product-quota-available", "4000"},
        {"x-keap-tenant-throttle-available", "2|5"}},
       2,
       5},
  };
  for (const Row& row : table) {
    INFO(row.name);
    Quota quota;
    quota.Update(With(row.headers), kNow, kWallNow);
    CHECK(quota.minute_available() == row.minute);
    CHECK(quota.day_available() == row.day);
  }
}

TEST_CASE("Quota: blank and missing headers leave the last reading", "[api]") {
  Quota quota;
  quota.Update(With({{"x-keap-product-throttle-available", "12"}, {"x-keap-product-quota-available", "34"}}), kNow,
               kWallNow);
  quota.Update(With({}), kNow, kWallNow);
  quota.Update(With({{"x-keap-product-throttle-available", ""}, {"x-keap-tenant-throttle-available", "|"}}), kNow,
               kWallNow);
  CHECK(quota.minute_available() == 12);
  CHECK(quota.day_available() == 34);
}

TEST_CASE("Quota: no wait while there is room or nothing is known", "[api]") {
  Quota quota;
  CHECK(quota.Delay(kNow) == milliseconds(0));
  quota.Update(With({{"x-keap-product-throttle-available", "1"}, {"x-keap-tenant-throttle-available", "1|0"}}), kNow,
               kWallNow);
  CHECK(quota.Delay(kNow) == milliseconds(0));
  CHECK(quota.UsedUp(kNow) == "the account's requests a day");
}

TEST_CASE("Quota: a used-up minute is waited for until its window is over", "[api]") {
  Quota quota;
  quota.Update(With({{"x-keap-product-throttle-available", "0"}, {"x-keap-product-throttle-limit", "240"}}), kNow,
               kWallNow);
  CHECK(quota.Delay(kNow) == milliseconds(60'000));
  CHECK(quota.Delay(kNow + milliseconds(59'999)) == milliseconds(1));
  CHECK(quota.Delay(kNow + milliseconds(60'000)) == milliseconds(0));
  CHECK(quota.UsedUp(kNow) == "the key's 240 requests a minute");
  CHECK(quota.UsedUp(kNow + milliseconds(60'000)).empty());
}

TEST_CASE("Quota: the account's used-up minute counts although the key has room, and the later window counts",
          "[api]") {
  Quota quota;
  quota.Update(With({{"x-keap-product-throttle-available", "0"}}), kNow, kWallNow);
  quota.Update(With({{"x-keap-tenant-throttle-available", "0|100"}}), kNow + milliseconds(10'000), kWallNow);
  CHECK(quota.Delay(kNow + milliseconds(10'000)) == milliseconds(60'000));
  CHECK(quota.UsedUp(kNow + milliseconds(10'000)) == "the key's requests a minute and the account's requests a minute");
  quota.Update(With({{"x-keap-tenant-throttle-available", "5|100"}}), kNow + milliseconds(10'000), kWallNow);
  CHECK(quota.Delay(kNow + milliseconds(10'000)) == milliseconds(50'000));
  quota.Update(With({{"x-keap-tenant-throttle-available", "0|100"}}), kNow, kWallNow);
  quota.Update(With({{"x-keap-product-throttle-available", "0"}}), kNow + milliseconds(10'000), kWallNow);
  CHECK(quota.Delay(kNow + milliseconds(10'000)) == milliseconds(60'000));
}

TEST_CASE("Quota: a used-up day comes back at midnight UTC, or when the header says so", "[api]") {
  struct Row {
    const char* name;
    const char* expiry;
    const char* until;
  };
  const std::vector<Row> table{
      {"no time", "", "2026-05-29T00:00:00Z"},
      {"seconds", "1780012800", "2026-05-29T00:00:00Z"},
      {"seconds, not midnight", "1780009200", "2026-05-28T23:00:00Z"},
      {"milliseconds", "1780009200000", "2026-05-28T23:00:00Z"},
      {"the published example, long past", "158663200", "2026-05-29T00:00:00Z"},
      {"too far away", "1790009200", "2026-05-29T00:00:00Z"},
      {"nonsense", "soon", "2026-05-29T00:00:00Z"},
      {"negative", "-5", "2026-05-29T00:00:00Z"},
      {"enormous", "9223372036854775807", "2026-05-29T00:00:00Z"},
  };
  for (const Row& row : table) {
    INFO(row.name);
    Quota quota;
    quota.Update(With({{"x-keap-product-quota-available", "0"}, {"x-keap-product-quota-expiry-time", row.expiry}}),
                 kNow, kWallNow);
    CHECK(quota.DayUsedUpUntil(kNow) == Wall(row.until));
    CHECK(quota.Delay(kNow) == milliseconds(0));
  }
}

TEST_CASE("Quota: a used-up day is believed for five minutes only", "[api]") {
  Quota quota;
  CHECK_FALSE(quota.DayUsedUpUntil(kNow));
  quota.Update(With({{"x-keap-tenant-throttle-available", "100|0"}, {"x-keap-tenant-throttle-limit", "10000|250000"}}),
               kNow, kWallNow);
  CHECK(quota.DayUsedUpUntil(kNow + milliseconds(299'999)));
  CHECK(quota.UsedUp(kNow) == "the account's 250000 requests a day");
  CHECK_FALSE(quota.DayUsedUpUntil(kNow + milliseconds(300'000)));
}

}  // namespace
}  // namespace infusionsoft
