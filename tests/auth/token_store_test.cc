// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "auth/token_location.h"
#include "auth/token_store.h"
#include "base/clock.h"
#include "support/fake_clock.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

TokenSet SomeTokens(const std::string& name = "1") {
  TokenSet tokens;
  tokens.access_token = Secret("ACCESS-" + name);
  tokens.refresh_token = Secret("REFRESH-" + name);
  tokens.expires_at = WallTime(std::chrono::milliseconds(1780000000123));
  tokens.scope = "full|x.example";
  tokens.lifetime = 86400s;
  tokens.servers = "https://api.infusionsoft.com:443";
  return tokens;
}

std::unique_ptr<TokenStore> Open(const std::string& location, Clock& clock, const std::string& id = "id") {
  auto store = OpenTokenStore(location, id, clock);
  REQUIRE(store);
  return *std::move(store);
}

Status SaveLocked(TokenStore& store, const TokenSet& tokens) {
  auto lock = store.Acquire(Cancellation());
  if (!lock) return lock.status();
  return store.Save(tokens);
}

std::string LoadError(const std::string& path, const std::string& id = "id") {
  FakeClock clock;
  auto store = Open(path, clock, id);
  const auto loaded = store->Load();
  CHECK(!loaded);
  if (loaded) return "";
  CHECK(loaded.status().code() == StatusCode::kUnauthenticated);
  CHECK_THAT(loaded.status().message(), Contains(path) && !Contains("REFRESH-") && !Contains("ACCESS-"));
  return loaded.status().message();
}

TEST_CASE("FileTokenStore: what is saved is loaded, by another store too", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("a/b/tokens.json"), clock);
  CHECK(!*store->Load());
  REQUIRE(SaveLocked(*store, SomeTokens()).ok());
  const auto loaded = Open(dir.Path("a/b/tokens.json"), clock)->Load();
  REQUIRE(loaded);
  REQUIRE(*loaded);
  CHECK((*loaded)->access_token == Secret("ACCESS-1"));
  CHECK((*loaded)->refresh_token == Secret("REFRESH-1"));
  CHECK((*loaded)->expires_at == SomeTokens().expires_at);
  CHECK((*loaded)->lifetime == 86400s);
  CHECK((*loaded)->scope == "full|x.example");
  CHECK((*loaded)->servers == "https://api.infusionsoft.com:443");
  CHECK(!(*loaded)->sign_in);
  TokenSet bare;
  bare.access_token = Secret("only");
  REQUIRE(SaveLocked(*store, bare).ok());
  const auto again = store->Load();
  REQUIRE(again);
  CHECK(!(*again)->expires_at);
  CHECK(!(*again)->lifetime);
  CHECK((*again)->refresh_token.empty());
}

TEST_CASE("FileTokenStore: a sign-in under way is kept beside the tokens, or without any", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("tokens.json"), clock);
  TokenSet tokens = GENERATE(as<TokenSet>(), TokenSet(), SomeTokens());
  tokens.sign_in = SignInAttempt{"some state", Secret("some verifier"), clock.Now() + 1h};
  REQUIRE(SaveLocked(*store, tokens).ok());
  CHECK(ModeOf(dir.Path("tokens.json")) == 0600U);
  const auto loaded = Open(dir.Path("tokens.json"), clock)->Load();
  REQUIRE(loaded);
  CHECK((*loaded)->access_token == tokens.access_token);
  REQUIRE((*loaded)->sign_in);
  CHECK((*loaded)->sign_in->state == "some state");
  CHECK((*loaded)->sign_in->verifier == Secret("some verifier"));
  CHECK((*loaded)->sign_in->ends_at == clock.Now() + 1h);
  tokens.sign_in.reset();
  REQUIRE(SaveLocked(*store, tokens).ok());
  CHECK_THAT(ReadFile(dir.Path("tokens.json")), !Contains("some verifier") && !Contains("sign_in"));
}

TEST_CASE("FileTokenStore: what is removed is gone, and there may be nothing to remove", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("tokens.json"), clock);
  REQUIRE(SaveLocked(*store, SomeTokens()).ok());
  WriteFile(dir.Path("tokens.json.tmp"), "what a killed process left");
  for (int i = 0; i < 2; ++i) {
    const auto lock = store->Acquire(Cancellation());
    REQUIRE(lock);
    CHECK(store->Remove().ok());
    CHECK(!std::filesystem::exists(dir.Path("tokens.json")));
    CHECK(!std::filesystem::exists(dir.Path("tokens.json.tmp")));
  }
  CHECK(!*store->Load());
}

