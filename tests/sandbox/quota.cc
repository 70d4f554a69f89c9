// SPDX-License-Identifier: MIT
#include "quota.h"

#include <algorithm>
#include <chrono>

namespace infusionsoft::sandbox {
namespace {

constexpr uint64_t kClientPerMinute = 1500;
constexpr uint64_t kClientPerDay = 150'000;
constexpr uint64_t kKeyPerMinute = 240;
constexpr uint64_t kKeyPerDay = 30'000;
constexpr uint64_t kTenantPerMinute = 10'000;
constexpr uint64_t kTenantPerDay = 250'000;
constexpr int64_t kSecondsPerDay = 86'400;
constexpr char kTenantId[] = "xx123.infusionsoft.com";

std::string Left(uint64_t limit, uint64_t used) { return std::to_string(limit - std::min(limit, used)); }

struct Usage {
  uint64_t minute_limit;
  uint64_t minute_used;
  uint64_t day_limit;
  uint64_t day_used;
};

void WriteHeaders(const Usage& client, const Usage& tenant, int64_t day_ends, HttpReply* reply) {
  const auto add = [reply](const char* name, std::string value) {
    reply->headers.emplace_back(std::string("x-keap-") + name, std::move(value));
  };
  const auto pair = [](std::string minute, const std::string& day) { return std::move(minute) + "|" + day; };
  add("product-quota-limit", std::to_string(client.day_limit));
  add("product-quota-time-unit", "day");
  add("product-quota-interval", "1");
  add("product-quota-available", Left(client.day_limit, client.day_used));
  add("product-quota-used", std::to_string(client.day_used));
  add("product-quota-expiry-time", std::to_string(day_ends * 1000));
  add("product-throttle-limit", std::to_string(client.minute_limit));
  add("product-throttle-time-unit", "minute");
  add("product-throttle-interval", "1");
  add("product-throttle-available", Left(client.minute_limit, client.minute_used));
  add("product-throttle-used", std::to_string(client.minute_used));
  add("tenant-id", kTenantId);
  add("tenant-throttle-limit", pair(std::to_string(tenant.minute_limit), std::to_string(tenant.day_limit)));
  add("tenant-throttle-time-unit", "minute|day");
  add("tenant-throttle-interval", "1|1");
  add("tenant-throttle-available",
      pair(Left(tenant.minute_limit, tenant.minute_used), Left(tenant.day_limit, tenant.day_used)));
  add("tenant-throttle-used", pair(std::to_string(tenant.minute_used), std::to_string(tenant.day_used)));
}

}  // namespace

uint64_t Quota::Window::Count(int64_t now) {
  if (number != now) {
    number = now;
    used = 0;
  }
  return ++used;
}

void Quota::set_per_minute(int requests) {
  const std::lock_guard lock(mutex_);
  per_minute_ = requests;
}

bool Quota::Take(const std::string& token, bool is_api_key, HttpReply* headers_of) {
  using std::chrono::duration_cast;
  using std::chrono::seconds;
  const int64_t now = duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const int64_t day = now / kSecondsPerDay;
  const std::lock_guard lock(mutex_);
  Usage client{is_api_key ? kKeyPerMinute : kClientPerMinute, minutes_[token].Count(now / 60),
               is_api_key ? kKeyPerDay : kClientPerDay, days_[token].Count(day)};
  if (per_minute_ > 0) client.minute_limit = static_cast<uint64_t>(per_minute_);
  const Usage tenant{kTenantPerMinute, minutes_[kTenantId].Count(now / 60), kTenantPerDay, days_[kTenantId].Count(day)};
  WriteHeaders(client, tenant, (day + 1) * kSecondsPerDay, headers_of);
  return per_minute_ <= 0 || client.minute_used <= client.minute_limit;
}

void Quota::WriteBlank(HttpReply* reply) {
  HttpReply full;
  WriteHeaders({}, {}, 0, &full);
  for (auto& [name, value] : full.headers) {
    const bool number = !value.empty() && value.find_first_not_of("0123456789|") == std::string::npos;
    reply->headers.emplace_back(name, number ? std::string() : value);
  }
}

}  // namespace infusionsoft::sandbox
