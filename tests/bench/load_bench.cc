// SPDX-License-Identifier: MIT
// What `.load infusionsoft` costs: in one run, by turns and each time in a new process,
//   (a) an extension that registers nothing is loaded,
//   (b) libcurl alone is loaded, which the extension needs and which loads some 30 libraries of its own,
//   (c) the extension is loaded.
// Prints the least and the median of each, and how much longer (c) takes than (a).
//
//   load_bench <infusionsoft.so> <empty_extension.so> [rounds]
#include <dlfcn.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace {

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "load_bench: %s\n", what.c_str());
  std::exit(1);
}

void LoadExtension(const std::string& path) {
  sqlite3* database = nullptr;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) _exit(1);
  sqlite3_enable_load_extension(database, 1);
  // Not closed: the process ends here.
  if (sqlite3_load_extension(database, path.c_str(), nullptr, nullptr) != SQLITE_OK) _exit(1);
}

void LoadCurl() {
  if (dlopen("libcurl.so.4", RTLD_NOW) == nullptr) _exit(1);
}

// In a new process, because a library is loaded once in each.
double Milliseconds(const std::function<void()>& body) {
  int ends[2];
  if (pipe(ends) != 0) Fail("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    const auto start = std::chrono::steady_clock::now();
    body();
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    _exit(write(ends[1], &ms, sizeof(ms)) == sizeof(ms) ? 0 : 1);
  }
  close(ends[1]);
  double ms = 0;
  const bool came = read(ends[0], &ms, sizeof(ms)) == sizeof(ms);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!came || status != 0) Fail("a library could not be loaded");
  return ms;
}

struct Subject {
  const char* name;
  std::function<void()> load;
  std::vector<double> times;

  double least() { return *std::min_element(times.begin(), times.end()); }
  double median() {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) Fail("usage: load_bench <infusionsoft.so> <empty_extension.so> [rounds]");
  const std::string extension = argv[1];
  const std::string empty = argv[2];
  const int rounds = argc > 3 ? std::max(1, std::atoi(argv[3])) : 100;
  Subject subjects[] = {{"(a) an empty extension", [&] { LoadExtension(empty); }, {}},
                        {"(b) libcurl alone", LoadCurl, {}},
                        {"(c) this extension", [&] { LoadExtension(extension); }, {}}};
  for (int round = 0; round < rounds; ++round) {
    for (Subject& subject : subjects) subject.times.push_back(Milliseconds(subject.load));
  }
  for (Subject& subject : subjects) {
    std::printf("%-24s least %7.3f ms, median %7.3f ms of %d\n", subject.name, subject.least(), subject.median(), rounds);
  }
  std::printf("(c) - (a): least %.3f ms, median %.3f ms; (c) / (b): %.2f of the medians\n", subjects[2].least() - subjects[0].least(),
              subjects[2].median() - subjects[0].median(), subjects[2].median() / subjects[1].median());
  return 0;
}
