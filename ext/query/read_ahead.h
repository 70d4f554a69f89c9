// SPDX-License-Identifier: MIT
// ReadAhead: requests that a scan will need next, sent together with the one that it needs now (property MaxConcurrency).
//
// SQLite does not say whether it will read on: a LIMIT, the next table of a join or the program may end a scan after any
// row, and a row whose details were asked for may be one that SQLite does not want. So requests ahead are earned: the first
// goes alone, and each group that was used up doubles the next one, up to the property's number. When an answer turns out
// to be of no use, the next request goes alone again.
//
// Then unused answers are fewer than used ones, and a scan sends at most twice what it would send one by one: a group of g
// that is not used up wastes g - 1 at most, and was earned by g - 1 requests at least, of the groups 1, 2, 4, ..., g/2 since
// the one before was wasted. At most as many answers are held, unparsed, as may be under way at once. Used by one thread.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/api_client.h"
#include "base/status.h"

namespace infusionsoft {

struct FetchRequest;
struct ScanContext;

class ReadAhead {
 public:
  // At most `max` requests are under way at once; 1: none is sent ahead.
  explicit ReadAhead(size_t max) : max_(max) {}
  // Whether Prepare may ever send: asked first, its arguments need not be made.
  bool is_on() const { return max_ > 1; }

  // Requests that are expected to be needed, in that order; at most `count`.
  using Expected = std::function<std::vector<FetchRequest>(size_t count)>;

  // `needed` is about to be fetched: sends for it, and for some of what is expected after it, when its turn has come.
  // Returns when all are answered. What fails of the others is asked for anew when it is needed.
  // Answers that were to come before it are of no use any more.
  void Prepare(const ScanContext& context, const FetchRequest& needed, const Expected& expected);
  // The answer to the request of that key (FetchKey), once; nothing when it was not sent ahead.
  std::optional<Result<ApiResponse>> Take(const std::string& key);

 private:
  size_t WidthFor(const std::string& needed);
  void Send(const ScanContext& context, const std::vector<FetchRequest>& requests);

  const size_t max_;
  size_t width_ = 0;  // of the group before; 0: it was not used up
  std::deque<std::pair<std::string, Result<ApiResponse>>> answers_;  // in the order in which they will be needed
};

}  // namespace infusionsoft
