// SPDX-License-Identifier: MIT
#include "sqlite/scan_log.h"

#include <utility>

#include "query/plan_note.h"

namespace infusionsoft::sqlite {

void ScanLog::Begin(Session& session, const std::string& table, const std::string& plan) {
  rows_ = 0;
  requests_ = 0;
  if (!session.file_log().Wants(LogModule::kQuery, 1)) return;
  session_ = &session;
  table_ = table;
  plan_ = WithoutNote(plan);  // what is expected stands beside what was sent
  started_ = session.clock().Monotonic();
}

void ScanLog::Write(const Status& status) {
  Session* session = std::exchange(session_, nullptr);
  if (session == nullptr) return;
  session->file_log().Write({.module = LogModule::kQuery, .failed = !status.ok()}, table_, [&](LogLine& line) {
    line.Add("ms", (session->clock().Monotonic() - started_).count()).Add("rows", rows_).Add("requests", requests_);
    line.Add("plan", plan_);
    if (!status.ok()) line.Add("code", StatusCodeName(status.code())).Add("error", status.message());
  });
}

}  // namespace infusionsoft::sqlite
