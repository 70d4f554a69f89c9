// SPDX-License-Identifier: MIT
#include "auth/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
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

using Digest = std::array<unsigned char, 32>;

Digest Sha256(std::string_view text) {
  Digest digest{};
  unsigned int length = 0;
  // Fails only when OpenSSL has no memory or no SHA-256; an exception is what the outermost guard expects then.
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return digest;
}

}  // namespace

std::string Sha256Hex(std::string_view text) {
  const Digest digest = Sha256(text);
  return Hex(digest.data(), digest.size());
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

Result<std::string> RandomHex(size_t bytes) {
  std::vector<unsigned char> random(bytes);
  if (RAND_bytes(random.data(), static_cast<int>(bytes)) != 1) {
    return Status(StatusCode::kInternal, "the system gives no random numbers (OpenSSL RAND_bytes failed)");
  }
  return Hex(random.data(), bytes);
}

bool ConstantTimeEquals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace infusionsoft
