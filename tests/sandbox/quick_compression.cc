// SPDX-License-Identifier: MIT
// The sandbox's HTTP library compresses with Brotli's slowest setting, which takes nearly all the time of a test run. It has no
// switch for that, so every program with a sandbox stands in front of the one call that makes an encoder, and asks for the
// quickest.
#include <dlfcn.h>

#include <cstdint>

namespace {

constexpr int kQualityParameter = 1;  // BROTLI_PARAM_QUALITY

}  // namespace

extern "C" {

struct BrotliEncoderStateStruct;
int BrotliEncoderSetParameter(BrotliEncoderStateStruct* state, int parameter, uint32_t value);

__attribute__((visibility("default"))) BrotliEncoderStateStruct* BrotliEncoderCreateInstance(void* allocate, void* release,
                                                                                             void* context) {
  using Create = BrotliEncoderStateStruct* (*)(void*, void*, void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "BrotliEncoderCreateInstance"));
  static const auto set = reinterpret_cast<decltype(&BrotliEncoderSetParameter)>(dlsym(RTLD_NEXT, "BrotliEncoderSetParameter"));
  if (create == nullptr) return nullptr;
  BrotliEncoderStateStruct* const state = create(allocate, release, context);
  if (state != nullptr && set != nullptr) set(state, kQualityParameter, 0);
  return state;
}
}
