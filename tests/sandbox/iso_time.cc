// SPDX-License-Identifier: MIT
#include "iso_time.h"

#include <array>
#include <cstdio>

namespace infusionsoft::sandbox {
namespace {

constexpr int64_t kMillisPerDay = 86'400'000;

struct CivilDate {
  int64_t year;
  int month;
  int day;
};

// Howard Hinnant's days_from_civil and its inverse; exact for the proleptic Gregorian calendar.
int64_t DaysFromCivil(const CivilDate& date) {
  const int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t yoe = y - era * 400;
  const int64_t doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

CivilDate CivilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t doe = days - era * 146097;
  const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int DaysInMonth(int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays.at(static_cast<size_t>(month - 1));
}

// Reads fixed-width fields from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  int Number(size_t width) {
    int value = 0;
    if (text_.size() < width) return Fail();
    for (size_t i = 0; i < width; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return Fail();
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(width);
    return value;
  }
  bool Take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void Expect(char c) {
    if (!Take(c)) Fail();
  }
  int Fail() {
    ok_ = false;
    text_ = {};
    return 0;
  }
  // Milliseconds of a fraction of any length; the number of digits goes to `digits`.
  int Fraction(int* digits) {
    int millis = 0;
    int scale = 100;
    *digits = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      millis += scale * (text_.front() - '0');
      scale /= 10;
      ++*digits;
      text_.remove_prefix(1);
    }
    return millis;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
  bool ok_ = true;
};

// Minutes east of UTC.
int ReadZone(Reader& reader, bool need_colon) {
  if (reader.Take('Z')) return 0;
  const bool west = reader.Take('-');
  if (!west) reader.Expect('+');
  const int hours = reader.Number(2);
  if (!reader.Take(':') && need_colon) reader.Fail();
  const int minutes = reader.Number(2);
  if (hours > 18 || minutes > 59) reader.Fail();
  return (west ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<int64_t> Parse(std::string_view text, bool filter_form) {
  Reader reader(text);
  CivilDate date{};
  date.year = reader.Number(4);
  reader.Expect('-');
  date.month = reader.Number(2);
  reader.Expect('-');
  date.day = reader.Number(2);
  if (!filter_form && reader.ok() && reader.at_end()) text = "T00:00Z", reader = Reader(text);
  reader.Expect('T');
  const int hour = reader.Number(2);
  reader.Expect(':');
  const int minute = reader.Number(2);
  const bool has_seconds = reader.Take(':');
  if (!has_seconds && filter_form) reader.Fail();
  const int second = has_seconds ? reader.Number(2) : 0;
  int digits = 0;
  const int millis = has_seconds && reader.Take('.') ? reader.Fraction(&digits) : 0;
  if (filter_form && digits != 3) reader.Fail();
  const int zone = ReadZone(reader, filter_form);
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  if (date.month < 1 || date.month > 12 || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  if (date.day < 1 || date.day > DaysInMonth(date.year, date.month)) return std::nullopt;
  const int64_t minutes = int64_t{hour} * 60 + minute - zone;
  return DaysFromCivil(date) * kMillisPerDay + (minutes * 60 + second) * 1000 + millis;
}

}  // namespace

std::string FormatTime(int64_t millis, TimeStyle style) {
  if (style == TimeStyle::kOffsetColon) millis += 2 * 3'600'000;
  int64_t days = millis / kMillisPerDay;
  int64_t rest = millis % kMillisPerDay;
  if (rest < 0) {
    rest += kMillisPerDay;
    --days;
  }
  const CivilDate date = CivilFromDays(days);
  const int second_of_day = static_cast<int>(rest / 1000);
  std::array<char, 64> text{};
  int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(date.year),
                           date.month, date.day, second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
  if (style == TimeStyle::kZuluMillis) {
    size +=
        std::snprintf(text.data() + size, text.size() - static_cast<size_t>(size), ".%03d", static_cast<int>(rest % 1000));
  }
  std::string out(text.data(), static_cast<size_t>(size));
  switch (style) {
    case TimeStyle::kZulu:
    case TimeStyle::kZuluMillis:
      return out + "Z";
    case TimeStyle::kOffsetNoColon:
      return out + "+0000";
    case TimeStyle::kOffsetColon:
      return out + "+02:00";
  }
  return out;
}

std::string FormatDate(int64_t millis) { return FormatTime(millis, TimeStyle::kZulu).substr(0, 10); }

std::optional<int64_t> ParseTime(std::string_view text) { return Parse(text, false); }

std::optional<int64_t> ParseFilterTime(std::string_view text) { return Parse(text, true); }

}  // namespace infusionsoft::sandbox
