// SPDX-License-Identifier: MIT
// LookupScan: the scan of a table that answers look-ups from memory, read page by page as LookupPolicy allows.
//
// A local copy costs no requests: its scan is complete from the second look-up on. The first one may be the only one, and
// then passing all rows to SQLite takes no memory for an index. What does not fit memory of it goes to a temporary file,
// because reading the whole copy for each look-up would take for ever.
//
// Its rows are kept as JSON text, a fraction of what their tree takes, and parsed when they are found. What it gives is a
// superset of the rows that are equal; SQLite checks them. Used by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/spill_file.h"
#include "base/status.h"
#include "profile/profile.h"
#include "query/cost_model.h"
#include "query/list_request.h"
#include "query/lookup_plan.h"
#include "query/lookup_policy.h"
#include "query/pager.h"
#include "query/sql_value.h"

namespace infusionsoft {

class LookupScan {
 public:
  // For the rows of all such scans of one statement, in bytes of the heap. A scan that goes beyond it, by the page at which
  // that shows, stops, and what is not known then is looked up. In a local copy nothing can be looked up otherwise: of that
  // the texts go to the file, and the index may take four times as much; more is kLimitExceeded.
  static constexpr size_t kMaxBytes = size_t{256} << 20;

  // `entity` outlives this object, and so does `bytes`, which counts for all scans of the statement. `requests` are the
  // lists of lookup.scan.
  LookupScan(const Entity& entity, const LookupPlan& lookup, std::vector<ListRequest> requests, ScanLength length,
             size_t& bytes, size_t max_bytes = kMaxBytes);

  // The numbers of all rows whose sought columns may equal `values`, which are in the order of LookupPlan::sought; nothing
  // when only a look-up can tell. `keys` is how many look-ups are certain to come, this one among them, or 0. Sends for
  // pages while it is their turn; errors are those requests'.
  Result<std::optional<std::vector<uint32_t>>> Find(const ScanContext& context, const std::vector<SqlValue>& values,
                                                    int64_t keys);
  // The rows of some numbers that Find gave: as many as a page has, so that they may be read one part after another.
  Result<Page> ReadRows(std::span<const uint32_t> numbers) const;

  // For look-ups that are sent ahead of their turn. How many of `keys` that are certain to come may be sent before a page is
  // to be read, at most `max`; the first of them is one that Find could not answer.
  int64_t LookupsDue(int64_t keys, int64_t max) const;
  enum class Known { kNothing, kThere, kAbsent };
  // What the rows that were read say of `values`.
  Known WhatIsKnown(const std::vector<SqlValue>& values) const;
  // Whether look-ups have paid for pages, and there are more to read.
  bool IsUnderWay() const { return pager_ && policy_.HasBegun(); }

  // Of a look-up that found what it asked for. A list may leave out rows that a look-up finds; once it is complete without
  // one of them, only look-ups can tell that a row is not there.
  void Found(const std::vector<SqlValue>& values);
  // The same of the list that answered it, which may have other rows than were asked for.
  void Found(const Page& page, const std::vector<SqlValue>& values);

  // Called for each request that a look-up had to send.
  void LookupSent() { policy_.LookupSent(); }
  // The rows are no use, because each needs its look-up all the same. No page is sent for any more.
  void Stop() { has_stopped_ = true; }

 private:
  struct RowText {
    uint32_t page = 0;
    uint32_t size = 0;
    size_t offset = 0;
  };

  // Of a complete scan: whether no look-up has found what it lacks.
  bool TellsOfAbsence() const;
  // Whether the scan goes on now.
  bool MayRead(const ScanContext& context, int64_t keys) const;
  LookupOutlook Outlook(int64_t keys) const;
  Status ReadPage(const ScanContext& context);
  void CountBytes();
  Status SpillOrRefuse();
  Status Spill();
  void OpenNextList();
  void Keep(const Page& page);
  void Index(json::Value row, json::Value outer_row, uint32_t number);
  void Forget();
  std::optional<uint64_t> HashOf(const std::vector<SqlValue>& values) const;
  std::vector<uint32_t> RowsAt(uint64_t hash) const;
  Result<bool> HasRow(const std::vector<uint32_t>& numbers, const std::vector<SqlValue>& values) const;

  const Entity& entity_;
  const std::vector<int> columns_;
  const bool is_unique_;
  const bool reads_copy_;
  bool was_asked_ = false;
  const ScanLength length_;
  std::vector<ListRequest> requests_;
  size_t next_request_ = 0;
  std::optional<Pager> pager_;  // nothing: the scan is complete
  bool has_stopped_ = false;
  LookupPolicy policy_;

  size_t& bytes_;
  const size_t max_bytes_;
  size_t own_bytes_ = 0;   // of bytes_
  size_t text_bytes_ = 0;  // of the pages that are in memory
  std::optional<json::Path> nested_;
  // The texts of the rows of a page, one after another: here, or where they begin in the file.
  struct PageText {
    std::string text;
    int64_t spilled_to = -1;
  };
  std::vector<PageText> pages_;
  std::optional<SpillFile> spill_;
  std::vector<RowText> rows_;  // of a nested table: the items that hold the rows
  std::unordered_multimap<uint64_t, uint32_t> index_;
  mutable std::unordered_set<uint64_t> found_keys_;  // by look-ups, until the scan is complete and they are compared
  mutable bool lacks_key_ = false;                   // that a look-up found
  std::vector<uint32_t> unclear_;                    // rows with a value that has no EqualityKey: they may equal anything
};

}  // namespace infusionsoft
