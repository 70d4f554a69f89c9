// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace infusionsoft::sandbox {

// The spellings of one instant that rows carry.
enum class TimeStyle { kZulu, kZuluMillis, kOffsetNoColon, kOffsetColon };

// `millis` counts from 1970-01-01T00:00:00Z. Only kZuluMillis shows the milliseconds.
std::string FormatTime(int64_t millis, TimeStyle style);
std::string FormatDate(int64_t millis);

// Any spelling that a row may carry.
std::optional<int64_t> ParseTime(std::string_view text);

// The only spelling that a filter may carry: date, time, exactly three decimals and a zone.
std::optional<int64_t> ParseFilterTime(std::string_view text);

}  // namespace infusionsoft::sandbox
