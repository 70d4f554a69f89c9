// SPDX-License-Identifier: MIT
// A disk that takes nothing more: neither a refresh token nor a code is spent on tokens that could not be saved. The disk is
// a tmpfs of a few kilobytes, which only a thread of the test sees.
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "auth_fixture.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

// Runs `body` with a small disk at `directory`. False when this machine does not let the test mount one.
bool WithSmallDisk(const std::string& directory, const std::string& options, const std::function<void()>& body) {
  bool is_mounted = false;
  std::thread([&] {
    if (unshare(CLONE_FS | CLONE_NEWNS) != 0) return;
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return;
    if (mount("none", directory.c_str(), "tmpfs", 0, options.c_str()) != 0) return;
    is_mounted = true;
    body();
    umount2(directory.c_str(), MNT_DETACH);
  }).join();
  if (!is_mounted) WARN("skipped: a file system cannot be mounted here (it takes root)");
  return is_mounted;
}

void Fill(const std::string& path) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const std::string block(1024, 'x');
  while (write(file.get(), block.data(), block.size()) > 0) {
  }
}

// Credentials with real files below `directory`.
struct OnDisk {
  explicit OnDisk(const std::string& directory) : path(directory + "/tokens.json") {
    f.options.oauth_settings_location = path;
    Save(-1h);
    f.made = std::make_unique<Credentials>(f.options, f.endpoint.transport, Store(), f.clock, f.browser);
  }
  std::unique_ptr<TokenStore> Store() { return OpenTokenStore(path, "client-id", f.clock).value(); }
  void Save(std::chrono::milliseconds left) {
    f.Store(left);
    auto store = Store();
    const auto lock = store->Acquire(Cancellation());
    if (!store->Save(*f.state->tokens).ok()) std::abort();
  }
  std::string Stored() { return std::string((**Store()->Load()).refresh_token.Reveal()); }

  std::string path;
  Fixture f;
};

// What was seen on the small disk; asserted by the test's own thread.
struct Seen {
  Status first;
  int calls = -1;
  std::string stored;
  std::string later;
  bool left_over = true;
};

TEST_CASE("Full disk: the refresh token is not sent, and works when there is room again", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    Fill(dir.Path("filler"));
    seen.first = disk.f.credentials().AccessToken(Cancellation()).status();
    seen.calls = disk.f.endpoint.calls;
    seen.stored = disk.Stored();
    seen.left_over = std::filesystem::exists(disk.path + ".tmp");
    unlink(dir.Path("filler").c_str());
    seen.later = disk.f.Token();
  });
  if (!ran) return;
  CHECK(seen.first.code() == StatusCode::kUnavailable);
  CHECK_THAT(seen.first.message(),
             Contains("No space left") && Contains("tokens.json") && Contains("OAuthSettingsLocation"));
  CHECK(seen.calls == 0);
  CHECK(seen.stored == "REFRESH-0");
  CHECK(!seen.left_over);
  CHECK(seen.later == "ACCESS-1");
}

TEST_CASE("Full disk: one that fills up while the server answers takes the new tokens all the same", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    disk.f.endpoint.on_request = [&] { Fill(dir.Path("filler")); };
    seen.later = disk.f.Token();
    seen.stored = disk.Stored();
    seen.left_over = std::filesystem::exists(disk.path + ".tmp");
  });
  if (!ran) return;
  CHECK(seen.later == "ACCESS-1");
  CHECK(seen.stored == "REFRESH-1");
  CHECK(!seen.left_over);
}

TEST_CASE("Full disk: no room for another file name", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=1m,nr_inodes=5", [&] {
    OnDisk disk(dir.Path());  // the root, the tokens and their lock
    for (const char* name : {"a", "b", "c"}) close(open(dir.Path(name).c_str(), O_CREAT | O_CLOEXEC, 0600));
    seen.first = disk.f.credentials().AccessToken(Cancellation()).status();
    seen.calls = disk.f.endpoint.calls;
  });
  if (!ran) return;
  CHECK_THAT(seen.first.message(), Contains("No space left"));
  CHECK(seen.calls == 0);
}