TEST_CASE("FileTokenStore: modes, whatever the umask", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  for (mode_t mask : {0000U, 0022U, 0777U}) {
    const std::string folder = dir.Path("m" + std::to_string(mask));
    const mode_t before = umask(mask);
    if (mask == 0777U) REQUIRE(mkdir(folder.c_str(), 0) == 0);
    if (mask == 0777U) REQUIRE(chmod(folder.c_str(), 0700) == 0);
    const Status status = SaveLocked(*Open(folder + "/t.json", clock), SomeTokens());
    umask(before);
    CHECK(status == Status());
    CHECK(ModeOf(folder) == 0700);
    CHECK(ModeOf(folder + "/t.json") == 0600);
    CHECK(ModeOf(folder + "/t.json.lock") == 0600);
    CHECK(!std::filesystem::exists(folder + "/t.json.tmp"));
  }
}

TEST_CASE("FileTokenStore: refuses a file that others may have read or written", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  const std::string path = dir.Path("t.json");
  REQUIRE(SaveLocked(*Open(path, clock), SomeTokens()).ok());
  for (mode_t mode : {0640U, 0604U, 0620U, 0602U, 0660U, 0644U}) {
    chmod(path.c_str(), mode);
    CHECK_THAT(LoadError(path), Contains("chmod 600"));
    CHECK(!SaveLocked(*Open(path, clock), SomeTokens("2")).ok());
  }
  chmod(path.c_str(), 0600);
  CHECK_THAT(ReadFile(path), Contains("ACCESS-1"));
  CHECK(Open(path, clock)->Load());
  if (geteuid() == 0) {
    REQUIRE(chown(path.c_str(), 12345, 12345) == 0);
    CHECK_THAT(LoadError(path), Contains("belongs to another user"));
  }
}

TEST_CASE("FileTokenStore: refuses links, pipes and directories", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  REQUIRE(SaveLocked(*Open(dir.Path("real.json"), clock), SomeTokens()).ok());
  std::filesystem::create_symlink(dir.Path("real.json"), dir.Path("link.json"));
  CHECK_THAT(LoadError(dir.Path("link.json")), Contains("symbolic link"));
  CHECK(!SaveLocked(*Open(dir.Path("link.json"), clock), SomeTokens("2")).ok());
  CHECK(std::filesystem::is_symlink(dir.Path("link.json")));
  std::filesystem::create_symlink(dir.Path("nothing"), dir.Path("dangling.json"));
  CHECK(!SaveLocked(*Open(dir.Path("dangling.json"), clock), SomeTokens("2")).ok());
  REQUIRE(mkfifo(dir.Path("pipe.json").c_str(), 0600) == 0);
  CHECK_THAT(LoadError(dir.Path("pipe.json")), Contains("ordinary file"));
  std::filesystem::create_symlink(dir.Path("elsewhere"), dir.Path("l.json.lock"));
  CHECK_THAT(SaveLocked(*Open(dir.Path("l.json"), clock), SomeTokens()).message(), Contains("symbolic link"));
  CHECK(!std::filesystem::exists(dir.Path("elsewhere")));
}

TEST_CASE("FileTokenStore: refuses a directory in which anybody may replace files", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  std::filesystem::create_directory(dir.Path("open"));
  chmod(dir.Path("open").c_str(), 0777);
  CHECK_THAT(SaveLocked(*Open(dir.Path("open/t.json"), clock), SomeTokens()).message(), Contains("chmod 700"));
  chmod(dir.Path("open").c_str(), 01777);
  CHECK(SaveLocked(*Open(dir.Path("open/t.json"), clock), SomeTokens()).ok());
}

