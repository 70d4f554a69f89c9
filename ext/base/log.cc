// SPDX-License-Identifier: MIT
#include "base/log.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"

namespace infusionsoft {
namespace {

bool IsControl(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }

bool IsPlain(std::string_view value) {
  const auto is_special = [](char c) { return IsControl(c) || c == ' ' || c == '"' || c == '\\'; };
  return !value.empty() && std::none_of(value.begin(), value.end(), is_special) && IsValidUtf8(value);
}

void AppendByte(std::string& text, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  text.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
}

void AppendQuoted(std::string& text, std::string_view value) {
  text += '"';
  size_t valid = ValidUtf8Length(value);
  for (size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (i >= valid) {  // not UTF-8: a log is text, whatever a server sends
      AppendByte(text, c);
      valid = i + 1 + ValidUtf8Length(value.substr(i + 1));
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '\r') {
      text += "\\r";
    } else if (c == '\t') {
      text += "\\t";
    } else if (IsControl(c)) {
      AppendByte(text, c);
    } else {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
  }
  text += '"';
}

void AppendValue(std::string& text, std::string_view value) {
  if (IsPlain(value)) {
    text += value;
  } else {
    AppendQuoted(text, value);
  }
}

std::string_view LevelOf(const LogEvent& event) {
  if (event.failed) return "error";
  constexpr int kInfo = 1;
  constexpr int kDebug = 3;
  return event.verbosity <= kInfo ? "info" : event.verbosity <= kDebug ? "debug" : "trace";
}

}  // namespace

LogLine& LogLine::Add(std::string_view key, std::string_view value) {
  text_.append(" ").append(key).append("=");
  AppendValue(text_, mask_ ? mask_(std::string(value)) : std::string(value));
  return *this;
}

Log::Log(LogSettings settings, Clock& clock, LogLine::Mask mask) : clock_(&clock), mask_(std::move(mask)) {
  if (settings.path.empty()) return;
  verbosity_ = settings.verbosity;
  modules_ = settings.modules;
  file_ = std::make_unique<LogFile>(std::move(settings.path), settings.max_bytes, settings.max_files);
}

std::string Log::Compose(const LogEvent& event, std::string_view name, const std::string& text) const {
  std::string line = FormatTimestamp({clock_->Now().time_since_epoch().count()});
  line.append(" ").append(LevelOf(event)).append(" ").append(kLogModules[static_cast<size_t>(event.module)]).append(" ");
  AppendValue(line, name.empty() ? "-" : name);
  return line + text + "\n";
}

void Log::WriteLine(const LogEvent& event, std::string_view name, const std::string& text) {
  const std::string line = Compose(event, name, text);
  const std::lock_guard lock(mutex_);
  std::string notice;
  if (lost_ > 0) {
    LogLine lost(mask_);
    lost.Add("lost_lines", lost_).Add("error", why_lost_);
    notice = Compose({.module = event.module, .failed = true}, "", lost.text());
  }
  const Status status = file_->Append(notice + line);
  if (status.ok()) {
    lost_ = 0;
    return;
  }
  ++lost_;
  ++lost_ever_;
  why_lost_ = status.message();
}

int64_t Log::lost_lines() const {
  const std::lock_guard lock(mutex_);
  return lost_ever_;
}

}  // namespace infusionsoft
