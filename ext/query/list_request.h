// SPDX-License-Identifier: MIT
// List requests: a plan and its values -> the requests that fetch the rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/list_sizes.h"
#include "base/status.h"
#include "http/url.h"
#include "profile/profile.h"
#include "query/query_plan.h"
#include "query/sql_value.h"

namespace infusionsoft {

// One list (or one object), still without a page token.
struct ListRequest {
  std::string path;  // encoded; path columns that are still unknown stand in braces: "/v2/contacts/{contact_id}/tags"
  http::QueryParams params;        // filter, order_by, fields: the same on every page
  int page_size = 0;               // 0: not sent, there are no pages
  bool page_size_is_hint = false;  // smaller than the maximum because of a LIMIT
  std::string kind;                // its name in ListSizes; "" = what it has says nothing of others
};

// A value for some of an entity's columns, by position.
using ColumnValues = std::vector<std::optional<SqlValue>>;

struct RequestSet {
  std::vector<ListRequest> requests;  // one, or one for each batch of an IN list; none when no row can match
  bool is_object = false;             // one request for one object by its key
  ColumnValues echoes;                // what path and request columns show; nothing where the row has the value
  std::vector<int> compared;  // columns that a filter which is sent compares by size
  ColumnValues wanted;  // what the query says of path columns, which the values of the open ones must agree with
};

// The path columns that have no value in `values`.
std::vector<std::string> OpenColumns(const Entity& entity, const ColumnValues& values);
// Whether a key can be asked for: an empty segment, or one of dots, would name another path.
bool CanStandInPath(const SqlValue& value);
// Puts the value of a path or key column in the place of its name in braces.
void FillPath(const Column& column, const SqlValue& value, std::string& path);

// The longest query string of one request without its page token.
inline constexpr size_t kMaxQueryBytes = 6000;
// What is kept free for a page token: the longest that the session has seen, and at least 800 bytes. `sizes` may be null.
size_t TokenBytes(const ListSizes* sizes);

// The name in ListSizes of the lists that `plan` reads: what the path and the filters are, without their values.
std::string ListKind(const Entity& entity, const QueryPlan& plan);

// Rows of a full page: `page_size` is the property Pagesize, 0 = as many as the API gives.
int PageSizeMax(const Entity& entity, int page_size);

// How many rows LIMIT and OFFSET ask for; nothing where the plan has no LIMIT that bounds them.
std::optional<int64_t> RowsWanted(const QueryPlan& plan, const std::vector<Argument>& arguments);

// `arguments[n-1]` is ?n. No request line is longer than the API's gateway takes, with a page token of `token_bytes` too: an
// IN list is sent in parts, and a filter for which there is no room is left to SQLite. Errors: kInvalidArgument when a request
// column's value cannot be sent, with the column's name.
Result<RequestSet> BuildRequests(const Entity& entity, const QueryPlan& plan, const std::vector<Argument>& arguments,
                                 int page_size_max, size_t token_bytes = TokenBytes(nullptr));

}  // namespace infusionsoft
