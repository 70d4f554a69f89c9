// SPDX-License-Identifier: MIT
#include "base/log.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "failing_write.h"
#include "support/fake_clock.h"
#include "support/full_disk.h"

namespace infusionsoft {
namespace {

// A folder that is gone when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "infusionsoft-log-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string File(const std::string& name = "log") const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::vector<std::string> LinesOf(const std::string& path) {
  std::ifstream stream(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

constexpr int64_t kLarge = int64_t{1} << 30;

TEST_CASE("LogFile: the next file is begun when a line has no room, and the oldest goes", "[base]") {
  const Folder folder;
  LogFile file(folder.File(), 20, 3);
  for (const char* line : {"first line\n", "second line\n", "third line\n", "fourth line\n"})
    REQUIRE(file.Append(line).ok());
  CHECK(LinesOf(folder.File()) == std::vector<std::string>{"fourth line"});
  CHECK(LinesOf(folder.File("log.1")) == std::vector<std::string>{"third line"});
  CHECK(LinesOf(folder.File("log.2")) == std::vector<std::string>{"second line"});
  CHECK_FALSE(std::filesystem::exists(folder.File("log.3")));
  // Two lines that fit stand in one file; a line longer than the bound is whole.
  REQUIRE(file.Append("five\n").ok());
  CHECK(LinesOf(folder.File()).size() == 2);
  REQUIRE(file.Append(std::string(100, 'x') + "\n").ok());
  CHECK(LinesOf(folder.File()) == std::vector<std::string>{std::string(100, 'x')});
}

TEST_CASE("LogFile: with one file it is emptied when it is full", "[base]") {
  const Folder folder;
  LogFile file(folder.File(), 15, 1);
  REQUIRE(file.Append("first line\n").ok());
  REQUIRE(file.Append("second line\n").ok());
  CHECK(LinesOf(folder.File()) == std::vector<std::string>{"second line"});
  CHECK_FALSE(std::filesystem::exists(folder.File("log.1")));
}

TEST_CASE("LogFile: only its owner may read it, and only a file is written to", "[base]") {
  const Folder folder;
  LogFile file(folder.File(), kLarge, 5);
  REQUIRE(file.Check().ok());
  struct stat status {};
  REQUIRE(stat(folder.File().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  for (const std::string& path : {folder.File("none/log"), folder.File(""), std::string("/dev/null")}) {
    const Status failed = LogFile(path, kLarge, 5).Check();
    CHECK(failed.code() == StatusCode::kInvalidArgument);
    CHECK_THAT(failed.message(), Catch::Contains(path) && Catch::Contains("Logfile"));
  }
}

TEST_CASE("LogFile: a file that others can read or write is taken from them, and another user's is refused", "[base]") {
  const Folder folder;
  const auto mode = [&] {
    struct stat status {};
    REQUIRE(stat(folder.File().c_str(), &status) == 0);
    return status.st_mode & 07777;
  };
  for (const unsigned given : {0666U, 0622U, 0640U, 0604U, 0200U}) {
    INFO(std::oct << given);
    std::ofstream(folder.File()) << "old\n";
    REQUIRE(chmod(folder.File().c_str(), given) == 0);
    REQUIRE(LogFile(folder.File(), kLarge, 5).Append("new\n").ok());
    CHECK(mode() == (given & 0700));
  }
  if (geteuid() != 0) return;  // only root can give a file away
  REQUIRE(chown(folder.File().c_str(), 1, 1) == 0);
  REQUIRE(chmod(folder.File().c_str(), 0666) == 0);
  LogFile file(folder.File(), kLarge, 5);
  CHECK_THAT(file.Check().message(), Catch::Contains("another user (uid 1)") && Catch::Contains("Logfile"));
  CHECK_FALSE(file.Append("secret\n").ok());
  CHECK(std::filesystem::file_size(folder.File()) == 8);
}

// Every process writes lines of its own, through files that turn over all the time; the files hold each exactly once.
TEST_CASE("LogFile: processes that write at once lose and break no line", "[base]") {
  constexpr int kProcesses = 4;
  constexpr int kLines = 200;
  constexpr int kFiles = 500;
  const Folder folder;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      bool all = true;
      LogFile file(folder.File(), 200, kFiles);
      for (int i = 0; i < kLines; ++i) {
        all = all && file.Append("process " + std::to_string(process) + " line " + std::to_string(i) + "\n").ok();
      }
      _exit(all ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  std::multiset<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(folder.File()).parent_path())) {
    for (const std::string& line : LinesOf(entry.path())) found.insert(line);
  }
  CHECK(found.size() == kProcesses * kLines);
  for (int process = 0; process < kProcesses; ++process) {
    for (int i = 0; i < kLines; ++i) {
      CHECK(found.count("process " + std::to_string(process) + " line " + std::to_string(i)) == 1);
    }
  }
}

TEST_CASE("Log: an event is one line that can be read and searched", "[base]") {
  const Folder folder;
  FakeClock clock;
  const auto mask = [](std::string text) {
    if (const size_t at = text.find("se\"cret"); at != std::string::npos) text.replace(at, 7, "***");
    return text;
  };
  Log log({.path = folder.File(), .verbosity = 2}, clock, mask);
  log.Write({.module = LogModule::kQuery}, "a table", [](LogLine& line) {
    line.Add("rows", 3).Add("plan", "GET /v2/contacts?x=1").Add("body", "one\ntwo\t\"\\\x01\xFF\xC3\xA4").Add("empty", "");
  });
  log.Write({.module = LogModule::kApi, .verbosity = 2, .failed = true}, "",
            [](LogLine& line) { line.Add("x", "a se\"cret"); });
  CHECK(LinesOf(folder.File()) ==
        std::vector<std::string>{"2026-05-28T20:26:40.000Z info query \"a table\" rows=3 plan=\"GET /v2/contacts?x=1\" "
                                 "body=\"one\\ntwo\\t\\\"\\\\\\u0001\\u00ff\xC3\xA4\" empty=\"\"",
                                 "2026-05-28T20:26:40.000Z error api - x=\"a ***\""});
}

TEST_CASE("Log: what is not wanted is not even put together", "[base]") {
  const Folder folder;
  FakeClock clock;
  int filled = 0;
  const auto write = [&](Log& log, LogModule module, int verbosity) {
    log.Write({.module = module, .verbosity = verbosity}, "", [&](LogLine&) { ++filled; });
  };
  Log off({.path = "", .verbosity = 5}, clock, nullptr);
  write(off, LogModule::kQuery, 1);
  Log none;
  write(none, LogModule::kQuery, 1);
  CHECK(filled == 0);
  Log some({.path = folder.File(), .verbosity = 3, .modules = int64_t{1} << static_cast<int>(LogModule::kHttp)}, clock,
           nullptr);
  write(some, LogModule::kHttp, 4);
  write(some, LogModule::kQuery, 1);
  CHECK(filled == 0);
  write(some, LogModule::kHttp, 3);
  CHECK(filled == 1);
}

TEST_CASE("Log: lost lines are counted, and told of by the next line that can be written", "[base]") {
  const Folder folder;
  std::filesystem::create_directory(folder.File("sub"));
  FakeClock clock;
  Log log({.path = folder.File("sub/log")}, clock, nullptr);
  const auto write = [&] { log.Write({}, "", [](LogLine& line) { line.Add("x", 1); }); };
  write();
  std::filesystem::remove_all(folder.File("sub"));
  write();
  write();
  CHECK(log.lost_lines() == 2);
  std::filesystem::create_directory(folder.File("sub"));
  write();
  write();
  const auto lines = LinesOf(folder.File("sub/log"));
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[0], Catch::Contains("error sqlite - lost_lines=2 error=\"No such file or directory\""));
  CHECK(log.lost_lines() == 2);
}

TEST_CASE("Log: on a full disk or at a limit lines are whole or lost, and those that are lost are counted", "[base]") {
  const bool is_limit = GENERATE(true, false);
  const Folder folder;
  FakeClock clock;
  Log log({.path = folder.File()}, clock, nullptr);
  const auto write = [&](size_t size) { log.Write({}, "", [&](LogLine& line) { line.Add("x", std::string(size, 'x')); }); };
  write(1);
  const auto first = static_cast<rlim_t>(std::filesystem::file_size(folder.File()));
  {
    std::optional<FileSizeLimit> limit;
    std::optional<FailingWrite> full;
    if (is_limit) limit.emplace(first + 100);
    if (!is_limit) full.emplace(100, ENOSPC);
    write(200);  // has room for a part only
    write(200);
    write(1);  // has room, but not with the line that tells of the others
  }
  CHECK(std::filesystem::file_size(folder.File()) == first);
  CHECK(log.lost_lines() == 3);
  write(2);
  const auto lines = LinesOf(folder.File());
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[1],
             Catch::Contains("error sqlite - lost_lines=3 error=\"writing to it: " + ErrnoText(is_limit ? EFBIG : ENOSPC)));
  CHECK_THAT(lines[2], Catch::EndsWith("x=xx"));
}

}  // namespace
}  // namespace infusionsoft
