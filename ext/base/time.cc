// SPDX-License-Identifier: MIT
#include "base/time.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace infusionsoft {
namespace {

constexpr int64_t kMsPerSecond = 1000;
constexpr int64_t kMsPerMinute = 60 * kMsPerSecond;
constexpr int64_t kMsPerHour = 60 * kMsPerMinute;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes `digits` digits from the front of `text`; leaves `text` alone when they are not all there.
std::optional<int> TakeNumber(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (!IsDigit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// The fields of a formatted timestamp, in the order in which they are written.
enum Field { kYear, kMonth, kDay, kHour, kMinute, kSecond, kMillisecond, kFieldCount };
using Fields = std::array<int, kFieldCount>;

struct FieldForm {
  char separator;  // before the field; none before the year
  size_t digits;
  int min;
  int max;  // of a day: in the longest month
};
constexpr std::array<FieldForm, kFieldCount> kForm{{{'\0', 4, 0, 9999},
                                                    {'-', 2, 1, 12},
                                                    {'-', 2, 1, 31},
                                                    {'T', 2, 0, 23},
                                                    {':', 2, 0, 59},
                                                    {':', 2, 0, 59},
                                                    {'.', 3, 0, 999}}};

// `fields` must hold year and month when a day is asked for.
int MaxOf(int field, const Fields& fields) {
  if (field != kDay) return kForm[static_cast<size_t>(field)].max;
  const std::chrono::year_month_day_last last{
      std::chrono::year{fields[kYear]},
      std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(fields[kMonth])}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

// Takes complete fields in range from the front of `text` while they come; returns how many.
int TakeFields(std::string_view& text, int wanted, Fields& fields) {
  for (int i = 0; i < wanted; ++i) {
    const FieldForm& form = kForm[static_cast<size_t>(i)];
    std::string_view rest = text;
    if (i != kYear && !TakeChar(rest, form.separator)) return i;
    const auto value = TakeNumber(rest, form.digits);
    if (!value || *value < form.min || *value > MaxOf(i, fields)) return i;
    fields[static_cast<size_t>(i)] = *value;
    text = rest;
  }
  return wanted;
}

int64_t ToMs(const Fields& fields) {
  const std::chrono::year_month_day date{std::chrono::year{fields[kYear]},
                                         std::chrono::month{static_cast<unsigned>(fields[kMonth])},
                                         std::chrono::day{static_cast<unsigned>(fields[kDay])}};
  const int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return days * kMsPerDay + fields[kHour] * kMsPerHour + fields[kMinute] * kMsPerMinute + fields[kSecond] * kMsPerSecond +
         fields[kMillisecond];
}

// `.` or `,` and digits, or nothing at all; digits after the third are dropped.
std::optional<int> TakeFraction(std::string_view& text) {
  if (!TakeChar(text, '.') && !TakeChar(text, ',')) return 0;
  int ms = 0;
  size_t digits = 0;
  for (; digits < text.size() && IsDigit(text[digits]); ++digits) {
    if (digits < 3) ms = ms * 10 + (text[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  for (size_t i = digits; i < 3; ++i) ms *= 10;
  text.remove_prefix(digits);
  return ms;
}

// How far the zone is ahead of UTC.
std::optional<int64_t> TakeZone(std::string_view& text) {
  if (TakeChar(text, 'Z') || TakeChar(text, 'z')) return 0;
  const bool behind = TakeChar(text, '-');
  if (!behind && !TakeChar(text, '+')) return std::nullopt;
  const auto hours = TakeNumber(text, 2);
  const bool has_minutes = TakeChar(text, ':') || !text.empty();
  const auto minutes = has_minutes ? TakeNumber(text, 2) : 0;
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int64_t offset = *hours * kMsPerHour + *minutes * kMsPerMinute;
  return behind ? -offset : offset;
}

// Date and time with a fraction of the second or, without the seconds, to the minute.
std::optional<Fields> TakeDateTime(std::string_view& text) {
  Fields fields{};
  if (TakeFields(text, kHour, fields) != kHour) return std::nullopt;
  if (!TakeChar(text, 't') && !TakeChar(text, ' ') && !TakeChar(text, 'T')) return std::nullopt;
  for (int i = kHour; i < kMillisecond; ++i) {
    const FieldForm& form = kForm[static_cast<size_t>(i)];
    if (i == kSecond && !text.starts_with(form.separator)) return fields;
    if (i != kHour && !TakeChar(text, form.separator)) return std::nullopt;
    const auto value = TakeNumber(text, form.digits);
    if (!value || *value > form.max) return std::nullopt;
    fields[static_cast<size_t>(i)] = *value;
  }
  const auto fraction = TakeFraction(text);
  if (!fraction) return std::nullopt;
  fields[kMillisecond] = *fraction;
  return fields;
}

// Why the prefix of complete fields P decides: P is a prefix of `text` in every encoding and under every collation here
// (RTRIM cuts only spaces, NOCASE folds both sides alike), and all formatted timestamps have one length and one shape.
//   x >= text implies x >= P, and the least formatted timestamp that is >= P is P with the least fields appended.
//   x > P with the greatest fields appended means that x is above P within P's characters, so x > text.
//   Where `text` ends with P or goes on with a space, which is below all that follows in x, x <= text implies x < P.
std::optional<Timestamp> PaddedPrefix(std::string_view text, bool is_upper) {
  Fields fields{};
  const int taken = TakeFields(text, kFieldCount, fields);
  if (taken == 0) return std::nullopt;
  const bool to_max = is_upper && !text.empty() && text.front() != ' ';
  for (int i = taken; i < kFieldCount; ++i) {
    fields[static_cast<size_t>(i)] = to_max ? MaxOf(i, fields) : kForm[static_cast<size_t>(i)].min;
  }
  return Timestamp{ToMs(fields)};
}

void WriteNumber(std::string& text, size_t at, size_t digits, int64_t value) {
  for (size_t i = digits; i > 0; --i) {
    text[at + i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::optional<Timestamp> ParseTimestamp(std::string_view text) {
  const auto fields = TakeDateTime(text);
  if (!fields) return std::nullopt;
  TakeChar(text, ' ');
  const auto zone = TakeZone(text);
  if (!zone || !text.empty()) return std::nullopt;
  const Timestamp time{ToMs(*fields) - *zone};
  if (time < kMinTimestamp || time > kMaxTimestamp) return std::nullopt;
  return time;
}

std::string FormatTimestamp(Timestamp time) {
  const std::chrono::sys_time<std::chrono::milliseconds> instant{
      std::chrono::milliseconds{std::clamp(time, kMinTimestamp, kMaxTimestamp).ms}};
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{midnight};
  const int64_t ms = (instant - midnight).count();
  std::string text = "0000-00-00T00:00:00.000Z";
  WriteNumber(text, 0, 4, static_cast<int>(date.year()));
  WriteNumber(text, 5, 2, static_cast<unsigned>(date.month()));
  WriteNumber(text, 8, 2, static_cast<unsigned>(date.day()));
  WriteNumber(text, 11, 2, ms / kMsPerHour);
  WriteNumber(text, 14, 2, ms / kMsPerMinute % 60);
  WriteNumber(text, 17, 2, ms / kMsPerSecond % 60);
  WriteNumber(text, 20, 3, ms % kMsPerSecond);
  return text;
}

std::optional<Timestamp> LowerBoundFromText(std::string_view text) { return PaddedPrefix(text, false); }
std::optional<Timestamp> UpperBoundFromText(std::string_view text) { return PaddedPrefix(text, true); }

}  // namespace infusionsoft
