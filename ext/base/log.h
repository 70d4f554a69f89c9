// SPDX-License-Identifier: MIT
// Log: what Logfile, Verbosity and LogModules ask for, one line an event:
//
//   2026-01-31T12:00:00.000Z info query infusionsoft_contacts ms=120 rows=60 requests=1 plan="GET /v2/contacts?..."
//
// UTC, level, module, table or connection ("-" for none), then key=value. A value with a space, a quote or a control
// character stands in quotes, escaped as in JSON, so that an event is always one line. Every value passes the mask before it
// is written. Logging never fails what is logged: lines that cannot be written are counted, and the next line that can be
// is preceded by one that says how many were lost and why. Threads: safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/log_file.h"
#include "base/status.h"

namespace infusionsoft {

// Named after the layers.
enum class LogModule { kSqlite, kQuery, kApi, kAuth, kHttp };
inline constexpr std::array<std::string_view, 5> kLogModules = {"sqlite", "query", "api", "auth", "http"};
inline constexpr int64_t kAllLogModules = (int64_t{1} << kLogModules.size()) - 1;

struct LogSettings {
  std::string path;                  // "" = no log
  int verbosity = 1;                 // 1 to 5
  int64_t modules = kAllLogModules;  // bit i: kLogModules[i]
  int64_t max_bytes = int64_t{100} << 20;
  int max_files = 5;
};

struct LogEvent {
  LogModule module = LogModule::kSqlite;
  int verbosity = 1;  // the least at which it is written
  bool failed = false;
};

// Collects the key=value pairs of one event.
class LogLine {
 public:
  // Values pass `mask` before they are escaped, so that no escape hides a secret from it. It may be empty.
  using Mask = std::function<std::string(std::string)>;
  explicit LogLine(const Mask& mask) : mask_(mask) {}

  LogLine& Add(std::string_view key, std::string_view value);
  LogLine& Add(std::string_view key, int64_t value) { return Add(key, std::to_string(value)); }
  const std::string& text() const { return text_; }

 private:
  const Mask& mask_;
  std::string text_;
};

class Log {
 public:
  Log() = default;  // writes nothing
  // `clock` outlives this object. Creates nothing: see Check.
  Log(LogSettings settings, Clock& clock, LogLine::Mask mask);

  bool on() const { return file_ != nullptr; }
  // Whether lines can be written now; ok without a Logfile. kInvalidArgument.
  Status Check() { return file_ ? file_->Check() : Status(); }

  bool Wants(LogModule module, int verbosity) const {
    return verbosity <= verbosity_ && (modules_ >> static_cast<int>(module) & 1) != 0;
  }

  // `fill(LogLine&)` is called only when the line is wanted, so that a silent log costs one comparison.
  template <typename Fill>
  void Write(const LogEvent& event, std::string_view name, Fill&& fill) {
    if (!Wants(event.module, event.verbosity)) return;
    LogLine line(mask_);
    fill(line);
    WriteLine(event, name, line.text());
  }

  // How many lines were lost so far, because the file could not be written.
  int64_t lost_lines() const;

 private:
  void WriteLine(const LogEvent& event, std::string_view name, const std::string& text);
  std::string Compose(const LogEvent& event, std::string_view name, const std::string& text) const;

  int verbosity_ = 0;  // nothing is wanted
  int64_t modules_ = 0;
  Clock* clock_ = nullptr;
  LogLine::Mask mask_;
  std::unique_ptr<LogFile> file_;
  mutable std::mutex mutex_;
  int64_t lost_ = 0;  // since the file could be written last
  int64_t lost_ever_ = 0;
  std::string why_lost_;
};

}  // namespace infusionsoft
