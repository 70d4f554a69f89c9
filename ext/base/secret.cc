// SPDX-License-Identifier: MIT
#include "base/secret.h"

#include <cstddef>
#include <utility>

namespace infusionsoft {

void WipeText(std::string& text) {
  // The whole capacity, not only size(): a moved-from short string has size 0 and its characters still in place. Growing to
  // the capacity does not allocate.
  text.resize(text.capacity());
  volatile char* bytes = text.data();
  for (size_t i = 0; i < text.size(); ++i) bytes[i] = '\0';
  text.clear();
}

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.Wipe(); }

Secret& Secret::operator=(const Secret& other) {
  // By way of a copy: assigning to text_ could reallocate and free the old characters unwiped.
  if (this != &other) *this = Secret(other);
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  Wipe();
  text_ = std::move(other.text_);
  other.Wipe();
  return *this;
}

Secret::~Secret() { Wipe(); }

void Secret::Wipe() { WipeText(text_); }

}  // namespace infusionsoft
