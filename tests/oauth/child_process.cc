// SPDX-License-Identifier: MIT
#include "child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace infusionsoft::oauth_test {
namespace {

using Clock = std::chrono::steady_clock;

int MillisecondsUntil(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<Milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<decltype(left)>(left, 0));
}

// The exit status as waitpid gives it; nothing when the time was over.
std::optional<int> AwaitExit(pid_t child, Clock::time_point deadline) {
  const FileDescriptor handle(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  pollfd ended{handle.get(), POLLIN, 0};
  int ready = 0;
  do {
    ready = poll(&ended, 1, MillisecondsUntil(deadline));
  } while (ready < 0 && errno == EINTR);
  int status = 0;
  if (ready != 1 || waitpid(child, &status, 0) != child) return std::nullopt;
  return status;
}

// This end for us, the other for the child; neither is inherited by programs started meanwhile.
struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

pid_t Spawn(std::vector<std::string> words, const Environment& environment, const Pipe& in, const Pipe& out,
            const Pipe& err) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<char*> argv;
  std::vector<char*> envp;
  for (std::string& word : words) argv.push_back(word.data());
  for (std::string& variable : variables) envp.push_back(variable.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in.read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write.get(), STDERR_FILENO);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int error = posix_spawn(&child, argv[0], &actions, &attributes, argv.data(), envp.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + words[0] + ": " + ErrnoText(error));
  return child;
}

std::vector<pid_t> Children() {
  std::vector<pid_t> children;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::ostringstream text;
    text << file.rdbuf();
    // PID (NAME) STATE PARENT ...; the name may hold anything.
    std::istringstream rest(text.str().substr(std::min(text.str().rfind(')'), text.str().size() - 1) + 1));
    char state = 0;
    pid_t parent = 0;
    if (rest >> state >> parent && parent == getpid()) children.push_back(static_cast<pid_t>(std::stol(name)));
  }
  return children;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const Environment& environment) {
  signal(SIGPIPE, SIG_IGN);  // a child that ended early is seen by its exit code
  Pipe in = MakePipe();
  Pipe out = MakePipe();
  Pipe err = MakePipe();
  child_ = Spawn(command, environment, in, out, err);
  input_ = std::move(in.write);
  output_ = std::move(out.read);
  errors_ = std::move(err.read);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : child_(std::exchange(other.child_, std::nullopt)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)),
      outcome_(std::move(other.outcome_)) {}

ChildProcess::~ChildProcess() {
  if (!child_) return;
  kill(-*child_, SIGKILL);
  waitpid(*child_, nullptr, 0);
}

void ChildProcess::Write(const std::string& text) {
  // Short enough for the pipe's buffer: this does not block.
  (void)!write(input_.get(), text.data(), text.size());
}

bool ChildProcess::ReadSome(Time deadline) {
  pollfd polled[] = {{output_.get(), POLLIN, 0}, {errors_.get(), POLLIN, 0}};
  if (!output_.valid() && !errors_.valid()) return false;
  const int ready = poll(polled, 2, MillisecondsUntil(deadline));
  if (ready < 0) return errno == EINTR;
  if (ready == 0) return false;
  char block[4096];
  for (const auto& [at, from, to] : {std::tuple(0, &output_, &outcome_.out), std::tuple(1, &errors_, &outcome_.err)}) {
    if (polled[at].revents == 0) continue;
    const ssize_t got = read(from->get(), block, sizeof block);
    if (got > 0) to->append(block, static_cast<size_t>(got));
    if (got <= 0) from->Close();
  }
  return true;
}

bool ChildProcess::AwaitOutput(const std::string& text, Milliseconds patience) {
  const Time deadline = Clock::now() + patience;
  while (outcome_.out.find(text) == std::string::npos) {
    if (!output_.valid() || !ReadSome(deadline)) return false;
  }
  return true;
}

Outcome ChildProcess::Finish(Milliseconds patience) {
  const Time deadline = Clock::now() + patience;
  input_.Close();
  while (ReadSome(deadline)) {
  }
  const std::optional<int> status = AwaitExit(*child_, deadline);
  if (status) {
    child_.reset();
    if (WIFEXITED(*status)) outcome_.exit_code = WEXITSTATUS(*status);
  } else {
    outcome_.err += "\n[did not end in time]";
  }
  return outcome_;
}

bool ChildProcess::Kill() {
  int status = 0;
  kill(*child_, SIGKILL);
  const bool reaped = waitpid(*child_, &status, 0) == *child_;
  child_.reset();
  return reaped && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void AdoptOrphans() { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

bool AwaitOrphans(Milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  for (std::vector<pid_t> children = Children(); !children.empty(); children = Children()) {
    for (const pid_t child : children) {
      if (!AwaitExit(child, deadline)) return false;
    }
  }
  return true;
}

void KillOrphans() {
  for (std::vector<pid_t> children = Children(); !children.empty(); children = Children()) {
    for (const pid_t child : children) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
  }
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string FindProgram(const std::string& name) {
  std::istringstream path(Variable("PATH"));
  for (std::string directory; std::getline(path, directory, ':');) {
    const std::string program = directory + "/" + name;
    if (directory.starts_with('/') && access(program.c_str(), X_OK) == 0) return program;
  }
  return "";
}

}  // namespace infusionsoft::oauth_test
