// SPDX-License-Identifier: MIT
// Secret: a text that must not reach a log, an error message or a core dump of freed memory.
#pragma once

#include <string>
#include <string_view>

namespace infusionsoft {

// Owns the text and wipes it when it goes. There is no conversion to a string and no stream operator: Reveal() marks each
// place where the text leaves, and those places can be searched for. Movable; copies own their own text.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text) : text_(text) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  bool empty() const { return text_.empty(); }
  std::string_view Reveal() const { return text_; }

  friend bool operator==(const Secret& a, const Secret& b) { return a.text_ == b.text_; }

 private:
  void Wipe();
  std::string text_;
};

// Overwrites the characters of `text`, in a way the compiler may not remove, and empties it.
void WipeText(std::string& text);

}  // namespace infusionsoft
