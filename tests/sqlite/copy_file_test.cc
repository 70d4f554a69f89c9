// SPDX-License-Identifier: MIT
// CopyFile: versions, readers and writers, several processes, full disks and damaged files.
#include "sqlite/copy_file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "copies_support.h"
#include "support.h"
#include "support/full_disk.h"

namespace infusionsoft::sqlite_test {
namespace {

using Catch::Contains;
using sqlite::CopyFile;

const CopyKey kList{"owner", "", "/v2/contacts?fields=id%2Cemail"};

std::shared_ptr<CopyFile> OpenCopies(const TemporaryFile& file) {
  auto copies = std::make_shared<CopyFile>(CopiesOf(file));
  REQUIRE(copies->Prepare() == Status());
  return copies;
}

WallTime At(int64_t ms) { return WallTime(std::chrono::milliseconds(ms)); }

Status Copy(CopyStore& store, const CopyKey& key, const std::vector<std::string>& pages, int64_t time = 1) {
  auto writer = store.Make("infusionsoft_contacts");
  if (!writer) return writer.status();
  for (const std::string& page : pages) {
    if (Status status = (*writer)->Add(true, page); !status.ok()) return status;
  }
  return (*writer)->Publish(key, At(time));
}

// In a snapshot of its own.
Result<std::unique_ptr<CopyReader>> Open(CopyStore& store, const CopyKey& key) {
  auto snapshot = store.TakeSnapshot();
  if (!snapshot) return snapshot.status();
  return *snapshot == nullptr ? std::unique_ptr<CopyReader>() : (*snapshot)->Open(key);
}

// The pages of a copy with '|' between them; "none" when there is none.
std::string Read(CopyStore& store, const CopyKey& key) {
  auto reader = Open(store, key);
  if (!reader) return reader.status().message();
  if (*reader == nullptr) return "none";
  std::string text;
  for (int64_t page = 0; page < (*reader)->info().pages; ++page) {
    auto answer = (*reader)->Read(page);
    if (!answer) return answer.status().message();
    text += (page > 0 ? "|" : "") + answer->body;
  }
  return text;
}

TEST_CASE("CopyFile: a copy is seen when it is published, and then as a whole", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  CHECK(Read(*copies, kList) == "none");
  auto writer = copies->Make("infusionsoft_contacts");
  REQUIRE(writer.ok());
  CHECK((*writer)->Add(true, std::string("a\0b", 3)) == Status());
  CHECK((*writer)->Add(false, "") == Status());
  CHECK(Read(*copies, kList) == "none");
  CHECK((*writer)->Publish(kList, At(1234)) == Status());
  writer->reset();
  auto reader = Open(*copies, kList);
  REQUIRE(reader.ok());
  REQUIRE(*reader != nullptr);
  const CopyInfo info = (*reader)->info();
  CHECK(info.request == kList.request);
  CHECK(info.table_name == "infusionsoft_contacts");
  CHECK(info.copied_at == At(1234));
  CHECK(info.pages == 2);
  CHECK(info.bytes == 3);
  CHECK((*reader)->Read(0)->body == std::string("a\0b", 3));
  CHECK((*reader)->Read(1)->body.empty());
  CHECK_FALSE((*reader)->Read(1)->found);
  CHECK((*reader)->Read(0)->found);
}

TEST_CASE("CopyFile: a copy that is dropped leaves the older one, and nothing of itself", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"old", "er"}) == Status());
  {
    auto writer = copies->Make("t");
    REQUIRE((*writer)->Add(true, "half") == Status());
  }
  CHECK(Read(*copies, kList) == "old|er");
  REQUIRE(Copy(*copies, kList, {"new"}) == Status());  // by the connection that the other one had
  CHECK(Read(*copies, kList) == "new");
  CHECK(RunOnCopies(file, "SELECT count(*) FROM pages") == std::vector<std::string>{"1"});
}

