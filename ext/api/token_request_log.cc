// SPDX-License-Identifier: MIT
#include "api/token_request_log.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "http/url.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

// "invalid_grant" and its like (RFC 6749 5.2); "" for anything that is not such a word.
std::string OAuthErrorWord(const http::HttpResponse& response) {
  constexpr size_t kLongestWord = 40;
  constexpr size_t kLongestBody = 64 << 10;
  if (response.body.size() > kLongestBody) return "";
  const auto document = json::Document::Parse(response.body);
  if (!document) return "";
  const json::Value error = document->root().Member("error");
  if (error.kind() != json::Value::Kind::kString || error.String().size() > kLongestWord) return "";
  const std::string word(error.String());
  const auto is_word_char = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return std::all_of(word.begin(), word.end(), is_word_char) ? word : "";
}

}  // namespace

Result<http::HttpResponse> TokenRequestLog::Send(const http::HttpRequest& request, const Cancellation& cancellation) {
  RequestRecord record;
  record.time = clock_.Now();
  record.method = request.method;
  if (const auto url = http::ParseUrl(request.url)) record.path = url->path;
  const MonotonicTime sent_at = clock_.Monotonic();
  log_.Sending("", request);
  Result<http::HttpResponse> response = transport_.Send(request, cancellation);
  record.ms = (clock_.Monotonic() - sent_at).count();
  try {
    WriteDown(response, std::move(record));
  } catch (const std::bad_alloc&) {  // NOLINT: the answer may have the only copy of a refresh token, and a record is not worth it
  }
  return response;
}

void TokenRequestLog::WriteDown(const Result<http::HttpResponse>& response, RequestRecord record) {
  if (response) {
    log_.Received("", *response);
    record.status = response->status;
    record.bytes = response->wire_bytes;
    if (response->status >= 400) record.error = OAuthErrorWord(*response);
  } else {
    record.error = response.status().message();
  }
  log_.Add(std::move(record));
}

}  // namespace infusionsoft
