// SPDX-License-Identifier: MIT
#include <openssl/err.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <string>

#include "auth/crypto.h"
#include "auth/token_store.h"
#include "base/base64.h"
#include "json/document.h"
#include "support/fake_clock.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

constexpr char kKey[] = "a phrase, a person's";

TokenSet Tokens(const std::string& name) {
  TokenSet tokens;
  tokens.access_token = Secret("ACCESS-" + name);
  tokens.refresh_token = Secret("REFRESH-" + name);
  return tokens;
}

// One token file, opened with any key.
struct SealedFile {
  std::unique_ptr<TokenStore> Open(const std::string& key) { return *OpenTokenStore(path, "the-id", clock, Secret(key)); }
  Status Save(const std::string& key, const std::string& name) {
    auto store = Open(key);
    auto lock = store->Acquire(Cancellation());
    return lock ? store->Save(Tokens(name)) : lock.status();
  }
  // The refresh token, or the error, which must name the place and hold nothing of it.
  std::string Load(const std::string& key) {
    const auto loaded = Open(key)->Load();
    if (loaded) return *loaded ? std::string((*loaded)->refresh_token.Reveal()) : "nothing";
    const std::string& message = loaded.status().message();
    CHECK_THAT(message, Contains(dir.Path()) && !Contains("REFRESH-") && !Contains("ACCESS-") && !Contains(kKey));
    CHECK(loaded.status().code() == StatusCode::kUnauthenticated);
    return message;
  }
  // The value of a member as it stands in the file.
  std::string Member(const std::string& name) const {
    std::smatch found;
    const std::string text = ReadFile(path);
    return std::regex_search(text, found, std::regex("\"" + name + R"re("\s*:\s*"?([^",}]*))re")) ? found[1].str() : "";
  }
  void Replace(const std::string& name, const std::string& value) const {
    std::string text = ReadFile(path);
    const std::string old = Member(name);
    text.replace(text.find(old, text.find("\"" + name + "\"")), old.size(), value);
    WriteFile(path, text);
  }
  // Neither reading nor saving with `key` works or changes a byte.
  std::string Refused(const std::string& key) {
    const std::string before = ReadFile(path);
    const std::string message = Load(key);
    CHECK_FALSE(Save(key, "lost").ok());
    CHECK(ReadFile(path) == before);
    return message;
  }

  TempDir dir;
  FakeClock clock;
  std::string path = dir.Path("t.json");
};

TEST_CASE("TokenSeal: nothing of the tokens stands in a sealed file, and the key opens it", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save(kKey, "1").ok());
  const std::string text = ReadFile(file.path);
  CHECK_THAT(text, !Contains("REFRESH-") && !Contains("ACCESS-") && !Contains("the-id") && !Contains(kKey));
  CHECK(ModeOf(file.path) == 0600);
  CHECK(file.Load(kKey) == "REFRESH-1");
  REQUIRE(file.Save(kKey, "2").ok());
  CHECK(file.Load(kKey) == "REFRESH-2");
}

TEST_CASE("TokenSeal: a nonce for each write, one salt for a file", "[auth]") {
  SealedFile file;
  std::set<std::string> nonces;
  std::set<std::string> salts;
  for (int i = 0; i < 5; ++i) {
    REQUIRE(file.Save(kKey, "same").ok());
    nonces.insert(file.Member("nonce"));
    salts.insert(file.Member("salt"));
    CHECK(DecodeBase64(file.Member("nonce"))->size() == kGcmNonceBytes);
    CHECK(DecodeBase64(file.Member("salt"))->size() == 16);
  }
  CHECK(nonces.size() == 5);
  CHECK(salts.size() == 1);
  SealedFile another;
  REQUIRE(another.Save(kKey, "same").ok());
  CHECK(another.Member("salt") != file.Member("salt"));
}

