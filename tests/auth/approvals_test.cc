// SPDX-License-Identifier: MIT
// The file in which the approved texts are remembered.
#include "auth/approvals.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "auth/crypto.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

class Home {
 public:
  std::string File(const std::string& end = "") const { return dir_.Path("infusionsoft/approved_tables" + end); }
  Status Add(const std::string& text) const { return approvals_.Add(text, Cancellation()); }
  Result<bool> Contain(const std::string& text) const { return approvals_.Contain(text); }
  std::string Path(const std::string& name = "") const { return dir_.Path(name); }

 private:
  TempDir dir_;
  ScopedVariable config_{"XDG_CONFIG_HOME", dir_.Path().c_str()};
  Approvals approvals_{SystemClock()};
};

TEST_CASE("HMAC-SHA256: the vectors of RFC 4231", "[auth]") {
  CHECK(HmacSha256Hex(Secret(std::string(20, '\x0b')), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(HmacSha256Hex(Secret("Jefe"), "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("Approvals: what is added is found again, and nothing else", "[auth]") {
  const Home home;
  CHECK_FALSE(home.Contain("a").value());
  CHECK_FALSE(std::filesystem::exists(home.File()));  // to look makes no file
  REQUIRE(home.Add(std::string("a\0b", 3)).ok());
  REQUIRE(home.Add("c").ok());
  CHECK(home.Contain(std::string("a\0b", 3)).value());
  CHECK(home.Contain("c").value());
  for (const char* other : {"a", "b", "", "C", "c "}) CHECK_FALSE(home.Contain(other).value());
}

TEST_CASE("Approvals: the file is the user's alone, and holds no text", "[auth]") {
  const Home home;
  REQUIRE(home.Add("OAuthClientSecret=hunter2").ok());
  CHECK(ModeOf(home.File()) == 0600U);
  CHECK(ModeOf(home.Path("infusionsoft")) == 0700U);
  const std::string text = ReadFile(home.File());
  CHECK(text.find("hunter2") == std::string::npos);
  CHECK(text.find(Sha256Hex("OAuthClientSecret=hunter2")) == std::string::npos);  // the digests are keyed
  REQUIRE(home.Add("OAuthClientSecret=hunter2").ok());
  CHECK(ReadFile(home.File()) == text);
  // Another user's key gives other digests.
  const Home other;
  REQUIRE(other.Add("OAuthClientSecret=hunter2").ok());
  CHECK(ReadFile(other.File()).substr(100) != text.substr(100));
}

TEST_CASE("Approvals: a file that others could have written approves nothing", "[auth]") {
  const Home home;
  REQUIRE(home.Add("a").ok());
  const std::string text = ReadFile(home.File());
  for (const mode_t mode : {mode_t{0644}, mode_t{0620}, mode_t{0602}}) {
    chmod(home.File().c_str(), mode);
    CHECK_THAT(home.Contain("a").status().message(), Contains("chmod 600"));
    CHECK_FALSE(home.Add("b").ok());
    CHECK(ReadFile(home.File()) == text);
  }
  chmod(home.File().c_str(), 0600);
  chmod(home.Path("infusionsoft").c_str(), 0777);
  CHECK_THAT(home.Contain("a").status().message(), Contains("chmod 700"));
  chmod(home.Path("infusionsoft").c_str(), 0700);
  CHECK(home.Contain("a").value());
  std::filesystem::rename(home.File(), home.File(".real"));
  std::filesystem::create_symlink(home.File(".real"), home.File());
  CHECK_THAT(home.Contain("a").status().message(), Contains("symbolic link"));
  if (geteuid() != 0) return;  // only root can give a file away
  std::filesystem::remove(home.File());
  std::filesystem::rename(home.File(".real"), home.File());
  REQUIRE(chown(home.File().c_str(), 1, 1) == 0);
  CHECK_THAT(home.Contain("a").status().message(), Contains("another user (uid 1)"));
}

TEST_CASE("Approvals: a damaged file approves nothing and is not replaced", "[auth]") {
  const Home home;
  REQUIRE(home.Add("a").ok());
  const std::string whole = ReadFile(home.File());
  for (const std::string& text : {std::string(), std::string("x"), whole.substr(0, 40), whole.substr(0, whole.size() - 3),
                                  whole + "zz\n", "infusionsoft approved tables 2" + whole.substr(30)}) {
    INFO(text);
    WriteFile(home.File(), text);
    CHECK_THAT(home.Contain("a").status().message(), Contains("it is damaged"));
    CHECK_FALSE(home.Add("b").ok());
    CHECK(ReadFile(home.File()) == text);
  }
}

TEST_CASE("Approvals: a place that cannot be written says so", "[auth]") {
  const Home home;
  WriteFile(home.Path("infusionsoft"), "a file where the directory should be");
  CHECK_THAT(home.Add("a").message(), Contains("not a directory"));
  const ScopedVariable config("XDG_CONFIG_HOME", nullptr);
  const ScopedVariable user("HOME", nullptr);
  CHECK_THAT(home.Add("a").message(), Contains("there is no place for the approvals of tables"));
  CHECK_FALSE(home.Contain("a").ok());
}

TEST_CASE("Approvals: the oldest go when there are too many", "[auth]") {
  const Home home;
  REQUIRE(home.Add("first").ok());
  REQUIRE(home.Add("second").ok());
  std::string text = ReadFile(home.File());
  for (size_t i = 2; i < Approvals::kMostApprovals; ++i) text += Sha256Hex(std::to_string(i)) + "\n";
  WriteFile(home.File(), text);
  CHECK(home.Contain("first").value());
  REQUIRE(home.Add("last").ok());
  CHECK_FALSE(home.Contain("first").value());
  CHECK(home.Contain("second").value());
  CHECK(home.Contain("last").value());
}

TEST_CASE("Approvals: processes that approve at once lose nothing", "[auth]") {
  const Home home;
  constexpr int kProcesses = 4;
  constexpr int kTexts = 12;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      bool good = true;
      for (int i = 0; i < kTexts; ++i) good = good && home.Add(std::to_string(process) + "/" + std::to_string(i)).ok();
      _exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  for (int process = 0; process < kProcesses; ++process) {
    for (int i = 0; i < kTexts; ++i) CHECK(home.Contain(std::to_string(process) + "/" + std::to_string(i)).value());
  }
}

}  // namespace
}  // namespace infusionsoft
