// SPDX-License-Identifier: MIT
#include "faults.h"

#include <array>
#include <charconv>
#include <string>

#include "replies.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, kFaultKinds> kFaultNames = {"500",
                                                                   "502-html",
                                                                   "503",
                                                                   "429",
                                                                   "429-retry-after",
                                                                   "429-spike-arrest",
                                                                   "401",
                                                                   "reset",
                                                                   "slow-body",
                                                                   "truncated-json",
                                                                   "wrong-content-type",
                                                                   "same-token",
                                                                   "refresh-500"};

constexpr std::array<std::string_view, kFreedoms> kFreedomNames = {"equality-ignores-case",
                                                                   "equality-is-contains",
                                                                   "equality-trims",
                                                                   "filters-ignored",
                                                                   "bounds-exclusive",
                                                                   "bounds-whole-seconds",
                                                                   "bounds-on-create-time",
                                                                   "order-descending",
                                                                   "order-shuffled",
                                                                   "nulls-last",
                                                                   "end-null",
                                                                   "end-empty",
                                                                   "end-extra-page",
                                                                   "empty-page",
                                                                   "token-is-url",
                                                                   "row-repeated",
                                                                   "small-pages",
                                                                   "nulls-explicit",
                                                                   "nulls-absent",
                                                                   "fields-ignored",
                                                                   "dates-in-zone"};

template <typename Enum, size_t kSize>
std::optional<Enum> FromName(const std::array<std::string_view, kSize>& names, std::string_view name) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

bool ReadCount(std::string_view text, uint32_t* count) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), *count);
  return problem == std::errc() && end == text.data() + text.size() && *count > 0;
}

}  // namespace

std::string_view FreedomName(Freedom freedom) { return kFreedomNames.at(static_cast<size_t>(freedom)); }

std::optional<Freedom> FreedomFromName(std::string_view name) { return FromName<Freedom>(kFreedomNames, name); }

std::string_view FaultName(FaultKind kind) { return kFaultNames.at(static_cast<size_t>(kind)); }

std::optional<FaultKind> FaultFromName(std::string_view name) { return FromName<FaultKind>(kFaultNames, name); }

std::optional<Fault> FaultFromText(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(':');
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  const std::optional<FaultKind> kind = FaultFromName(parts.front());
  if (!kind) return std::nullopt;
  Fault fault;
  fault.kind = *kind;
  for (size_t i = 1; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    const std::string_view value = part.substr(std::min(part.find('=') + 1, part.size()));
    if (part.starts_with("next=")) {
      if (!ReadCount(value, &fault.next)) return std::nullopt;
    } else if (part.starts_with("every=")) {
      if (!ReadCount(value, &fault.every)) return std::nullopt;
    } else if (part.starts_with("path=")) {
      fault.path = std::string(value);
    } else {
      return std::nullopt;
    }
  }
  if (fault.next == 0 && fault.every == 0) fault.next = 1;
  return fault;
}

void Faults::Add(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  entries_.push_back({fault});
}

void Faults::Clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

bool Faults::Strikes(Entry& entry) {
  ++entry.seen;
  if (entry.fault.next > 0) {
    --entry.fault.next;
    return true;
  }
  return entry.fault.every > 0 && entry.seen % entry.fault.every == 0;
}

std::vector<FaultKind> Faults::StrikeApi(std::string_view path) {
  const std::lock_guard lock(mutex_);
  std::vector<FaultKind> kinds;
  for (Entry& entry : entries_) {
    if (entry.fault.kind == FaultKind::kRefresh500) continue;
    if (path.find(entry.fault.path) == std::string_view::npos) continue;
    if (Strikes(entry)) kinds.push_back(entry.fault.kind);
  }
  return kinds;
}

bool Faults::StrikeRefresh() {
  const std::lock_guard lock(mutex_);
  bool strikes = false;
  for (Entry& entry : entries_) {
    if (entry.fault.kind == FaultKind::kRefresh500 && Strikes(entry)) strikes = true;
  }
  return strikes;
}

bool ReplaceReply(FaultKind kind, int retry_after_seconds, HttpReply* reply) {
  const std::string retry_after = std::to_string(retry_after_seconds);
  switch (kind) {
    case FaultKind::k500:
      *reply = ApiError(500, "Internal error", "sandbox");
      return true;
    case FaultKind::k502Html:
      *reply = HtmlPage(502, "502 Bad Gateway", "<p>nginx</p>");
      return true;
    case FaultKind::k503:
      *reply =
          GatewayFault(503, "The Service is temporarily unavailable", "messaging.adaptors.http.flow.ServiceUnavailable");
      reply->headers.emplace_back("Retry-After", retry_after);
      return true;
    case FaultKind::k429:
      *reply = QuotaExceeded();
      return true;
    case FaultKind::k429RetryAfter:
      *reply = QuotaExceeded();
      reply->headers.emplace_back("Retry-After", retry_after);
      return true;
    case FaultKind::k429SpikeArrest:
      *reply =
          GatewayFault(429, "Spike arrest violation. Allowed rate : MessageRate", "policies.ratelimit.SpikeArrestViolation");
      return true;
    case FaultKind::k401:
      *reply = GatewayFault(401, "Invalid Access Token", "keymanagement.service.invalid_access_token");
      return true;
    default:
      return false;
  }
}

void DamageReply(FaultKind kind, HttpReply* reply) {
  switch (kind) {
    case FaultKind::kReset:
      reply->delivery = Delivery::kReset;
      break;
    case FaultKind::kSlowBody:
      reply->delivery = Delivery::kSlow;
      break;
    case FaultKind::kTruncatedJson:
      reply->body.resize(reply->body.size() / 2);
      break;
    case FaultKind::kWrongContentType:
      reply->content_type = "text/html";
      break;
    default:
      break;
  }
}

}  // namespace infusionsoft::sandbox
