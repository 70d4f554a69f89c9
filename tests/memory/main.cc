// SPDX-License-Identifier: MIT
// Every allocation of a scenario fails in turn, alone and together with all that follow: the statement says SQLITE_NOMEM or gives
// the right answer, nothing is lost, and the host lives.
//   tests_memory [--every N] [--offset N] [SCENARIO...]
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "allocation.h"
#include "scenario.h"

namespace infusionsoft::memory_test {
namespace {

constexpr int64_t kPointsOfChild = 250;
constexpr unsigned kSecondsOfChild = 300;
constexpr int kMostFindings = 5;  // shown of one scenario

// Shared with the child that tries, which may die.
struct Progress {
  int64_t next = 0;
  bool is_complete = false;  // an attempt came to its end before its allocation
  int64_t clean = 0;
  int64_t right = 0;
  int64_t misnamed = 0;  // an error that is not SQLITE_NOMEM
  int64_t wrong = 0;     // an answer that differs
  int64_t lost = 0;      // what came after differs
  // The same where libcurl found no memory for what it had received: to this program the connection broke, and an answer that
  // has not come can be lost.
  int64_t cut_off = 0;
};

struct Options {
  int64_t every = 1;
  int64_t offset = 0;
  std::vector<std::string> names;
};

std::string Describe(const Answer& answer) { return std::to_string(answer.code) + " " + answer.text.substr(0, 300); }

class Trial {
 public:
  Trial(const Scenario& scenario, Failing failing, int64_t step, int64_t offset)
      : scenario_(scenario), failing_(failing), step_(step) {
    void* shared = mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) std::abort();
    progress_ = new (shared) Progress();
    progress_->next = offset % step;
  }
  ~Trial() { munmap(progress_, sizeof(Progress)); }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  // False: something was wrong.
  bool Run() {
    while (!progress_->is_complete) {
      const int64_t begun_at = progress_->next;
      std::fflush(nullptr);  // or both processes would write it
      const pid_t child = fork();
      if (child == 0) {
        alarm(kSecondsOfChild);
        RunChild();
        std::fflush(nullptr);
        _exit(0);
      }
      int state = 0;
      waitpid(child, &state, 0);
      if (WIFEXITED(state) && WEXITSTATUS(state) == 0) continue;
      ++deaths_;
      std::printf("  allocation %lld ended the host: %s %d\n", static_cast<long long>(progress_->next),
                  WIFSIGNALED(state) ? "signal" : "exit", WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state));
      progress_->next += step_;
      if (progress_->next == begun_at + step_ && deaths_ > 20) break;  // every one does
    }
    Print();
    return deaths_ + progress_->misnamed + progress_->wrong + progress_->lost == 0;
  }

 private:
  void RunChild() {
    Host host;
    scenario_.prepare(host);
    const Answer right = scenario_.attempt(host);
    const Answer after = scenario_.verify(host);
    const int64_t lost_before = progress_->lost + progress_->cut_off;
    // What one attempt has lost is lost for the next ones too, so another child goes on.
    for (int64_t i = 0; i < kPointsOfChild && !progress_->is_complete && progress_->lost + progress_->cut_off == lost_before; ++i) {
      TryOne(host, right, after);
      progress_->next += step_;
    }
  }

  void TryOne(Host& host, const Answer& right, const Answer& after) {
    scenario_.prepare(host);
    FailAllocation(progress_->next, failing_);
    const Answer answer = scenario_.attempt(host);
    const bool has_failed = StopFailing();
    progress_->is_complete = !has_failed;
    // SQLite drops the message of an error when there is no memory to keep it, and gives its general words for the code.
    const bool is_right_code = right.code != SQLITE_OK && answer == Answer{right.code, sqlite3_errstr(right.code)};
    if (answer == right || is_right_code) {
      ++progress_->right;
    } else if (answer.code == SQLITE_NOMEM) {
      ++progress_->clean;
    } else {
      ++(answer.code == SQLITE_OK ? progress_->wrong : progress_->misnamed);
      Show("instead of the right answer or SQLITE_NOMEM", answer);
    }
    if (const Answer now = scenario_.verify(host); !(now == after)) {
      const bool is_cut_off = has_failed && scenario_.spends_token && HasFailedInCurl();
      ++(is_cut_off ? progress_->cut_off : progress_->lost);
      if (!is_cut_off) Show("afterwards", now);
    }
  }

  void Show(const char* what, const Answer& answer) const {
    if (progress_->misnamed + progress_->wrong + progress_->lost > kMostFindings) return;
    std::printf("  allocation %lld, %s: %s\n", static_cast<long long>(progress_->next), what, Describe(answer).c_str());
  }

  void Print() const {
    std::printf("%-18s %-4s %6lld tried %6lld clean %5lld right %4lld misnamed %4lld wrong %4lld lost %4lld cut off %4lld deaths\n",
                scenario_.name.c_str(), failing_ == Failing::kOne ? "one" : "all",
                static_cast<long long>(progress_->clean + progress_->right + progress_->misnamed + progress_->wrong + deaths_),
                static_cast<long long>(progress_->clean), static_cast<long long>(progress_->right),
                static_cast<long long>(progress_->misnamed), static_cast<long long>(progress_->wrong),
                static_cast<long long>(progress_->lost), static_cast<long long>(progress_->cut_off), static_cast<long long>(deaths_));
    std::fflush(stdout);
  }

  const Scenario& scenario_;
  const Failing failing_;
  const int64_t step_;
  Progress* progress_ = nullptr;
  int64_t deaths_ = 0;
};

bool ParseOptions(int count, char** arguments, Options* options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if ((name == "--every" || name == "--offset") && i + 1 < count) {
      (name == "--every" ? options->every : options->offset) = std::strtoll(arguments[++i], nullptr, 10);
    } else if (name.starts_with("-")) {
      return false;
    } else {
      options->names.emplace_back(name);
    }
  }
  return options->every > 0 && options->offset >= 0;
}

int Main(int count, char** arguments) {
  Options options;
  if (!ParseOptions(count, arguments, &options)) {
    std::fprintf(stderr, "usage: tests_memory [--every N] [--offset N] [SCENARIO...]\n");
    return 2;
  }
  bool is_good = true;
  size_t tried = 0;
  for (const Scenario& scenario : Scenarios()) {
    bool is_wanted = options.names.empty();
    for (const std::string& name : options.names) is_wanted = is_wanted || name == scenario.name;
    if (!is_wanted) continue;
    ++tried;
    for (const Failing failing : {Failing::kOne, Failing::kAllFollowing}) {
      is_good = Trial(scenario, failing, options.every * scenario.stride, options.offset).Run() && is_good;
    }
  }
  if (tried == 0) std::fprintf(stderr, "there is no such scenario\n");
  return is_good && tried > 0 ? 0 : 1;
}

}  // namespace
}  // namespace infusionsoft::memory_test

int main(int count, char** arguments) { return infusionsoft::memory_test::Main(count, arguments); }
