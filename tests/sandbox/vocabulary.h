// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "world.h"

namespace infusionsoft::sandbox {

using Words = std::span<const std::string_view>;

Words GivenNames();
Words FamilyNames();
Words JobTitles();
Words CompanyWords();
Words ProductWords();
Words Sentences();
Words LeadSources();
// Texts that break careless code: quotes, wildcards, separators, sentinels, composed and
// decomposed letters, emoji, spaces at either end, nothing at all.
Words AwkwardWords();

struct Place {
  std::string_view locality;
  std::string_view region;
  std::string_view region_code;
  std::string_view country;
  std::string_view country_code;
  std::string_view postal_code;
};
const Place& PlaceOf(uint64_t bits);

std::string_view WordOf(Words words, uint64_t bits);

// Mostly a word; on fixed shares of rows awkward, missing or null.
Text OptionalWord(Words words, uint64_t bits);
// Never missing: a word, or on a fixed share of rows an awkward one.
std::string AnyWord(Words words, uint64_t bits);
std::string LowerAscii(std::string_view text);
std::string UpperAscii(std::string_view text);

}  // namespace infusionsoft::sandbox
