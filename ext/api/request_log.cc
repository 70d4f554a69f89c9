// SPDX-License-Identifier: MIT
#include "api/request_log.h"

#include <utility>

#include "api/log_mask.h"

namespace infusionsoft {
namespace {

// More of a body only at Verbosity=5.
constexpr size_t kShownBody = 16 << 10;

LogModule ModuleOf(std::string_view table_name) { return table_name.empty() ? LogModule::kAuth : LogModule::kApi; }

void AddHeaders(LogLine& line, const std::vector<std::pair<std::string, std::string>>& headers) {
  std::string text;
  for (const auto& [name, value] : headers) {
    text.append(text.empty() ? "" : "\n").append(name).append(": ").append(IsSecretHeader(name) ? "***" : value);
  }
  line.Add("headers", text);
}

// The fields are masked before the body is cut, because a piece of a field cannot be recognised.
void AddBody(LogLine& line, const std::string& body, bool whole) {
  const std::string masked = MaskFields(body);
  line.Add("body", whole ? masked : std::string_view(masked).substr(0, kShownBody));
  if (!whole && masked.size() > kShownBody) line.Add("cut_at", static_cast<int64_t>(kShownBody));
}

}  // namespace

void RequestLog::Sending(std::string_view name, const http::HttpRequest& request) {
  if (!IsLogged()) return;
  mask_->Learn(request);
  constexpr int kVerbosity = 3;
  file_->Write({.module = LogModule::kHttp, .verbosity = kVerbosity}, name, [&](LogLine& line) {
    line.Add("send", request.method).Add("url", MaskFields(request.url));
    auto headers = request.headers;
    if (!request.secret_header_name.empty()) headers.emplace_back(request.secret_header_name, "***");
    AddHeaders(line, headers);
    if (!request.body.empty()) AddBody(line, request.body, file_->Wants(LogModule::kHttp, 5));
  });
}

void RequestLog::Received(std::string_view name, const http::HttpResponse& response) {
  if (!IsLogged()) return;
  if (name.empty()) mask_->Learn(response);
  constexpr int kVerbosity = 3;
  file_->Write({.module = LogModule::kHttp, .verbosity = kVerbosity}, name, [&](LogLine& line) {
    line.Add("receive", response.status);
    AddHeaders(line, response.headers);
    AddBody(line, response.body, file_->Wants(LogModule::kHttp, 5));
  });
}

// A wait is told at every verbosity, because nothing else happens meanwhile.
void RequestLog::WriteWait(const RequestRecord& record) {
  file_->Write({.module = ModuleOf(record.table_name), .verbosity = 1}, record.table_name, [&](LogLine& line) {
    line.Add("request", record.id).Add("path", record.path).Add("wait_ms", record.ms).Add("error", record.error);
  });
}

// A request that failed is an error, which is logged at every verbosity.
void RequestLog::WriteLine(const RequestRecord& record) {
  if (!IsLogged()) return;
  if (record.method.empty()) return WriteWait(record);
  constexpr int kFirstError = 400;
  constexpr int kRequests = 2;
  const LogModule module = ModuleOf(record.table_name);
  const bool failed = record.status == 0 || record.status >= kFirstError;
  file_->Write({.module = module, .verbosity = failed ? 1 : kRequests, .failed = failed}, record.table_name,
               [&](LogLine& line) {
                 line.Add("request", record.id).Add("method", record.method).Add("path", record.path);
                 // What was searched for is told at Verbosity=2, of failures too.
                 if (!record.query.empty() && file_->Wants(module, kRequests)) line.Add("query", MaskFields(record.query));
                 line.Add("status", record.status).Add("ms", record.ms).Add("bytes", record.bytes);
                 line.Add("attempt", record.attempt);
                 if (!record.error.empty()) line.Add("error", record.error);
               });
}

int64_t RequestLog::Add(RequestRecord record) {
  {
    std::lock_guard lock(mutex_);
    record.id = next_id_;
    records_.push_back(record);
    ++next_id_;  // only now: where there was no memory for the record, its id is the next one's, for no gap may be left
    if (records_.size() > kCapacity) records_.pop_front();
  }
  WriteLine(record);  // without the lock: it may wait for other programs
  return record.id;
}

void RequestLog::SetRows(int64_t id, int64_t rows) {
  std::lock_guard lock(mutex_);
  // The ids of the records that are still here follow each other without a gap.
  if (records_.empty() || id < records_.front().id || id > records_.back().id) return;
  records_[static_cast<size_t>(id - records_.front().id)].rows = rows;
}

std::vector<RequestRecord> RequestLog::Snapshot() const {
  std::lock_guard lock(mutex_);
  return {records_.begin(), records_.end()};
}

}  // namespace infusionsoft
