// SPDX-License-Identifier: MIT
#include "auth/token_seal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "auth/crypto.h"
#include "auth/token_file.h"
#include "base/base64.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

using json::Value;
using Kind = json::Value::Kind;

constexpr std::string_view kCipher = "AES-256-GCM";
constexpr std::string_view kKdf = "scrypt N=32768 r=8 p=1";
constexpr size_t kSaltBytes = 16;
constexpr size_t kCheckBytes = 16;
constexpr std::array<std::string_view, 8> kMembers = {"format", "version",   "cipher", "kdf",
                                                      "salt",   "key_check", "nonce",  "sealed"};

Status Unusable(std::string what) { return Status(StatusCode::kUnauthenticated, std::move(what)); }

Status Damaged() { return Unusable("the sealed file is damaged; put back a copy of it, or move it away and sign in again"); }

Status Altered() {
  return Unusable(
      "the sealed file has been altered or cut short since it was written (TokenKey is the right one); put back a copy of "
      "it, "
      "or move it away and sign in again");
}

Status NoKey() {
  return Unusable("the file is sealed; give the TokenKey that it was sealed with, or move it away and sign in again");
}

Status WrongKey() {
  return Unusable(
      "TokenKey is not the one that the file was sealed with (or its salt has been altered); give that one, or move the "
      "file away and sign in again");
}

std::optional<std::string> BytesMember(Value root, std::string_view name) {
  const Value value = root.Member(name);
  return value.kind() == Kind::kString ? DecodeBase64(value.String()) : std::nullopt;
}

bool IsText(Value value, std::string_view text) { return value.kind() == Kind::kString && value.String() == text; }

// Whether `root` is the sealed form, of this version or of a later one that ParseTokenFile will refuse.
bool IsSealed(Value root) {
  const Value version = root.Member("version");
  return IsText(root.Member("format"), kTokenFileFormat) && version.kind() == Kind::kInteger &&
         version.Integer() == kSealedTokenFileVersion;
}

// Every member but `sealed`, as it is authenticated.
std::string HeaderOf(Value root) {
  json::Writer writer;
  writer.BeginObject();
  for (size_t i = 0; i < root.Size(); ++i) {
    if (root.MemberName(i) == "sealed") continue;
    writer.Key(root.MemberName(i));
    writer.Copy(root.MemberValue(i));
  }
  writer.EndObject();
  return writer.Take();
}

// The sealed file without the last of its members: {"format":...,"nonce":"..." and so on, with its closing brace.
std::string WriteHeader(std::string_view salt, std::string_view check, std::string_view nonce, Value previous) {
  json::Writer writer;
  const auto text = [&](std::string_view name, std::string_view value) {
    writer.Key(name);
    writer.String(value);
  };
  writer.BeginObject();
  text("format", kTokenFileFormat);
  writer.Key("version");
  writer.Integer(kSealedTokenFileVersion);
  text("cipher", kCipher);
  text("kdf", kKdf);
  text("salt", Base64(salt));
  text("key_check", Base64(check));
  text("nonce", Base64(nonce));
  for (size_t i = 0; i < previous.Size(); ++i) {
    if (std::find(kMembers.begin(), kMembers.end(), previous.MemberName(i)) != kMembers.end()) continue;
    writer.Key(previous.MemberName(i));
    writer.Copy(previous.MemberValue(i));
  }
  writer.EndObject();
  return writer.Take();
}

}  // namespace

Result<std::shared_ptr<const TokenSeal::Keys>> TokenSeal::KeysFor(std::string_view salt) {
  const std::lock_guard lock(mutex_);
  if (keys_ != nullptr && keys_->salt == salt) return keys_;
  auto derived = ScryptKey(token_key_.Reveal(), salt, kGcmKeyBytes + kCheckBytes);
  if (!derived) return std::move(derived).status();
  keys_ = std::make_shared<const Keys>(Keys{std::string(salt), Secret(derived->Reveal().substr(0, kGcmKeyBytes)),
                                            std::string(derived->Reveal().substr(kGcmKeyBytes))});
  return keys_;
}

Result<Secret> TokenSeal::Open(const Secret& text) {
  const auto document = json::Document::ParseSecret(text);
  if (!document || !IsSealed(document->root())) return text;
  const Value root = document->root();
  if (token_key_.empty()) return NoKey();
  if (!IsText(root.Member("cipher"), kCipher) || !IsText(root.Member("kdf"), kKdf)) return Damaged();
  const auto salt = BytesMember(root, "salt");
  const auto check = BytesMember(root, "key_check");
  const auto nonce = BytesMember(root, "nonce");
  const auto sealed = BytesMember(root, "sealed");
  if (!salt || !check || !nonce || !sealed || salt->size() != kSaltBytes || nonce->size() != kGcmNonceBytes)
    return Damaged();
  const auto keys = KeysFor(*salt);
  if (!keys) return keys.status();
  if (!ConstantTimeEquals((*keys)->check, *check)) return WrongKey();
  auto open_text = OpenGcm((*keys)->cipher_key, *nonce, HeaderOf(root), *sealed);
  if (!open_text) return Altered();
  return *std::move(open_text);
}

Result<Secret> TokenSeal::Close(const Secret& open_text, const Secret& previous) {
  if (token_key_.empty()) return open_text;
  auto document = json::Document::ParseSecret(previous);
  const Value before = document && IsSealed(document->root()) ? document->root() : Value();
  auto salt = before.kind() == Kind::kAbsent ? RandomBytes(kSaltBytes)
                                             : Result<std::string>(BytesMember(before, "salt").value_or(""));
  if (!salt) return std::move(salt).status();
  const auto nonce = RandomBytes(kGcmNonceBytes);
  if (!nonce) return nonce.status();
  const auto keys = KeysFor(*salt);
  if (!keys) return keys.status();
  std::string text = WriteHeader(*salt, (*keys)->check, *nonce, before);
  const auto sealed = SealGcm((*keys)->cipher_key, *nonce, text, open_text.Reveal());
  if (!sealed) return sealed.status();
  text.pop_back();
  text += ",\"sealed\":\"" + Base64(*sealed) + "\"}";
  return Secret(text);
}

}  // namespace infusionsoft
