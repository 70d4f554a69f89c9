// SPDX-License-Identifier: MIT
#include "plain_json.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace infusionsoft::differential {
namespace {

const PlainJson kAbsent;

void AppendUtf8(std::string& out, unsigned code) {
  const auto add = [&](unsigned byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      add(0xe0 | code >> 12);
    } else {
      add(0xf0 | code >> 18);
      add(0x80 | (code >> 12 & 63));
    }
    add(0x80 | (code >> 6 & 63));
  }
  add(0x80 | (code & 63));
}

// Of compact text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  PlainJson Value() {
    const size_t start = at_;
    PlainJson value;
    const char first = Peek();
    if (first == '{') {
      Object(value);
    } else if (first == '[') {
      Array(value);
    } else if (first == '"') {
      value.kind = PlainJson::Kind::kString;
      value.text = String();
    } else {
      while (at_ < text_.size() && std::string_view(",]}").find(text_[at_]) == std::string_view::npos) ++at_;
      value.kind = first == 'n'                   ? PlainJson::Kind::kNull
                   : first == 't' || first == 'f' ? PlainJson::Kind::kBool
                                                  : PlainJson::Kind::kNumber;
    }
    value.written = text_.substr(start, at_ - start);
    return value;
  }

  bool AtEnd() const { return at_ == text_.size(); }

 private:
  char Peek() const {
    if (at_ >= text_.size()) Fail();
    return text_[at_];
  }
  char Take() {
    const char c = Peek();
    ++at_;
    return c;
  }
  bool TakeIf(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void Fail() const {
    std::fprintf(stderr, "no JSON: %.200s\n", std::string(text_).c_str());
    std::exit(2);
  }

  void Object(PlainJson& value) {
    value.kind = PlainJson::Kind::kObject;
    ++at_;
    while (!TakeIf('}')) {
      TakeIf(',');
      std::string name = String();
      if (!TakeIf(':')) Fail();
      value.names.push_back(std::move(name));
      value.elements.push_back(Value());
    }
  }

  void Array(PlainJson& value) {
    value.kind = PlainJson::Kind::kArray;
    ++at_;
    while (!TakeIf(']')) {
      TakeIf(',');
      value.elements.push_back(Value());
    }
  }

  unsigned Hex() {
    const std::string digits(text_.substr(at_, 4));
    at_ += 4;
    return static_cast<unsigned>(std::strtoul(digits.c_str(), nullptr, 16));
  }

  std::string String() {
    std::string out;
    if (!TakeIf('"')) Fail();
    for (char c = Take(); c != '"'; c = Take()) {
      if (c != '\\') {
        out += c;
        continue;
      }
      constexpr std::string_view kShort = "bfnrt";
      constexpr std::string_view kMeaning = "\b\f\n\r\t";
      c = Take();
      if (c != 'u') {
        const size_t found = kShort.find(c);
        out += found == std::string_view::npos ? c : kMeaning[found];
        continue;
      }
      unsigned code = Hex();
      if (code >= 0xd800 && code < 0xdc00) {
        at_ += 2;
        code = 0x10000 + ((code - 0xd800) << 10) + (Hex() - 0xdc00);
      }
      AppendUtf8(out, code);
    }
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
};

bool Selects(const PlainJson& value, const std::string& text) {
  if (value.kind == PlainJson::Kind::kString) return value.text == text;
  return value.kind == PlainJson::Kind::kNumber &&
         std::strtod(value.written.c_str(), nullptr) == std::strtod(text.c_str(), nullptr);
}

// The element that "field=EMAIL1" or "0" selects.
const PlainJson& Element(const PlainJson& array, const std::string& selector) {
  const size_t equals = selector.find('=');
  if (equals == std::string::npos) {
    const auto index = static_cast<size_t>(std::atoi(selector.c_str()));
    return index < array.elements.size() ? array.elements[index] : kAbsent;
  }
  const auto found = std::ranges::find_if(array.elements, [&](const PlainJson& element) {
    return Selects(element.Member(selector.substr(0, equals)), selector.substr(equals + 1));
  });
  return found == array.elements.end() ? kAbsent : *found;
}

}  // namespace

const PlainJson& PlainJson::Member(std::string_view name) const {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? kAbsent : elements[static_cast<size_t>(found - names.begin())];
}

const PlainJson& PlainJson::Find(std::string_view path) const {
  const PlainJson* value = this;
  while (!path.empty()) {
    if (path.front() == '.') path.remove_prefix(1);
    if (path.front() == '[') {
      const size_t end = path.find(']');
      value = &Element(*value, std::string(path.substr(1, end - 1)));
      path.remove_prefix(end + 1);
      continue;
    }
    const size_t end = std::min(path.find_first_of(".["), path.size());
    value = &value->Member(path.substr(0, end));
    path.remove_prefix(end);
  }
  return *value;
}

PlainJson ReadPlainJson(std::string_view text) {
  Reader reader(text);
  PlainJson value = reader.Value();
  if (reader.AtEnd()) return value;
  std::fprintf(stderr, "no JSON: %.200s\n", std::string(text).c_str());
  std::exit(2);
}

}  // namespace infusionsoft::differential
