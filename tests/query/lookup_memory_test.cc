// SPDX-License-Identifier: MIT
// What a look-up's scan counts is what it holds.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <string>

#include "query/lookup_scan.h"
#include "query/scan_server.h"
#include "query/statement_memory.h"

namespace infusionsoft {
namespace {

constexpr int kOrders = 200;
constexpr int kItems = 500;  // of each order

// Orders of contact 1 with many short items: the texts are little of what is held.
std::string ManyItems() {
  std::string items;
  for (int i = 0; i < kItems; ++i) items += (i > 0 ? "," : "") + std::string(R"({"id":")") + std::to_string(i) + "\"}";
  std::string orders;
  for (int i = 0; i < kOrders; ++i) {
    orders += (i > 0 ? "," : "") + std::string(R"({"id":")") + std::to_string(i) +
              R"(","contact":{"id":"1"},"order_items":[)" + items + "]}";
  }
  return "{\"orders\":[" + orders + "]}";
}

LookupPlan ItemsByContact(const Entity& entity) {
  return *PlanLookup(entity, *ParsePlan(entity, "GET /v2/orders?filter=contact_id=={contact_id = ?1}"));
}

}  // namespace

TEST_CASE("LookupScan: counts each element of a nested list, in the bytes that it takes", "[query]") {
  const std::string answer = ManyItems();
  Server server([&](const std::string&, const http::QueryParams&) { return answer; });
  const Entity& entity = *Profile::BuiltIn().Find("order_items");
  const ScanContext context = server.context("order_items");
  size_t bytes = 0;
  LookupScan scan(entity, ItemsByContact(entity), {{.path = "/v2/orders", .params = {}, .kind = {}}}, ScanLength(), bytes);
  scan.LookupSent();
  malloc_trim(0);
  const auto before = static_cast<double>(mallinfo2().uordblks);
  const auto found = scan.Find(context, {SqlValue::Integer(2)}, 0);
  REQUIRE(found.ok());
  CHECK(found->has_value());
  const double held = static_cast<double>(mallinfo2().uordblks) - before;
  CHECK(bytes > size_t{kOrders} * kItems * 40);
  if (before > 0 && held > 0) {  // a sanitizer's heap counts otherwise
    CHECK(held < 1.2 * static_cast<double>(bytes));
    CHECK(held > 0.8 * static_cast<double>(bytes));
  }
}

TEST_CASE("LookupScan: elements beyond the bound end the scan; in a local copy they are an error", "[query]") {
  const std::string answer = ManyItems();
  const std::string first_page = answer.substr(0, answer.size() - 1) + R"(,"next_page_token":"2"})";
  Server server([&](const std::string&, const http::QueryParams& params) {
    return http::FindParam(params, "page_token").empty() ? first_page : answer;
  });
  const Entity& entity = *Profile::BuiltIn().Find("order_items");
  const ScanContext context = server.context("order_items");
  constexpr size_t kMaxBytes = size_t{1} << 20;  // the first page's index takes some five times as much
  size_t bytes = 0;
  LookupScan scan(entity, ItemsByContact(entity), {{.path = "/v2/orders", .params = {}, .kind = {}}}, ScanLength(), bytes,
                  kMaxBytes);
  for (int i = 0; i < 20; ++i) scan.LookupSent();
  const auto found = scan.Find(context, {SqlValue::Integer(2)}, 0);
  REQUIRE(found.ok());
  CHECK_FALSE(found->has_value());
  CHECK(bytes == 0);
  CHECK(server.requests() == 1);

  LookupPlan of_copy = ItemsByContact(entity);
  of_copy.scan.from_copy = true;
  size_t copy_bytes = 0;
  LookupScan copy(entity, of_copy, {{.path = "/v2/orders", .params = {}, .kind = {}}}, ScanLength(), copy_bytes, kMaxBytes);
  CHECK_FALSE(copy.Find(context, {SqlValue::Integer(2)}, 0)->has_value());  // the first look-up may be the only one
  const auto refused = copy.Find(context, {SqlValue::Integer(2)}, 0);
  CHECK(refused.status().code() == StatusCode::kLimitExceeded);
  CHECK(refused.status().message().find("CREATE TABLE") != std::string::npos);
}

}  // namespace infusionsoft
