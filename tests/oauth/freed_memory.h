// SPDX-License-Identifier: MIT
// What this program gives back to the heap, its libraries' memory included: free() and realloc() are replaced by ones that
// look into a block before it goes. Linking this changes the whole program.
#pragma once

#include <array>
#include <cstddef>

namespace infusionsoft::oauth_test {

// While one lives, blocks that are freed with one of `needles` in them are counted. One at a time; all threads are watched.
class FreedMemoryWatch {
 public:
  // The texts must stay where they are, outside the heap.
  explicit FreedMemoryWatch(const std::array<const char*, 3>& needles);
  ~FreedMemoryWatch();
  FreedMemoryWatch(const FreedMemoryWatch&) = delete;
  FreedMemoryWatch& operator=(const FreedMemoryWatch&) = delete;

  size_t blocks() const;  // looked into
  size_t finds() const;
};

}  // namespace infusionsoft::oauth_test
