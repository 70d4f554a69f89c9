// SPDX-License-Identifier: MIT
#include "auth/browser.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <vector>

#include "auth/browser_command.h"
#include "base/process.h"

extern char** environ;

namespace infusionsoft {
namespace {

// What posix_spawn needs, released together.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // The host's files (a database, sockets) are not the browser's.
    posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
#endif
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    // A session of its own: Ctrl-C in the terminal is meant for the host.
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  // posix_spawn and not fork: the host has threads, and handlers of its own at fork. 0 when it did not start.
  pid_t Run(const std::vector<std::string>& command) const {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    return posix_spawn(&child, arguments[0], &actions_, &attributes_, arguments.data(), environ) == 0 ? child : 0;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

class ProcessBrowser : public Browser {
 public:
  Status Open(const std::string& url) override {
    const bool has_terminal = isatty(STDERR_FILENO) == 1;
    if (has_terminal) {
      std::fprintf(stderr, "Sign in here: %s\n", url.c_str());
      std::fflush(stderr);
    }
    const BrowserEnvironment environment{[](const char* name) -> const char* { return std::getenv(name); }};
    const SpawnSettings settings;
    for (const auto& command : BrowserCommands(environment, url)) {
      if (const pid_t child = settings.Run(command); child != 0) {
        Remember(child);
        return Status();
      }
    }
    if (has_terminal) return Status();  // the person can open the printed address
    return Status(
        StatusCode::kUnavailable,
        "there is neither a browser (BROWSER, or xdg-open with a display) nor a terminal to sign in with; open the "
        "address that infusionsoft_authorize_url() gives on another machine, and hand its code to "
        "infusionsoft_exchange_code()");
  }

 private:
  // A browser may run for hours, so nobody waits for it; those that have ended are collected at the next sign-in.
  void Remember(pid_t child) {
    std::lock_guard lock(mutex_);
    std::erase_if(children_, [](pid_t old) { return waitpid(old, nullptr, WNOHANG) != 0; });
    children_.push_back(child);
  }

  std::mutex mutex_;
  std::vector<pid_t> children_;
};

}  // namespace

Browser& SystemBrowser() {
  static constinit PerProcess<ProcessBrowser> browser;
  return browser.Get();
}

}  // namespace infusionsoft
