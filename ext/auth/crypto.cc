// SPDX-License-Identifier: MIT
#include "auth/crypto.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace infusionsoft {
namespace {

std::string Hex(const unsigned char* bytes, size_t count) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * count);
  for (size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// OpenSSL counts in int; nothing that is sealed here comes near that.
bool FitsInt(std::string_view text) { return text.size() <= std::numeric_limits<int>::max(); }

// A cipher with key, nonce and header in it, ready for the text; null when a length is wrong. OpenSSL fails at nothing else here
// but a lack of memory.
Cipher StartGcm(bool seal, const Secret& key, std::string_view nonce, std::string_view header) {
  Cipher cipher(nullptr, EVP_CIPHER_CTX_free);
  if (key.Reveal().size() != kGcmKeyBytes || nonce.size() != kGcmNonceBytes || !FitsInt(header)) return cipher;
  cipher.reset(EVP_CIPHER_CTX_new());
  int length = 0;
  if (!cipher ||
      EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(key.Reveal()), Bytes(nonce), seal ? 1 : 0) != 1 ||
      EVP_CipherUpdate(cipher.get(), nullptr, &length, Bytes(header), static_cast<int>(header.size())) != 1) {
    throw std::bad_alloc();
  }
  return cipher;
}

using Digest = std::array<unsigned char, 32>;

Digest Sha256(std::string_view text) {
  Digest digest{};
  unsigned int length = 0;
  // Fails only when OpenSSL has no memory or no SHA-256; an exception is what the outermost guard expects then.
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return digest;
}

// A provider for FIPS has no scrypt: no lack of memory, which would roll back the user's transaction. OpenSSL does not
// always say that a new object found no memory, and says everything else.
Status ScryptFailed(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  if (error == 0 || reason == ERR_R_MALLOC_FAILURE || reason == EVP_R_MEMORY_LIMIT_EXCEEDED) {
    return Status(StatusCode::kOutOfMemory, "deriving a key failed (OpenSSL scrypt, which needs 32 MiB)");
  }
  const char* const why = ERR_reason_error_string(error);
  return Status(StatusCode::kInternal,
                std::string("deriving a key failed: OpenSSL's scrypt says: ") + (why != nullptr ? why : "no reason"));
}

}  // namespace

std::string Sha256Hex(std::string_view text) {
  const Digest digest = Sha256(text);
  return Hex(digest.data(), digest.size());
}

std::string HmacSha256Hex(const Secret& key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const std::string_view bytes = key.Reveal();
  if (HMAC(EVP_sha256(), bytes.data(), static_cast<int>(bytes.size()), Bytes(text), text.size(), digest.data(), &length) ==
      nullptr) {
    throw std::bad_alloc();
  }
  return Hex(digest.data(), length);
}

std::string Sha256Base64Url(std::string_view text) {
  const Digest digest = Sha256(text);
  std::string encoded = Base64(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
  std::replace(encoded.begin(), encoded.end(), '+', '-');
  std::replace(encoded.begin(), encoded.end(), '/', '_');
  while (encoded.ends_with('=')) encoded.pop_back();
  return encoded;
}

std::string Base64(std::string_view text) {
  std::vector<unsigned char> input(text.begin(), text.end());
  std::vector<unsigned char> output(4 * ((text.size() + 2) / 3) + 1);
  const int length = EVP_EncodeBlock(output.data(), input.data(), static_cast<int>(input.size()));
  std::string encoded(output.begin(), output.begin() + length);
  OPENSSL_cleanse(input.data(), input.size());
  OPENSSL_cleanse(output.data(), output.size());
  return encoded;
}

Result<std::string> RandomBytes(size_t bytes) {
  std::string random(bytes, '\0');
  if (RAND_bytes(Bytes(random), static_cast<int>(bytes)) != 1) {
    return Status(StatusCode::kInternal, "the system gives no random numbers (OpenSSL RAND_bytes failed)");
  }
  return random;
}

Result<std::string> RandomHex(size_t bytes) {
  auto random = RandomBytes(bytes);
  if (!random) return random;
  return Hex(Bytes(*random), bytes);
}

Result<Secret> ScryptKey(std::string_view text, std::string_view salt, size_t bytes) {
  constexpr uint64_t kN = uint64_t{1} << 15;
  constexpr uint64_t kR = 8;
  constexpr uint64_t kP = 1;
  constexpr uint64_t kMaxMemory = uint64_t{64} << 20;  // it needs 128 * N * r bytes and a little
  std::string key(bytes, '\0');
  ERR_set_mark();  // the host's own errors stay
  const unsigned long of_host = ERR_peek_last_error();
  const int done =
      EVP_PBE_scrypt(text.data(), text.size(), Bytes(salt), salt.size(), kN, kR, kP, kMaxMemory, Bytes(key), key.size());
  const unsigned long error = ERR_peek_last_error();
  ERR_pop_to_mark();
  if (done != 1) return ScryptFailed(error == of_host ? 0 : error);
  Secret secret(key);
  WipeText(key);
  return secret;
}

Result<std::string> SealGcm(const Secret& key, std::string_view nonce, std::string_view header, std::string_view plain) {
  const Cipher cipher = StartGcm(true, key, nonce, header);
  std::string sealed(plain.size() + kGcmTagBytes, '\0');
  unsigned char* const tag = Bytes(sealed) + plain.size();
  int length = 0;
  int rest = 0;
  if (!cipher || !FitsInt(sealed) ||
      EVP_CipherUpdate(cipher.get(), Bytes(sealed), &length, Bytes(plain), static_cast<int>(plain.size())) != 1 ||
      EVP_CipherFinal_ex(cipher.get(), Bytes(sealed) + length, &rest) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kGcmTagBytes, tag) != 1) {
    return Status(StatusCode::kInternal, "sealing failed (OpenSSL AES-256-GCM)");
  }
  return sealed;
}

std::optional<Secret> OpenGcm(const Secret& key, std::string_view nonce, std::string_view header, std::string_view sealed) {
  if (sealed.size() < kGcmTagBytes || !FitsInt(sealed)) return std::nullopt;
  const Cipher cipher = StartGcm(false, key, nonce, header);
  std::string tag(sealed.substr(sealed.size() - kGcmTagBytes));
  sealed.remove_suffix(kGcmTagBytes);
  std::string plain(sealed.size(), '\0');
  int length = 0;
  int rest = 0;
  const bool opened =
      cipher && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kGcmTagBytes, tag.data()) == 1 &&
      EVP_CipherUpdate(cipher.get(), Bytes(plain), &length, Bytes(sealed), static_cast<int>(sealed.size())) == 1 &&
      EVP_CipherFinal_ex(cipher.get(), Bytes(plain) + length, &rest) == 1;
  // Wiped before the verdict is looked at: what did not authenticate is nobody's text.
  Secret text(opened ? plain : std::string_view());
  WipeText(plain);
  return opened ? std::optional(std::move(text)) : std::nullopt;
}

bool ConstantTimeEquals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace infusionsoft