TEST_CASE("CopyFile: readers keep their copy while others come, and writers wait for none", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"a1", "a2"}) == Status());
  auto first = Open(*copies, kList);
  CHECK((*first)->Read(0)->body == "a1");
  REQUIRE(Copy(*copies, kList, {"b1", "b2", "b3"}) == Status());
  auto second = Open(*copies, kList);
  REQUIRE(Copy(*OpenCopies(file), kList, {"c1"}) == Status());
  CHECK((*first)->Read(1)->body == "a2");
  CHECK((*second)->Read(2)->body == "b3");
  CHECK((*first)->info().id != (*second)->info().id);
  CHECK(Read(*copies, kList) == "c1");
}

TEST_CASE("CopyFile: a snapshot is of all copies, whatever becomes of them", "[sqlite]") {
  const TemporaryFile file;
  const CopyKey tags{"owner", "", "/v2/tags"};
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"a1", "a2"}) == Status());
  REQUIRE(Copy(*copies, tags, {"t1"}) == Status());
  auto snapshot = *copies->TakeSnapshot();
  auto first = *snapshot->Open(kList);
  REQUIRE(Copy(*copies, tags, {"u1", "u2"}) == Status());
  REQUIRE(Copy(*copies, {"owner", "", "/v2/notes"}, {"n1"}) == Status());
  REQUIRE(OpenCopies(file)->Forget("owner") == Status());
  auto second = *snapshot->Open(tags);
  CHECK((*snapshot->Open({"owner", "", "/v2/notes"})) == nullptr);
  snapshot.reset();
  REQUIRE(second != nullptr);
  CHECK(first->Read(0)->body == "a1");
  CHECK(second->info().pages == 1);
  CHECK(second->Read(0)->body == "t1");
  CHECK(first->Read(1)->body == "a2");
  CHECK(Read(*copies, tags) == "none");
}

TEST_CASE("CopyFile: accounts and requests are told apart", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"one"}) == Status());
  REQUIRE(Copy(*copies, {"owner", "", "/v2/tags"}, {"two"}) == Status());
  REQUIRE(Copy(*copies, {"other", "", kList.request}, {"three"}) == Status());
  CHECK(Read(*copies, {"other", "", kList.request}) == "three");
  CHECK(copies->List("owner", "")->size() == 2);
  CHECK(copies->Forget("owner") == Status());
  CHECK(Read(*copies, kList) == "none");
  CHECK(copies->List("owner", "")->empty());
  CHECK(Read(*copies, {"other", "", kList.request}) == "three");
}

TEST_CASE("CopyFile: sign-ins are told apart, and a copy takes the place of those of other ones", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  const auto key = [](const char* owner, const char* grant, const char* request = "/v2/tags") {
    return CopyKey{owner, grant, request};
  };
  for (const char* others : {"owne", "owner;", "owner0", "ownes", "other"})
    REQUIRE(Copy(*copies, key(others, "A"), {others}) == Status());
  REQUIRE(Copy(*copies, key("owner", "A"), {"a"}) == Status());
  REQUIRE(Copy(*copies, key("owner", "A", "/v2/notes"), {"b"}) == Status());
  CHECK(Read(*copies, key("owner", "A")) == "a");
  CHECK(Read(*copies, key("owner", "B")) == "none");
  CHECK(Read(*copies, key("owner", "")) == "none");
  CHECK(copies->List("owner", "A")->size() == 2);
  CHECK(copies->List("owner", "B")->empty());
  REQUIRE(Copy(*copies, key("owner", ""), {"c"}) == Status());
  CHECK(Read(*copies, key("owner", "A")) == "none");
  REQUIRE(Copy(*copies, key("owner", "B"), {"d"}) == Status());
  CHECK(Read(*copies, key("owner", "")) == "none");
  REQUIRE(Copy(*copies, key("owner", "B", "/v2/notes"), {"e"}) == Status());
  CHECK(copies->List("owner", "B")->size() == 2);
  REQUIRE(copies->Forget("owner") == Status());
  CHECK(RunOnCopies(file, "SELECT group_concat(account) FROM (SELECT account FROM copies ORDER BY 1)") ==
        std::vector<std::string>{"other:A,owne:A,owner0:A,owner;:A,ownes:A"});
  CHECK(RunOnCopies(file, "SELECT count(*) FROM pages") == std::vector<std::string>{"5"});
}

