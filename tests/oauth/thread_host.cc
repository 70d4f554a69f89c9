// SPDX-License-Identifier: MIT
// A host with many threads: oauth-thread-host THREADS SETUP QUERY. Each thread opens a database of its own, loads the
// extension and runs SETUP; when all have, the host prints "steady" and waits for a line. Then all run QUERY at once, and
// the rows are printed. The exit code is the number of threads that failed.
#include <sqlite3.h>

#include <cstdlib>
#include <iostream>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace infusionsoft::oauth_test {
namespace {

struct Answer {
  std::string rows;
  std::string error;
};

int AddRow(void* context, int count, char** values, char** /*names*/) {
  std::string& rows = static_cast<Answer*>(context)->rows;
  for (int i = 0; i < count; ++i) rows += std::string(i == 0 ? "" : "|") + (values[i] == nullptr ? "" : values[i]);
  rows += '\n';
  return 0;
}

void Run(sqlite3* database, const char* sql, Answer& answer) {
  char* error = nullptr;
  if (sqlite3_exec(database, sql, AddRow, &answer, &error) != SQLITE_OK) answer.error += error != nullptr ? error : "?";
  sqlite3_free(error);
}

int RunHost(int count, const char* setup, const char* query) {
  std::vector<Answer> answers(static_cast<size_t>(count));
  std::latch ready(count);
  std::latch go(1);
  std::vector<std::thread> threads;
  for (Answer& answer : answers) {
    threads.emplace_back([&] {
      sqlite3* database = nullptr;
      sqlite3_open(":memory:", &database);
      sqlite3_enable_load_extension(database, 1);
      if (sqlite3_load_extension(database, EXTENSION, nullptr, nullptr) != SQLITE_OK) answer.error = "not loaded";
      Run(database, setup, answer);
      ready.count_down();
      go.wait();
      if (answer.error.empty()) Run(database, query, answer);
      sqlite3_close(database);
    });
  }
  ready.wait();
  std::cout << "steady" << std::endl;
  std::string line;
  std::getline(std::cin, line);
  go.count_down();
  for (std::thread& thread : threads) thread.join();
  int failed = 0;
  for (const Answer& answer : answers) {
    std::cout << answer.rows;
    if (answer.error.empty()) continue;
    ++failed;
    std::cerr << answer.error << '\n';
  }
  return failed;
}

}  // namespace
}  // namespace infusionsoft::oauth_test

int main(int argc, char** argv) {
  return argc == 4 ? infusionsoft::oauth_test::RunHost(std::atoi(argv[1]), argv[2], argv[3]) : 100;
}