TEST_CASE("FileTokenStore: a damaged or foreign file is an error and stays as it is", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  const std::string path = dir.Path("t.json");
  const std::string good =
      R"({"format":"infusionsoft tokens","version":1,"access_token":"ACCESS-x","refresh_token":"REFRESH-x"})";
  for (const std::string& bad :
       {std::string(), std::string("{"), good.substr(0, good.size() - 3), std::string("[]"), std::string("{}"),
        std::string(R"({"format":"infusionsoft tokens","version":"1"})"),
        std::string(R"({"format":"infusionsoft tokens","version":0})"),
        std::string(R"({"format":"infusionsoft tokens","version":1,"access_token":7})"),
        std::string(R"({"format":"infusionsoft tokens","version":1,"expires_at":"soon"})"),
        std::string(R"({"format":"infusionsoft tokens","version":1,"expires_in":"soon"})"), std::string(3, '\0')}) {
    WriteFile(path, bad);
    CHECK_THAT(LoadError(path), Contains("damaged") && Contains("sign in again"));
    CHECK(!SaveLocked(*Open(path, clock), SomeTokens()).ok());
    CHECK(ReadFile(path) == bad);
  }
  WriteFile(path, R"({"format":"package-lock","version":1})");
  CHECK_THAT(LoadError(path), Contains("not a token file"));
  WriteFile(path, R"({"format":"infusionsoft tokens","version":3})");
  CHECK_THAT(LoadError(path), Contains("later version"));
  WriteFile(path, std::string(2 << 20, ' '));
  CHECK_THAT(LoadError(path), Contains("too large"));
  WriteFile(path, good);
  CHECK(Open(path, clock)->Load());
  for (const char* lifetime : {"9223372036854775807", "-9223372036854775807", "0"}) {  // a hand that went wrong
    WriteFile(path, good.substr(0, good.size() - 1) + ",\"expires_in\":" + lifetime + "}");
    const auto loaded = Open(path, clock)->Load();
    REQUIRE(loaded);
    CHECK(!(*loaded)->lifetime);
  }
}

TEST_CASE("FileTokenStore: two client ids do not share a file", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  REQUIRE(SaveLocked(*Open(dir.Path("t.json"), clock, "one"), SomeTokens()).ok());
  CHECK_THAT(LoadError(dir.Path("t.json"), "two"), Contains("another OAuthClientId"));
  CHECK(!SaveLocked(*Open(dir.Path("t.json"), clock, "two"), SomeTokens()).ok());
}

TEST_CASE("FileTokenStore: members it does not know are kept", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  WriteFile(
      dir.Path("t.json"),
      R"({"note":{"by":["me",1.5,null]},"format":"infusionsoft tokens","version":1,"access_token":"a","other":true})");
  REQUIRE(SaveLocked(*Open(dir.Path("t.json"), clock), SomeTokens()).ok());
  const std::string text = ReadFile(dir.Path("t.json"));
  CHECK_THAT(text, Contains(R"("note":{"by":["me",1.5,null]})") && Contains(R"("other":true)") &&
                       Contains("ACCESS-1") && !Contains(R"("a")"));
}

TEST_CASE("FileTokenStore: a disk that is full", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("t.json"), clock);
  REQUIRE(SaveLocked(*store, SomeTokens()).ok());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tiny{16, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tiny);
  const Status status = SaveLocked(*store, SomeTokens("2"));
  setrlimit(RLIMIT_FSIZE, &before);
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK_THAT(status.message(), Contains(dir.Path("t.json")) && Contains("File too large"));
  CHECK(!std::filesystem::exists(dir.Path("t.json.tmp")));
  CHECK((*store->Load())->access_token == Secret("ACCESS-1"));
  WriteFile(dir.Path("t.json.tmp"), "left behind by a killed process", 0400);
  CHECK(SaveLocked(*store, SomeTokens("2")).ok());
  CHECK((*store->Load())->access_token == Secret("ACCESS-2"));
}

TEST_CASE("FileTokenStore: a place that cannot be written to", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  WriteFile(dir.Path("file"), "");
  CHECK_THAT(SaveLocked(*Open(dir.Path("file/t.json"), clock), SomeTokens()).message(),
             Contains("OAuthSettingsLocation"));
  CHECK_THAT(SaveLocked(*Open("/proc/nothing/t.json", clock), SomeTokens()).message(), Contains("/proc/nothing"));
}