TEST_CASE("Full disk: a token that still lives is used", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    disk.Save(1min);  // near its end: to be refreshed, if that can be
    Fill(dir.Path("filler"));
    seen.later = disk.f.Token();
    seen.calls = disk.f.endpoint.calls;
  });
  if (!ran) return;
  CHECK(seen.later == "ACCESS-0");
  CHECK(seen.calls == 0);
}

TEST_CASE("Full disk: no code is spent, and tokens can be deleted", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    Fill(dir.Path("filler"));
    seen.first = disk.f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation());
    seen.calls = disk.f.endpoint.calls;
    seen.later = disk.f.credentials().Forget(Cancellation()).value();
    seen.left_over = std::filesystem::exists(disk.path);
  });
  if (!ran) return;
  CHECK_THAT(seen.first.message(), Contains("No space left"));
  CHECK(seen.calls == 0);
  CHECK_THAT(seen.later, Contains("tokens.json"));
  CHECK(!seen.left_over);
}

TEST_CASE("Full disk: one that became read-only", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    mount("none", dir.Path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
    seen.first = disk.f.credentials().AccessToken(Cancellation()).status();
    seen.calls = disk.f.endpoint.calls;
  });
  if (!ran) return;
  CHECK_THAT(seen.first.message(), Contains("Read-only") && Contains("OAuthSettingsLocation"));
  CHECK(seen.calls == 0);
}

// As when one file is mounted into a container: it can be read and written, and nothing can take its place.
TEST_CASE("Full disk: a token file that cannot be replaced, because it is a mount point", "[auth]") {
  const TempDir dir;
  Seen seen;
  const bool ran = WithSmallDisk(dir.Path(), "size=64k", [&] {
    OnDisk disk(dir.Path());
    mount(disk.path.c_str(), disk.path.c_str(), nullptr, MS_BIND, nullptr);
    seen.first = disk.f.credentials().AccessToken(Cancellation()).status();
    seen.calls = disk.f.endpoint.calls;
    seen.stored = disk.Stored();
    seen.left_over = std::filesystem::exists(disk.path + ".tmp");
    umount2(disk.path.c_str(), MNT_DETACH);
    seen.later = disk.f.Token();
  });
  if (!ran) return;
  CHECK(seen.first.code() == StatusCode::kUnavailable);
  CHECK_THAT(seen.first.message(),
             Contains("Device or resource busy") && Contains("none were asked for") && Contains("OAuthSettingsLocation"));
  CHECK(seen.calls == 0);
  CHECK(seen.stored == "REFRESH-0");
  CHECK(!seen.left_over);
  CHECK(seen.later == "ACCESS-1");
}

// SIGXFSZ would end the test: the limit is looked at, not run into.
TEST_CASE("Full disk: a limit on the size of files is one, and raises no signal", "[auth]") {
  const TempDir dir;
  OnDisk disk(dir.Path());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tiny{16, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tiny);
  const Status status = disk.f.credentials().AccessToken(Cancellation()).status();
  setrlimit(RLIMIT_FSIZE, &before);
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK_THAT(status.message(), Contains("File too large"));
  CHECK(disk.f.endpoint.calls == 0);
  CHECK(disk.Stored() == "REFRESH-0");
  CHECK(disk.f.Token() == "ACCESS-1");
}

// A store whose save reports a failure, before or after it took the tokens.
TEST_CASE("Credentials: a save that fails says where the tokens are", "[auth]") {
  Fixture f;
  f.Store(-1h);
  f.state->save_failure = Status(StatusCode::kUnavailable, "syncing the directory: Input/output error");
  const bool took_them = GENERATE(false, true);
  f.state->takes_what_fails = took_them;
  const std::string message = f.Token();
  CHECK_THAT(message, Contains("Input/output error"));
  CHECK((message.find("in the memory of this process only") == std::string::npos) == took_them);
  CHECK((message.find("stored") != std::string::npos));
  f.state->save_failure = Status();
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.endpoint.calls == 1);
  CHECK(f.state->tokens->refresh_token == Secret("REFRESH-1"));
  CHECK(f.log.events().back() == "save ACCESS-1");  // once more, durably
}

}  // namespace
}  // namespace infusionsoft
