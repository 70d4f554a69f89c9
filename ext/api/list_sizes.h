// SPDX-License-Identifier: MIT
// ListSizes: how many rows the lists of one account had when they were last read, for estimates, and how long their page
// tokens were. Nothing is sent to learn it.
//
// A list goes by a name that stands for all lists of its kind: "/v2/orders?contact_id==" for the orders of any one contact.
// Threads: safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace infusionsoft {

class ListSizes {
 public:
  struct Size {
    double rows = 0;        // of lists of one kind that were read one after another, half of this is the newest's
    double newest = 0;      // of the one that was read to its end last
    bool is_whole = false;  // false: none was, and there are so many at least
  };

  // A list was read to its end.
  void SawAll(const std::string& name, int64_t rows);
  // A list has more than these rows: it was not read to its end, or not yet.
  void SawMoreThan(const std::string& name, int64_t rows);

  // A page token as it travels, percent-encoded.
  void SawPageToken(size_t bytes);
  size_t longest_page_token() const;

  // Nothing when none was read.
  std::optional<Size> Find(const std::string& name) const;

 private:
  // Names come from the tables and their filters, so there are few; a profile of a person's own could have any.
  static constexpr size_t kMaxNames = 10'000;

  Size* FindOrAdd(const std::string& name);

  mutable std::mutex mutex_;
  std::map<std::string, Size> sizes_;
  size_t longest_page_token_ = 0;
};

}  // namespace infusionsoft
