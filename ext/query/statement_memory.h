// SPDX-License-Identifier: MIT
// StatementMemory: what one run of one SQL statement remembers of the API, in order not to ask twice.
//
// It lives as long as the statement has a cursor open, so another statement, and the same one run again, ask anew. What it
// says is as old as the request that brought it. Used by one thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/session.h"
#include "profile/profile.h"
#include "query/answer_cache.h"
#include "query/lookup_scan.h"
#include "query/query_plan.h"
#include "query/row_ids.h"
#include "query/sql_value.h"
#include "query/statement_copies.h"

namespace infusionsoft {

class StatementMemory {
 public:
  // `row_ids` are shared by statements that run at a time: it cannot be told which cursors are of one statement.
  explicit StatementMemory(size_t max_answer_bytes = AnswerCache::kMaxBytes,
                           std::shared_ptr<RowIdsOfTables> row_ids = std::make_shared<RowIdsOfTables>())
      : row_ids_(std::move(row_ids)), answers_(max_answer_bytes) {}

  // Answers are told apart by the client that brought them, whose address is its session's as long as that lives.
  void Retain(const std::shared_ptr<Session>& session) { sessions_.insert(session); }

  RowIdsOfTables& row_ids() { return *row_ids_; }
  AnswerCache& answers() { return answers_; }

  // The local copies that this statement reads.
  StatementCopies& copies() { return copies_; }

  // The scan that answers the look-ups of `lookup`, which PlanLookup made of a plan of `entity`; the same for all look-ups
  // that differ in what they seek only. Null when there is none. Valid as long as this object; `entity` outlives it. `user`
  // is the entity that is looked up, which is not `entity` where its parents are scanned: only its own look-ups pay for
  // pages.
  LookupScan* FindScan(const ScanContext& context, const Entity& user, const Entity& entity, const LookupPlan& lookup,
                       const std::vector<Argument>& arguments, int page_size_max);

 private:
  // Where what is not sought differs from row to row, no two look-ups share a scan. So many are enough to begin with.
  static constexpr size_t kMaxScans = 1000;

  std::set<std::shared_ptr<Session>> sessions_;
  const std::shared_ptr<RowIdsOfTables> row_ids_;
  AnswerCache answers_;
  StatementCopies copies_;
  size_t scanned_bytes_ = 0;
  std::map<std::string, LookupScan> scans_;
};

}  // namespace infusionsoft
