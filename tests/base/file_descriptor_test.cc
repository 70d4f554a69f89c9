// SPDX-License-Identifier: MIT
#include "base/file_descriptor.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>

#include <catch2/catch.hpp>
#include <string>

namespace {

bool is_latin1 = false;

char* Message(int error) {
  static std::string latin1 = "Zugriff verweigert f\xFCr Sie";
  if (is_latin1) return latin1.data();
  return reinterpret_cast<char* (*)(int)>(dlsym(RTLD_NEXT, "strerror"))(error);
}

}  // namespace

// In place of libc's in this program: which of them the C++ library calls depends on its version.
extern "C" {
[[gnu::visibility("default")]] char* strerror(int error) noexcept { return Message(error); }
[[gnu::visibility("default")]] char* strerror_l(int error, locale_t /*locale*/) noexcept { return Message(error); }
}

namespace infusionsoft {
namespace {

TEST_CASE("ErrnoText: a locale with another encoding gives UTF-8 all the same", "[base]") {
  is_latin1 = true;
  const std::string text = ErrnoText(EACCES);
  is_latin1 = false;
  CHECK(text == "Zugriff verweigert f?r Sie");
}

}  // namespace
}  // namespace infusionsoft