TEST_CASE("TokenSeal: an open file is sealed when it is next written, and keeps what it holds", "[auth]") {
  SealedFile file;
  WriteFile(file.path,
            R"({"format":"infusionsoft tokens","version":1,"refresh_token":"REFRESH-open","note":{"a":[1.5,null]}})");
  CHECK(file.Load(kKey) == "REFRESH-open");
  CHECK_THAT(ReadFile(file.path), Contains("REFRESH-open"));  // reading changes nothing
  REQUIRE(file.Save(kKey, "sealed").ok());
  CHECK_THAT(ReadFile(file.path), !Contains("REFRESH-") && !Contains("note"));
  CHECK(file.Load(kKey) == "REFRESH-sealed");
  REQUIRE(file.Save(kKey, "again").ok());

  // Opened by hand as the header describes it: the member that nobody knows is still there.
  const auto keys = ScryptKey(kKey, *DecodeBase64(file.Member("salt")), 48);
  std::string header = ReadFile(file.path);
  header.resize(header.find(",\"sealed\""));
  const auto open = OpenGcm(Secret(keys->Reveal().substr(0, 32)), *DecodeBase64(file.Member("nonce")), header + "}",
                            *DecodeBase64(file.Member("sealed")));
  REQUIRE(open);
  CHECK_THAT(std::string(open->Reveal()), Contains(R"("note":{"a":[1.5,null]})") && Contains("REFRESH-again"));
  CHECK(DecodeBase64(file.Member("key_check")) == std::string(keys->Reveal().substr(32)));
}

TEST_CASE("TokenSeal: each thing that can be wrong has its own message and leaves the file as it is", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save(kKey, "1").ok());
  const std::string good = ReadFile(file.path);
  CHECK_THAT(file.Refused(""), Contains("is sealed") && Contains("give the TokenKey"));
  CHECK_THAT(file.Refused("another"), Contains("not the one that the file was sealed with"));
  for (size_t size = 0; size + 2 < good.size(); size += 7) {  // +2: the closing brace and the line's end
    WriteFile(file.path, good.substr(0, size));
    CHECK_THAT(file.Refused(kKey), Contains("cut short or damaged"));
    CHECK_THAT(file.Refused(""), Contains("cut short or damaged"));
  }
  WriteFile(file.path, good);
  std::string sealed = file.Member("sealed");
  sealed[sealed.size() / 2] = sealed[sealed.size() / 2] == 'A' ? 'B' : 'A';
  file.Replace("sealed", sealed);
  CHECK_THAT(file.Refused(kKey), Contains("altered or cut short") && Contains("sign in again"));
  file.Replace("sealed", "AAAA");
  CHECK_THAT(file.Refused(kKey), Contains("altered or cut short"));
  file.Replace("sealed", "not base64!");
  CHECK_THAT(file.Refused(kKey), Contains("the sealed file is damaged"));
  WriteFile(file.path, good);
  file.Replace("version", "3");
  CHECK_THAT(file.Refused(kKey), Contains("later version"));
  WriteFile(file.path, good);
  CHECK(file.Load(kKey) == "REFRESH-1");
}

TEST_CASE("TokenSeal: the header is authenticated", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save(kKey, "1").ok());
  const std::string good = ReadFile(file.path);
  for (const std::string name : {"cipher", "kdf", "salt", "key_check", "nonce"}) {
    std::string value = file.Member(name);
    value[0] = value[0] == 'B' ? 'C' : 'B';
    file.Replace(name, value);
    CAPTURE(name);
    CHECK_THAT(file.Refused(kKey), Contains("altered") || Contains("damaged"));
    WriteFile(file.path, good);
  }
  WriteFile(file.path, "{\"added\":1," + good.substr(1));
  CHECK_THAT(file.Refused(kKey), Contains("altered"));
  WriteFile(file.path, good.substr(0, good.find(",\"cipher\"")) + ", " + good.substr(good.find(",\"cipher\"") + 1));
  CHECK(file.Load(kKey) == "REFRESH-1");  // spaces say nothing
}

TEST_CASE("TokenSeal: members of the header that a later version has added are kept and authenticated", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save(kKey, "1").ok());
  // As that version would have written it.
  const auto keys = ScryptKey(kKey, *DecodeBase64(file.Member("salt")), 48);
  std::string header = ReadFile(file.path);
  header.resize(header.find(",\"sealed\""));
  header += R"(,"hint":"in the safe"})";
  const auto sealed = SealGcm(Secret(keys->Reveal().substr(0, 32)), *DecodeBase64(file.Member("nonce")), header,
                              R"({"format":"infusionsoft tokens","version":1,"refresh_token":"REFRESH-later"})");
  REQUIRE(sealed);
  header.pop_back();
  WriteFile(file.path, header + ",\"sealed\":\"" + Base64(*sealed) + "\"}");
  CHECK(file.Load(kKey) == "REFRESH-later");
  REQUIRE(file.Save(kKey, "2").ok());
  CHECK(file.Member("hint") == "in the safe");
  CHECK(file.Load(kKey) == "REFRESH-2");
  file.Replace("hint", "elsewhere");
  CHECK_THAT(file.Refused(kKey), Contains("altered"));
}

