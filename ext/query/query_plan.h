// SPDX-License-Identifier: MIT
// QueryPlan: which request answers a query, as an immutable value that travels in idxStr.
//
// Its text is what EXPLAIN QUERY PLAN prints, so it reads as the request it stands for, with the SQL that each part comes
// from in braces:
//   GET /v2/contacts?filter=start_update_time=={update_time >= ?1};email=={email LIKE ?2}&order_by=update_time desc
//       &fields=id,email_addresses&page_size={LIMIT ?3}
//   GET /v2/contacts/{id = ?1}?fields=id,given_name
//   GET /v2/contacts/{each contacts.id}/tags
//   GET /v2/emails?filter=contact_id=={contact_id = ?1} + GET /v2/emails/{id} for each row
//   local copy of GET /v2/contacts where {email = ?1}
//   no request, because no row can match
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "profile/profile.h"
#include "query/predicate.h"

namespace infusionsoft {

// One constraint that goes to the server.
struct PlanTerm {
  int column = 0;  // of the entity (a rowid constraint names the key column)
  Op op = Op::kEqual;
  int argument = 0;    // ?N, from 1; 0 = none (IS NULL)
  std::string filter;  // the API's filter, or "" when the value stands in the path
  friend bool operator==(const PlanTerm&, const PlanTerm&) = default;
};

struct QueryPlan {
  enum class Access {
    kList,  // pages of list_path; a path column without a term is fanned out over its parents
    kGet,   // one object by its key
    kNone,  // nothing is sent, because no row can match
  };
  Access access = Access::kList;
  std::vector<PlanTerm> terms;
  std::optional<OrderTerm> order;  // the server sorts
  int limit_argument = 0;          // ?N, 0 = none: how many rows are wanted, as a hint for the page size
  int offset_argument = 0;
  std::vector<std::string> fields;  // what `fields` names; empty = not sent
  bool reads_detail = false;        // a second request for each row that SQLite reads a detail column of
  // The answers come from local copies, for which every request asks for all fields and for no other part of a list than
  // one below a parent.
  bool from_copy = false;
  std::vector<PlanTerm> picks;  // of a copy: equalities that are no part of its request, but find its rows

  // Whether a path column is open: the list is read below each of its values.
  bool FansOut(const Entity& entity) const;
  // Whether a path column's value is looked up among the parents, because it cannot be sent as it stands.
  bool ComparesWithParents(const Entity& entity) const;
  const PlanTerm* PathTerm(const Entity& entity, std::string_view column_name) const;
  friend bool operator==(const QueryPlan&, const QueryPlan&) = default;
};

// What a request must name to get all that the table shows of a list; empty where it names nothing.
std::vector<std::string> AllFields(const Entity& entity);

// The text of Access::kNone.
inline constexpr std::string_view kNoRequest = "no request, because no row can match";

std::string PrintPlan(const Entity& entity, const QueryPlan& plan);
// The inverse of PrintPlan for the same entity. kInternal for anything that PrintPlan did not write.
Result<QueryPlan> ParsePlan(const Entity& entity, std::string_view text);

// The pushdown of `column` that sends `filter`; null when there is none.
const Pushdown* FindPushdown(const Column& column, std::string_view filter);

}  // namespace infusionsoft
