// SPDX-License-Identifier: MIT
#include "auth/scrub.h"

#include "http/url.h"

namespace infusionsoft {
namespace {

// Shorter ones would turn ordinary words into stars, and are no secrets worth the name.
constexpr size_t kShortest = 4;

void Replace(std::string& text, std::string_view what) {
  if (what.size() < kShortest) return;
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += 3) text.replace(at, what.size(), "***");
}

}  // namespace

std::string Scrub(std::string text, std::span<const Secret> secrets) {
  for (const Secret& secret : secrets) {
    Replace(text, secret.Reveal());
    std::string encoded = http::PercentEncode(secret.Reveal());
    Replace(text, encoded);
    WipeText(encoded);
  }
  return text;
}

Status ScrubStatus(const Status& status, std::span<const Secret> secrets) {
  return status.ok() ? status : Status(status.code(), Scrub(status.message(), secrets));
}

}  // namespace infusionsoft