TEST_CASE("Crypto: AES-256-GCM and scrypt give what their standards say", "[auth]") {
  // The GCM specification's test case 16, with its tag.
  const auto bytes = [](const std::string& hex) {
    std::string text;
    for (size_t i = 0; i < hex.size(); i += 2) text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return text;
  };
  const Secret key(bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  const std::string nonce = bytes("cafebabefacedbaddecaf888");
  const std::string header = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const std::string plain = bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637"
      "b39");
  const std::string sealed = bytes(
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f"
      "662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  CHECK(SealGcm(key, nonce, header, plain).value() == sealed);
  const auto opened = OpenGcm(key, nonce, header, sealed);
  REQUIRE(opened);
  CHECK(opened->Reveal() == plain);
  CHECK_FALSE(OpenGcm(key, nonce, "", sealed));
  CHECK_FALSE(OpenGcm(Secret("short"), nonce, header, sealed));
  CHECK_FALSE(OpenGcm(key, nonce, header, "short"));
  // Made with another implementation of RFC 7914 (Python's hashlib.scrypt).
  CHECK(ScryptKey("pleaseletmein", "SodiumChloride", 48).value() ==
        Secret(bytes("f72cbc204bdcfc3ff5b115d8508aec1566ff0ef3f658388601a3933078ef7ac8198154d9cdb167f8c1cbf22b25eb4934")));
}

// As with OpenSSL's provider for FIPS: the algorithm is not there, and that is no lack of memory.
TEST_CASE("Crypto: a key that OpenSSL does not derive is an error with its reason", "[auth]") {
  ERR_clear_error();
  ERR_raise(ERR_LIB_USER, 7);  // the host's
  REQUIRE(EVP_set_default_properties(nullptr, "provider=none") == 1);
  const Status status = ScryptKey("text", "salt", 32).status();
  REQUIRE(EVP_set_default_properties(nullptr, "") == 1);
  CHECK(status.code() == StatusCode::kInternal);
  CHECK_THAT(status.message(), Contains("scrypt says: unsupported"));
  CHECK(ERR_GET_REASON(ERR_peek_last_error()) == 7);
  ERR_clear_error();
  CHECK(ScryptKey("text", "salt", 32).ok());
}

TEST_CASE("FileTokenStore: a directory of others, or that others can write to, is refused", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save("", "1").ok());
  for (const mode_t mode : {0770U, 0707U, 0777U, 0720U, 0702U}) {
    REQUIRE(chmod(file.dir.Path().c_str(), mode) == 0);
    CHECK_THAT(file.Refused(""), Contains("chmod 700 " + file.dir.Path()));
  }
  for (const mode_t mode : {0755U, 0700U, 01777U}) {
    REQUIRE(chmod(file.dir.Path().c_str(), mode) == 0);
    CHECK(file.Load("") == "REFRESH-1");
  }
  REQUIRE(chmod(file.dir.Path().c_str(), 0700) == 0);
  if (geteuid() == 0) {
    REQUIRE(chown(file.dir.Path().c_str(), 12345, 12345) == 0);
    CHECK_THAT(file.Refused(""), Contains("belongs to another user (uid 12345)"));
    REQUIRE(chown(file.dir.Path().c_str(), 0, 0) == 0);
  }
  std::filesystem::create_directory_symlink(file.dir.Path(), file.dir.Path("link"));  // leads to what is good
  file.path = file.dir.Path("link/t.json");
  CHECK(file.Load("") == "REFRESH-1");
}

TEST_CASE("FileTokenStore: a place that takes no file is found out before a refresh token is spent", "[auth]") {
  SealedFile file;
  REQUIRE(file.Save("", "1").ok());
  REQUIRE(mkdir((file.path + ".tmp").c_str(), 0700) == 0);  // cannot be cleared away
  const auto store = file.Open("");
  const auto lock = store->Acquire(Cancellation());
  REQUIRE(lock);
  CHECK_THAT(store->Reserve().message(), Contains(file.path + ".tmp"));
}

}  // namespace
}  // namespace infusionsoft
