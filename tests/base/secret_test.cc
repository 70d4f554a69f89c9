// SPDX-License-Identifier: MIT
#include "base/secret.h"

#include <malloc.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace {

constexpr std::string_view kLong = "a secret longer than any small-string buffer";
constexpr std::string_view kShort = "short secret";

// While it is on, blocks that are freed with a part of a secret in them are counted.
std::atomic<bool> watching{false};
std::atomic<int> leaks{0};

void Release(void* memory) noexcept {
  if (memory != nullptr && watching.load()) {
    const std::string_view freed(static_cast<const char*>(memory), malloc_usable_size(memory));
    if (freed.find("secret") != std::string_view::npos) ++leaks;
  }
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void operator delete(void* memory) noexcept { Release(memory); }
void operator delete(void* memory, size_t) noexcept { Release(memory); }

namespace infusionsoft {
namespace {

static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);

// Runs `action` and returns how many freed blocks still held a secret.
template <typename Action>
int LeaksOf(Action action) {
  leaks = 0;
  watching = true;
  action();
  watching = false;
  return leaks;
}

TEST_CASE("Secret: the watch on freed memory sees an ordinary string", "[base]") {
  CHECK(LeaksOf([] { std::string text(kLong); }) == 1);
}

TEST_CASE("Secret: no freed memory holds the text, whichever way it went", "[base]") {
  CHECK(LeaksOf([] { Secret gone{kLong}; }) == 0);
  CHECK(LeaksOf([] {
          Secret a{kLong};
          Secret b{std::move(a)};
          Secret c;
          c = std::move(b);
          c = Secret(kShort);
        }) == 0);
  CHECK(LeaksOf([] {
          const std::string twice = std::string(100, 'x');
          Secret a{kLong};
          const Secret b{twice};
          a = b;  // must not reallocate over the old text
          Secret copy{a};
        }) == 0);
}

TEST_CASE("Secret: a short text is wiped from the object that held it", "[base]") {
  alignas(Secret) unsigned char storage[sizeof(Secret)];
  Secret* secret = new (storage) Secret(kShort);
  std::destroy_at(secret);
  const std::string_view remains(reinterpret_cast<const char*>(storage), sizeof storage);
  CHECK(remains.find("secret") == std::string_view::npos);
}

TEST_CASE("Secret: a moved-from object holds nothing, not even beyond its size", "[base]") {
  for (std::string_view text : {kShort, kLong}) {
    Secret from{text};
    Secret to{std::move(from)};
    CHECK(to.Reveal() == text);
    CHECK(from.empty());  // NOLINT: a moved-from Secret is empty by contract
    const std::string_view remains(reinterpret_cast<const char*>(&from), sizeof from);
    CHECK(remains.find("secret") == std::string_view::npos);
    Secret assigned;
    assigned = std::move(to);
    CHECK(assigned.Reveal() == text);
    const std::string_view remains_of_to(reinterpret_cast<const char*>(&to), sizeof to);
    CHECK(remains_of_to.find("secret") == std::string_view::npos);
  }
}

TEST_CASE("Secret: copies own their text and compare equal", "[base]") {
  Secret a{kLong};
  const Secret b{a};
  a = Secret(kShort);
  CHECK(b.Reveal() == kLong);
  CHECK_FALSE(a == b);
  Secret& self = a;
  a = self;
  CHECK(a.Reveal() == kShort);
  a = b;
  CHECK(a == b);
}

TEST_CASE("WipeText: overwrites the whole capacity and empties the text", "[base]") {
  std::string text(kLong);
  text.resize(3);  // the rest stays behind in the buffer
  const std::string_view buffer(text.data(), text.capacity());
  WipeText(text);
  CHECK(text.empty());
  CHECK(buffer == std::string(buffer.size(), '\0'));
}

}  // namespace
}  // namespace infusionsoft
