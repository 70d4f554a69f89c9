// SPDX-License-Identifier: MIT
// Plan notes: what stands behind a plan in EXPLAIN QUERY PLAN, for people. What only SQLite checks, and how many requests
// the plan is expected to cost each time the table is scanned:
//   GET /v2/contacts?filter=email=={email LIKE ?1}&fields=id,email_addresses,job_title -- only SQLite checks job_title =;
//       about 1 request
//   local copy of GET /v2/contacts where {email = ?1} -- about 10 requests, where there is no copy
// SQLite checks again what is sent, too. Conditions that compare no column alone (length(email) > 5) are not told to a
// table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "profile/profile.h"
#include "query/planner.h"
#include "query/predicate.h"

namespace infusionsoft {

// `entity` is the table that is queried, `predicate` in terms of its columns and `planned` the plan of it.
std::string PrintNote(const Entity& entity, const Predicate& predicate, const PlannedQuery& planned);

std::string_view WithoutNote(std::string_view text);

// A plan with its note, taken apart for people.
struct PlanSummary {
  std::string request;   // "GET /v2/contacts?...", after the name of the table that is read instead
  std::string pushed;    // "email LIKE, ORDER BY id asc, LIMIT", or ""
  std::string local;     // "job_title =", or ""
  int64_t requests = 0;  // that are expected
};

// Nothing for text that is no plan of this extension.
std::optional<PlanSummary> SummarizePlan(std::string_view text);

}  // namespace infusionsoft