TEST_CASE("FileTokenStore: a lock that others hold is waited for, but not for ever", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("t.json"), clock);
  REQUIRE(SaveLocked(*store, SomeTokens()).ok());
  FileDescriptor other(open(dir.Path("t.json.lock").c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(flock(other.get(), LOCK_EX) == 0);
  const auto lock = store->Acquire(Cancellation());
  REQUIRE(!lock);
  CHECK(lock.status().code() == StatusCode::kUnavailable);
  CHECK_THAT(lock.status().message(), Contains(dir.Path("t.json.lock")) && Contains("150 s"));
  int asked = 0;
  const Cancellation stop([](void* count) { return ++*static_cast<int*>(count) > 3; }, &asked);
  CHECK(store->Acquire(stop).status().code() == StatusCode::kInterrupted);
  other.Close();
  CHECK(store->Acquire(Cancellation()));
}

TEST_CASE("FileTokenStore: two stores of one process take turns", "[auth][threads]") {
  const TempDir dir;
  const std::string path = dir.Path("t.json");
  int inside = 0;
  int most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      FakeClock clock;  // would give up at once if it had to sleep
      auto store = OpenTokenStore(path, "id", clock);
      for (int j = 0; j < 20; ++j) {
        auto lock = (*store)->Acquire(Cancellation());
        if (!lock) std::abort();
        most = std::max(most, ++inside);
        --inside;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(most == 1);
}

TEST_CASE("FileTokenStore: the lock of a file that was deleted meanwhile does not count", "[auth]") {
  const TempDir dir;
  FakeClock clock;
  auto store = Open(dir.Path("t.json"), clock);
  REQUIRE(SaveLocked(*store, SomeTokens()).ok());
  struct Others {
    std::string path;
    FileDescriptor first, second;
    int asked = 0;
  } others{dir.Path("t.json.lock"), {}, {}, 0};
  others.first = FileDescriptor(open(others.path.c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(flock(others.first.get(), LOCK_EX) == 0);
  const Cancellation meanwhile(
      [](void* context) {
        auto& o = *static_cast<Others*>(context);
        if (++o.asked == 1) {  // replaced, and the successor is locked; then the old one is released
          unlink(o.path.c_str());
          o.second = FileDescriptor(open(o.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
          flock(o.second.get(), LOCK_EX);
          o.first.Close();
        }
        if (o.asked == 4) o.second.Close();
        return false;
      },
      &others);
  auto lock = store->Acquire(meanwhile);
  REQUIRE(lock);
  CHECK(others.asked == 4);
  lock->reset();
  CHECK(std::filesystem::exists(others.path));  // never deleted by us
}

TEST_CASE("MemoryTokenStore: shared by name within the process, apart by client id", "[auth]") {
  FakeClock clock;
  REQUIRE(SaveLocked(*Open("memory://shared", clock), SomeTokens()).ok());
  CHECK((*Open("memory://shared", clock)->Load())->access_token == Secret("ACCESS-1"));
  CHECK(!*Open("memory://other", clock)->Load());
  CHECK(!*Open("memory://shared", clock, "another id")->Load());
  CHECK(Open("memory://shared", clock)->Describe() == "memory");
  CHECK(!OpenTokenStore("memory://", "id", clock));
}

TEST_CASE("TokenFilePath: the default place, directories and files", "[auth]") {
  const TempDir dir;
  const std::string name = TokenFileName("id");
  const ScopedVariable home("HOME", "/home/me");
  const ScopedVariable config("XDG_CONFIG_HOME", "/cfg");
  CHECK(TokenFilePath("", "id").value() == "/cfg/infusionsoft/" + name);
  setenv("XDG_CONFIG_HOME", "relative", 1);
  CHECK(TokenFilePath("", "id").value() == "/home/me/.config/infusionsoft/" + name);
  CHECK(TokenFilePath("~/x.json", "id").value() == "/home/me/x.json");
  CHECK(TokenFilePath("/a/./b/../t.json", "id").value() == "/a/t.json");
  CHECK(TokenFilePath("/a/b/", "id").value() == "/a/b/" + name);
  CHECK(TokenFilePath(dir.Path(), "id").value() == dir.Path() + "/" + name);
  CHECK_THAT(TokenFilePath("t.json", "id").value(), StartsWith("/") && EndsWith("/t.json"));
  unsetenv("HOME");
  unsetenv("XDG_CONFIG_HOME");
  FakeClock clock;
  CHECK(!TokenFilePath("", "id"));
  auto store = Open("", clock);  // opening is not using
  CHECK_THAT(store->Load().status().message(), Contains("OAuthSettingsLocation"));
  CHECK(!store->Acquire(Cancellation()));
}

TEST_CASE("TokenFileName: safe, and different for different ids", "[auth]") {
  CHECK(TokenFileName("../../etc/passwd").find('/') == std::string::npos);
  CHECK(TokenFileName("a/b") != TokenFileName("a_b"));
  CHECK(TokenFileName("ABC") != TokenFileName("abc"));
  CHECK(TokenFileName(std::string(5000, 'x')).size() < 100);
  CHECK(TokenFileName(std::string(41, 'x')) != TokenFileName(std::string(42, 'x')));
  CHECK_THAT(TokenFileName(""), EndsWith(".json") && !StartsWith("-"));
}

}  // namespace
}  // namespace infusionsoft
