// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>
#include <thread>

#include "base/file_descriptor.h"

namespace infusionsoft {
namespace {

constexpr unsigned kPatienceSeconds = 30;

// Runs `body` in a child that `make` makes; its exit code, or -1 when it was killed.
template <typename Make, typename Body>
int InChild(Make&& make, Body&& body) {
  const pid_t child = make();
  if (child == 0) {
    alarm(kPatienceSeconds);
    _exit(body());
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

pid_t BareFork() { return static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr)); }

FileDescriptor OpenTemporary() {
  std::string name = "/tmp/infusionsoft-process-XXXXXX";
  FileDescriptor file(mkostemp(name.data(), O_CLOEXEC));
  unlink(name.c_str());
  return file;
}

TEST_CASE("ProcessMark: a child is another process, however it was made", "[base]") {
  const ProcessMark mark;
  CHECK(mark.IsCurrent());
  const auto is_current = [&] { return mark.IsCurrent() ? 1 : 0; };
  CHECK(InChild(fork, is_current) == 0);
  CHECK(InChild(BareFork, is_current) == 0);
  CHECK(InChild(fork, [&] { return InChild(fork, is_current); }) == 0);
  CHECK(mark.IsCurrent());
}

TEST_CASE("PerProcess: a child finds a new value, also where its parent's is in use", "[base]") {
  struct Counter {
    std::mutex mutex;
    int value = 0;
  };
  static constinit PerProcess<Counter> counter;
  counter.Get().value = 7;
  const std::lock_guard lock(counter.Get().mutex);
  const auto count = [] {
    const std::lock_guard child_lock(counter.Get().mutex);
    return ++counter.Get().value;
  };
  CHECK(InChild(fork, count) == 1);
  CHECK(InChild(BareFork, count) == 1);
  CHECK(counter.Get().value == 7);
}

TEST_CASE("MadeOnce: fork() waits for a value that another thread is making", "[base]") {
  static constinit MadeOnce<int> value;
  static constinit std::atomic<bool> is_making = false;
  static constinit std::atomic<bool> is_forking = false;
  // Handlers before fork() run in the reverse of the order in which they were registered: this one before the library's.
  REQUIRE(pthread_atfork([] { is_forking = true; }, nullptr, nullptr) == 0);
  std::thread maker([&] {
    value.Get([] {
      is_making = true;
      is_making.notify_all();
      while (!is_forking) std::this_thread::yield();
      for (int i = 0; i < 1000; ++i) std::this_thread::yield();
      return 5;
    });
  });
  is_making.wait(false);
  CHECK(InChild(fork, [] { return value.Get([] { return 6; }); }) == 5);
  maker.join();
}

TEST_CASE("FileDescriptor: a child has none of them, and their objects close nothing there", "[base]") {
  const FileDescriptor pipe_end = OpenTemporary();
  FileDescriptor moved = OpenTemporary();
  FileDescriptor file = std::move(moved);
  const int number = file.get();
  CHECK(InChild(fork, [&] { return fcntl(number, F_GETFD) < 0 && fcntl(pipe_end.get(), F_GETFD) < 0 ? 0 : 1; }) == 0);
  CHECK(InChild(fork, [&] {
          const int reused = dup2(STDOUT_FILENO, number);
          file.Close();
          return fcntl(reused, F_GETFD) >= 0 ? 0 : 1;
        }) == 0);
  CHECK(fcntl(number, F_GETFD) >= 0);
  file.Close();
  const FileDescriptor host_file(dup2(STDOUT_FILENO, number));
  KeepInChildren(number);  // a number that is another's now stays open
  CHECK(InChild(fork, [&] { return fcntl(number, F_GETFD) >= 0 ? 0 : 1; }) == 0);
}

TEST_CASE("FileDescriptor: a child that does nothing keeps no lock of its parent's", "[base]") {
  std::string name = "/tmp/infusionsoft-process-XXXXXX";
  FileDescriptor held(mkostemp(name.data(), O_CLOEXEC));
  REQUIRE(flock(held.get(), LOCK_EX | LOCK_NB) == 0);
  int ready[2];
  int end[2];
  REQUIRE(pipe(ready) == 0);
  REQUIRE(pipe(end) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(end[1]);
    char byte = 0;
    if (write(ready[1], "r", 1) != 1) _exit(1);
    (void)!read(end[0], &byte, 1);  // returns when the parent closes its end
    _exit(0);
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  held.Close();
  const FileDescriptor other(open(name.c_str(), O_RDWR | O_CLOEXEC));
  CHECK(flock(other.get(), LOCK_EX | LOCK_NB) == 0);
  for (const int fd : {ready[0], ready[1], end[0], end[1]}) close(fd);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  unlink(name.c_str());
}

}  // namespace
}  // namespace infusionsoft