size_t OpenDescriptors() {
  const auto all = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

TEST_CASE("CopyFile: a connection to the file is kept for whoever comes next", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"old"}) == Status());
  const size_t open = OpenDescriptors();
  CHECK(copies->List("owner", "")->size() == 1);
  CHECK(OpenDescriptors() == open);
  CHECK(copies->Forget("owner") == Status());
  CHECK(OpenDescriptors() == open);
}

TEST_CASE("CopyFile: nothing is left in the file of what was deleted", "[sqlite]") {
  const TemporaryFile file;
  REQUIRE(Copy(*OpenCopies(file), kList, {std::string(10'000, 'x') + "SOMEBODY" + std::string(10'000, 'x')}) == Status());
  REQUIRE_THAT(TextOfFile(CopiesOf(file)), Contains("SOMEBODY"));
  REQUIRE(OpenCopies(file)->Forget("owner") == Status());
  CHECK_THAT(TextOfFile(CopiesOf(file)), !Contains("SOMEBODY"));
}

TEST_CASE("CopyFile: several processes copy one list, and every reader sees one copy", "[sqlite][processes]") {
  const TemporaryFile file;
  constexpr int kWriters = 3;
  constexpr int kCopies = 40;
  std::vector<pid_t> children;
  for (int child = 0; child < kWriters; ++child) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
      auto copies = std::make_shared<CopyFile>(CopiesOf(file));  // which all of them make at once
      bool good = copies->Prepare().ok();
      for (int i = 0; i < kCopies && good; ++i) {
        const std::string name = std::to_string(child) + "-" + std::to_string(i);
        good = Copy(*copies, kList, std::vector<std::string>(static_cast<size_t>(1 + i % 4), name)).ok();
      }
      copies.reset();
      _exit(good ? 0 : 1);
    }
    children.push_back(pid);
  }
  auto copies = std::make_shared<CopyFile>(CopiesOf(file));
  int mixed = 0;
  size_t running = children.size();
  while (running > 0) {
    std::string text = Read(*copies, kList);
    const std::string first = text.substr(0, text.find('|'));
    for (size_t at = 0; at != std::string::npos; at = text.find('|', at + 1)) {
      if (text.compare(at == 0 ? 0 : at + 1, first.size(), first) != 0) ++mixed;
    }
    int status = 0;
    if (waitpid(children[running - 1], &status, WNOHANG) == 0) continue;
    CHECK(status == 0);
    --running;
  }
  CHECK(mixed == 0);
  CHECK(RunOnCopies(
            file, "SELECT (SELECT count(*) FROM copies), (SELECT sum(pages) FROM copies) = (SELECT count(*) FROM pages)") ==
        std::vector<std::string>{"1|1"});
  CHECK(RunOnCopies(file, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("CopyFile: the empty file that a killed process left is cleared away", "[sqlite]") {
  const TemporaryFile file;
  const std::string left = CopiesOf(file) + ".new";
  std::ofstream(left) << "";
  REQUIRE(Copy(*OpenCopies(file), kList, {"old"}) == Status());
  CHECK(!std::filesystem::exists(left));
}

TEST_CASE("CopyFile: a process that is killed while it copies leaves nothing behind", "[sqlite][processes]") {
  const TemporaryFile file;
  REQUIRE(Copy(*OpenCopies(file), kList, {"old"}) == Status());
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    const auto copies = std::make_shared<CopyFile>(CopiesOf(file));
    auto writer = copies->Make("t");
    static_cast<void>((*writer)->Add(true, std::string(100'000, 'x')));
    _exit(0);  // without a destructor
  }
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  CHECK(Read(*OpenCopies(file), kList) == "old");
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CopiesOf(file)).parent_path())) {
    files += entry.path().filename().string().find("-wal") == std::string::npos &&
                     entry.path().filename().string().find("-shm") == std::string::npos
                 ? 1
                 : 0;
  }
  CHECK(files == 1);
}

// What a process that was killed leaves: the file, and its -wal with what it committed last.
void LeaveFiles(const TemporaryFile& file, const std::string& page) {
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    const auto copies = std::make_shared<CopyFile>(CopiesOf(file));
    _exit(Copy(*copies, kList, {page}).ok() ? 0 : 1);  // without a destructor
  }
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  REQUIRE(status == 0);
}

