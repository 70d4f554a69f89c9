// SPDX-License-Identifier: MIT
#include "base/web_page.h"

#include <algorithm>

#include "base/text.h"

namespace infusionsoft {
namespace {

// What stands between the first <tag ...> and the </tag after it; `lower` is `page` in lower case.
std::string_view Element(std::string_view page, const std::string& lower, const std::string& tag) {
  const size_t open = lower.find("<" + tag);
  const size_t begin = open == std::string::npos ? open : lower.find('>', open);
  const size_t end = begin == std::string::npos ? begin : lower.find("</" + tag, begin);
  return end == std::string::npos ? std::string_view() : Trim(page.substr(begin + 1, end - begin - 1));
}

// Where the text goes on after the tag that begins at `at`; with what a script or a style holds passed over.
size_t AfterTag(const std::string& lower, size_t at) {
  for (const std::string_view hidden : {"script", "style"}) {
    if (lower.compare(at + 1, hidden.size(), hidden) == 0) at = lower.find("</" + std::string(hidden), at);
    if (at == std::string::npos) return lower.size();
  }
  const size_t end = lower.find('>', at);
  return end == std::string::npos ? lower.size() : end + 1;
}

std::string WithoutTags(std::string_view page, const std::string& lower) {
  std::string text;
  for (size_t at = 0; at < page.size();) {
    const size_t tag = std::min(page.find('<', at), page.size());
    const std::string_view part = Trim(page.substr(at, tag - at));
    if (!part.empty()) text.append(text.empty() ? "" : " ").append(part);
    at = tag == page.size() ? tag : AfterTag(lower, tag);
  }
  return text;
}

}  // namespace

bool IsWebPage(std::string_view text) {
  const std::string lower = AsciiLower(Trim(text));
  if (!lower.starts_with('<')) return false;
  for (const char* mark : {"<!doctype html", "<html", "<title", "<h1", "<body"}) {
    if (lower.find(mark) != std::string::npos) return true;
  }
  return false;
}

std::string WebPageWords(std::string_view page) {
  const std::string lower = AsciiLower(page);
  for (const char* tag : {"title", "h1"}) {
    if (const std::string_view words = Element(page, lower, tag); !words.empty()) return std::string(words);
  }
  return WithoutTags(page, lower);
}

}  // namespace infusionsoft
