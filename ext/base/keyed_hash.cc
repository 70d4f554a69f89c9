// SPDX-License-Identifier: MIT
#include "base/keyed_hash.h"

#include <bit>

namespace infusionsoft {
namespace {

// `count` bytes from `text`, the first one least significant, on every machine.
uint64_t ReadLittleEndian(std::string_view text, size_t count) {
  uint64_t value = 0;
  for (size_t i = 0; i < count; ++i) value |= uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  return value;
}

class SipState {
 public:
  explicit SipState(const std::array<uint64_t, 2>& key)
      : v_{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
           key[1] ^ 0x7465646279746573} {}

  void Absorb(uint64_t word) {
    v_[3] ^= word;
    Round();
    Round();
    v_[0] ^= word;
  }

  uint64_t Finish() {
    v_[2] ^= 0xff;
    for (int i = 0; i < 4; ++i) Round();
    return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
  }

 private:
  void Round() {
    v_[0] += v_[1];
    v_[2] += v_[3];
    v_[1] = std::rotl(v_[1], 13) ^ v_[0];
    v_[3] = std::rotl(v_[3], 16) ^ v_[2];
    v_[0] = std::rotl(v_[0], 32);
    v_[2] += v_[1];
    v_[0] += v_[3];
    v_[1] = std::rotl(v_[1], 17) ^ v_[2];
    v_[3] = std::rotl(v_[3], 21) ^ v_[0];
    v_[2] = std::rotl(v_[2], 32);
  }

  std::array<uint64_t, 4> v_;
};

}  // namespace

KeyedHash::KeyedHash(std::string_view key) : key_{ReadLittleEndian(key, 8), ReadLittleEndian(key.substr(8), 8)} {}

uint64_t KeyedHash::Of(std::string_view text) const {
  SipState state(key_);
  const uint64_t length = text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) state.Absorb(ReadLittleEndian(text, 8));
  state.Absorb(ReadLittleEndian(text, text.size()) | length << 56);
  return state.Finish();
}

}  // namespace infusionsoft
