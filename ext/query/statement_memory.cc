// SPDX-License-Identifier: MIT
#include "query/statement_memory.h"

#include <cstdint>
#include <utility>

#include "http/url.h"
#include "query/list_request.h"

namespace infusionsoft {
namespace {

std::string AddressText(const void* object) { return std::to_string(reinterpret_cast<uintptr_t>(object)) + " "; }

}  // namespace

LookupScan* StatementMemory::FindScan(const ScanContext& context, const Entity& user, const Entity& entity,
                                      const LookupPlan& lookup, const std::vector<Argument>& arguments, int page_size_max) {
  Result<RequestSet> lists = BuildRequests(entity, lookup.scan, arguments, page_size_max, TokenBytes(context.sizes));
  if (!lists || lists->requests.empty()) return nullptr;
  std::string key = AddressText(&context.client) + AddressText(&entity) + AddressText(&user);
  for (const PlanTerm& term : lookup.sought) key += std::to_string(term.column) + " ";
  for (const ListRequest& list : lists->requests) key += list.path + "?" + http::EncodeQuery(list.params) + " ";
  const auto known = scans_.find(key);
  if (known != scans_.end()) return &known->second;
  if (scans_.size() >= kMaxScans) return nullptr;
  const ScanLength length = ExpectedScan(entity, lookup.scan, context.sizes, page_size_max);
  return &scans_.try_emplace(std::move(key), entity, lookup, std::move(lists->requests), length, scanned_bytes_)
              .first->second;
}

}  // namespace infusionsoft
