// SPDX-License-Identifier: MIT
// StatementMemory: what one run of one SQL statement remembers of the API, in order not to ask twice.
//
// It lives as long as the statement has a cursor open, so another statement, and the same one run again, ask anew. What it
// says is as old as the request that brought it. Used by one thread.
#pragma once

#include <memory>
#include <set>

#include "api/session.h"
#include "query/answer_cache.h"

namespace infusionsoft {

class StatementMemory {
 public:
  // Answers are told apart by the client that brought them, whose address is its session's as long as that lives.
  void Retain(const std::shared_ptr<Session>& session) { sessions_.insert(session); }

  AnswerCache& answers() { return answers_; }

 private:
  std::set<std::shared_ptr<Session>> sessions_;
  AnswerCache answers_;
};

}  // namespace infusionsoft
