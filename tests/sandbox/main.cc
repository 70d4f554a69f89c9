// SPDX-License-Identifier: MIT
#include <signal.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "browse.h"
#include "flags.h"
#include "sandbox.h"

namespace infusionsoft::sandbox {
namespace {

constexpr int kUsageError = 2;

// Whoever waits for the file sees either nothing or the whole address.
bool WriteReadyFile(const std::string& path, const std::string& url) {
  const std::string temporary = path + ".new";
  std::FILE* const file = std::fopen(temporary.c_str(), "w");
  if (file == nullptr) return false;
  const bool written = std::fprintf(file, "%s\n", url.c_str()) > 0;
  const bool closed = std::fclose(file) == 0;
  return written && closed && std::rename(temporary.c_str(), path.c_str()) == 0;
}

int RunBrowse(const std::vector<std::string>& arguments) {
  const bool deny = arguments.size() == 2 && arguments.front() == "--deny";
  if (arguments.size() != 1 && !deny) {
    std::fputs("usage: infusionsoft-sandbox browse [--deny] URL\n", stderr);
    return kUsageError;
  }
  const BrowseResult result = Browse(arguments.back(), deny ? Choice::kDeny : Choice::kAllow);
  std::fprintf(result.ok ? stdout : stderr, "%s\n", result.text.c_str());
  return result.ok ? 0 : 1;
}

// Blocked before any thread starts, so that only sigtimedwait sees them.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// False if the parent is gone already.
bool EndWithParent() {
#ifdef __linux__
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  return getppid() == parent;
#else
  return true;
#endif
}

int RunServer(const Flags& flags) {
  const sigset_t signals = BlockSignals();
  if (!flags.stay && !EndWithParent()) return 0;
  const std::unique_ptr<Sandbox> sandbox = Sandbox::Start(flags.options);
  if (sandbox == nullptr) {
    std::fprintf(stderr, "infusionsoft-sandbox: cannot listen on port %d\n", flags.options.port);
    return 1;
  }
  std::printf("ready: api %s authorize %s token %s\n", sandbox->api_url().c_str(), sandbox->authorize_url().c_str(),
              sandbox->token_url().c_str());
  std::fflush(stdout);
  if (!flags.ready_file.empty() && !WriteReadyFile(flags.ready_file, sandbox->url())) {
    std::fprintf(stderr, "infusionsoft-sandbox: cannot write %s\n", flags.ready_file.c_str());
    return 1;
  }
  const timespec limit{flags.max_seconds, 0};
  sigtimedwait(&signals, nullptr, &limit);
  return 0;
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments.front() == "browse") {
    return RunBrowse({arguments.begin() + 1, arguments.end()});
  }
  Flags flags;
  std::string error;
  if (!ParseFlags(arguments, &flags, &error)) {
    std::fprintf(stderr, "infusionsoft-sandbox: %s (--help shows the flags)\n", error.c_str());
    return kUsageError;
  }
  if (flags.help) {
    std::fputs(HelpText().c_str(), stdout);
    return 0;
  }
  return RunServer(flags);
}

}  // namespace
}  // namespace infusionsoft::sandbox

int main(int argc, char** argv) { return infusionsoft::sandbox::Run(std::vector<std::string>(argv + 1, argv + argc)); }
