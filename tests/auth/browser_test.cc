// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "auth/browser.h"
#include "auth/browser_command.h"
#include "base/file_descriptor.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using Commands = std::vector<std::vector<std::string>>;

const char kUrl[] = "https://a.example/authorize?a=1&b=%2F;$(touch%20x)";

// A directory with programs, and an environment that names only what a test gives.
struct Machine {
  Machine() {
    for (const char* name : {"one", "two", "xdg-open"}) WriteFile(dir.Path(name), "#!/bin/sh\n", 0700);
    WriteFile(dir.Path("data"), "", 0600);
  }
  Commands Find(std::map<std::string, std::string> variables) {
    if (!variables.contains("PATH")) variables["PATH"] = "/nowhere:.:" + dir.Path();
    const BrowserEnvironment environment{[&](const char* name) -> const char* {
      const auto found = variables.find(name);
      return found == variables.end() ? nullptr : found->second.c_str();
    }};
    return BrowserCommands(environment, kUrl);
  }
  TempDir dir;
};

TEST_CASE("BrowserCommands: $BROWSER is a list of command lines", "[auth]") {
  Machine m;
  const std::string one = m.dir.Path("one");
  const std::string two = m.dir.Path("two");
  CHECK(m.Find({{"BROWSER", "one"}}) == Commands{{one, kUrl}});
  CHECK(m.Find({{"BROWSER", "none:two --new  %s:one"}}) == Commands{{two, "--new", kUrl}, {one, kUrl}});
  CHECK(m.Find({{"BROWSER", one + " --app=%s"}}) == Commands{{one, std::string("--app=") + kUrl}});
  CHECK(m.Find({{"BROWSER", "data"}}).empty());   // not a program
  CHECK(m.Find({{"BROWSER", "./one"}}).empty());  // not wherever we happen to be
  CHECK(m.Find({{"BROWSER", "::  : "}}).empty());
  CHECK(m.Find({{"BROWSER", "one"}, {"PATH", ""}}).empty());
}

TEST_CASE("BrowserCommands: xdg-open needs a display", "[auth]") {
  Machine m;
  const std::string xdg = m.dir.Path("xdg-open");
  CHECK(m.Find({}).empty());
  CHECK(m.Find({{"DISPLAY", ""}}).empty());
  CHECK(m.Find({{"DISPLAY", ":0"}}) == Commands{{xdg, kUrl}});
  CHECK(m.Find({{"WAYLAND_DISPLAY", "wayland-0"}}) == Commands{{xdg, kUrl}});
  CHECK(m.Find({{"DISPLAY", ":0"}, {"BROWSER", "one"}}) == Commands{{m.dir.Path("one"), kUrl}, {xdg, kUrl}});
  CHECK(m.Find({{"DISPLAY", ":0"}, {"PATH", "/nowhere"}}).empty());
}

TEST_CASE("SystemBrowser: runs the program with the URL as one word, in a session of its own", "[auth][processes]") {
  const TempDir dir;
  REQUIRE(mkfifo(dir.Path("out").c_str(), 0600) == 0);
  WriteFile(dir.Path("browser"),
            "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" \"$(ps -o sid= -p $$ 2>/dev/null || echo ?)\" > " +
                dir.Path("out") + "\n",
            0700);
  const ScopedVariable browser("BROWSER", (dir.Path("missing") + ":" + dir.Path("browser")).c_str());
  CHECK(SystemBrowser().Open(kUrl).ok());
  const std::string out = ReadFile(dir.Path("out"));  // waits for the program to write
  CHECK_THAT(out, Catch::Matchers::StartsWith(std::string("1\n") + kUrl + "\n"));
  CHECK_THAT(out, !Contains("\n " + std::to_string(getsid(0)) + "\n"));
}

TEST_CASE("SystemBrowser: neither browser nor terminal names the other way at once", "[auth]") {
  const ScopedVariable browser("BROWSER", nullptr);
  const ScopedVariable display("DISPLAY", nullptr);
  const ScopedVariable wayland("WAYLAND_DISPLAY", nullptr);
  const FileDescriptor terminal(dup(STDERR_FILENO));
  const FileDescriptor null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  REQUIRE(dup2(null.get(), STDERR_FILENO) >= 0);
  const Status status = SystemBrowser().Open(kUrl);
  REQUIRE(dup2(terminal.get(), STDERR_FILENO) >= 0);
  CHECK(status.code() == StatusCode::kUnavailable);
  CHECK_THAT(status.message(), Contains("infusionsoft_authorize_url()") && Contains("infusionsoft_exchange_code()"));
}

}  // namespace
}  // namespace infusionsoft