TEST_CASE("CopyFile: what a deleted file left beside it does not come back", "[sqlite][processes]") {
  const TemporaryFile file;
  LeaveFiles(file, "deleted");
  REQUIRE(std::filesystem::file_size(CopiesOf(file) + "-wal") > 0);
  std::filesystem::remove(CopiesOf(file));
  const auto copies = OpenCopies(file);
  CHECK(Read(*copies, kList) == "none");
  REQUIRE(Copy(*copies, kList, {"new"}) == Status());
  CHECK(Read(*copies, kList) == "new");
  CHECK(RunOnCopies(file, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("CopyFile: a file that nobody came to fill is empty, and is filled", "[sqlite]") {
  const TemporaryFile file;
  REQUIRE(fclose(fopen(CopiesOf(file).c_str(), "w")) == 0);
  std::filesystem::permissions(CopiesOf(file), std::filesystem::perms(0600));
  const auto copies = std::make_shared<CopyFile>(CopiesOf(file));
  CHECK(copies->Check() == Status());
  CHECK(Read(*copies, kList) == "none");
  {
    const FullDisk disk(1000);
    CHECK_THAT(copies->Prepare().message(), Contains("making it failed"));
  }
  CHECK(Read(*copies, kList) == "none");
  REQUIRE(Copy(*copies, kList, {"new"}) == Status());
  CHECK(Read(*copies, kList) == "new");
  CHECK(RunOnCopies(file, "PRAGMA journal_mode") == std::vector<std::string>{"wal"});
}

TEST_CASE("CopyFile: on a full disk the copy fails, and the older one stays", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = OpenCopies(file);
  REQUIRE(Copy(*copies, kList, {"old"}) == Status());
  Status status;
  {
    const FullDisk disk(std::filesystem::file_size(CopiesOf(file)) + 60'000);
    status = Copy(*copies, kList, {std::string(200'000, 'x')});
  }
  CHECK_THAT(status.message(),
             Contains("file of local copies " + CopiesOf(file) + ": writing failed (") && Contains("set CacheLocation to"));
  CHECK(Read(*copies, kList) == "old");
  REQUIRE(Copy(*copies, kList, {"new"}) == Status());
  CHECK(Read(*copies, kList) == "new");
}

TEST_CASE("CopyFile: a damaged file is an error that says so", "[sqlite]") {
  const TemporaryFile file;
  REQUIRE(Copy(*OpenCopies(file), kList, std::vector<std::string>(50, std::string(3000, 'x'))) == Status());
  {
    // Behind the header, which stays.
    FILE* bytes = fopen(CopiesOf(file).c_str(), "r+");
    REQUIRE(bytes != nullptr);
    REQUIRE(fseek(bytes, 4096, SEEK_SET) == 0);
    const std::string noise(static_cast<size_t>(std::filesystem::file_size(CopiesOf(file))) - 4096, '\x5a');
    REQUIRE(fwrite(noise.data(), 1, noise.size(), bytes) == noise.size());
    REQUIRE(fclose(bytes) == 0);
  }
  const auto copies = std::make_shared<CopyFile>(CopiesOf(file));
  CHECK_THAT(Read(*copies, kList), Contains("reading failed (database disk image is malformed); delete the file"));
  CHECK_THAT(copies->List("owner", "").status().message(), Contains("delete the file"));
  CHECK_THAT(Copy(*copies, kList, {"new"}).message(),
             Contains("writing failed (database disk image is malformed); delete the file"));
}

TEST_CASE("CopyFile: who holds the file for too long is an error", "[sqlite]") {
  const TemporaryFile file;
  const auto copies = std::make_shared<CopyFile>(CopiesOf(file), std::chrono::milliseconds(1));
  REQUIRE(Copy(*copies, kList, {"old"}) == Status());
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(CopiesOf(file).c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(Read(*copies, kList) == "old");  // readers do not wait
  CHECK_THAT(Copy(*copies, kList, {"new"}).message(), Contains("another program has been writing to it"));
  sqlite3_close(other);
  CHECK(Copy(*copies, kList, {"new"}) == Status());
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
