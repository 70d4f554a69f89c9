// SPDX-License-Identifier: MIT
// Programs that a test starts: fed, read and ended within a bounded time, together with all that they start.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace infusionsoft::oauth_test {

using Milliseconds = std::chrono::milliseconds;
using Environment = std::map<std::string, std::string>;

// A slow machine may take this long for one step; a working program never comes near it.
inline constexpr Milliseconds kPatience{60'000};

struct Outcome {
  int exit_code = -1;  // -1: it was killed, by a signal or because its time was over
  std::string out;
  std::string err;
};

// One program in a session of its own, with pipes as its standard files. Used by one thread.
class ChildProcess {
 public:
  // `environment` is all that it gets. Throws std::runtime_error when it cannot be started.
  ChildProcess(const std::vector<std::string>& command, const Environment& environment);
  // Kills it when it still runs.
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;

  void Write(const std::string& text);
  // Reads its output until `text` is in it. False: its output ended, or the time was over.
  bool AwaitOutput(const std::string& text, Milliseconds patience = kPatience);
  // Ends its input and reads until it has ended.
  Outcome Finish(Milliseconds patience = kPatience);

  // SIGKILL now; true when that is what ended it.
  bool Kill();

  const std::string& out() const { return outcome_.out; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  bool ReadSome(Time deadline);  // false: nothing more to read, or the time is over

  std::optional<pid_t> child_;
  FileDescriptor input_;
  FileDescriptor output_;
  FileDescriptor errors_;
  Outcome outcome_;
};

// From here on, what a child of this process leaves behind becomes its own child.
void AdoptOrphans();
// Waits until this process has no children. False: the time was over.
bool AwaitOrphans(Milliseconds patience = kPatience);
// Kills all children of this process, and theirs, until none is left.
void KillOrphans();

// The program's absolute path as a shell finds it, or "".
std::string FindProgram(const std::string& name);

// An environment variable of this process, or "".
std::string Variable(const char* name);

}  // namespace infusionsoft::oauth_test
