// SPDX-License-Identifier: MIT
#include "vocabulary.h"

#include <array>

#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

constexpr std::array<std::string_view, 40> kGivenNames = {
    "Ann",    "Mary",   "John",  "Robert",  "Jane",   "Maria", "James",  "Linda", "Wei",   "Aisha",
    "Anna",   "Marie",  "Jon",   "Bob",     "Johnny", "Omar",  "Ingrid", "Pedro", "Chloe", "Fatima",
    "Annika", "Martin", "Joan",  "Roberta", "Ivan",   "Noor",  "Lars",   "Priya", "Diego", "Mei",
    "Hannah", "Marc",   "Sofia", "Tom",     "Yuki",   "Zara",  "Liam",   "Eve",   "Ada",   "Grace"};

constexpr std::array<std::string_view, 40> kFamilyNames = {
    "Smith", "Smithson", "Jones",  "Johnson",  "Garcia", "Miller", "Davis", "Lopez",  "Wilson", "Anderson",
    "Moore", "Lee",      "Martin", "Thomson",  "Harris", "Clark",  "Lewis", "Young",  "King",   "Wright",
    "Scott", "Hill",     "Green",  "Adams",    "Baker",  "Nelson", "Kim",   "Tanaka", "Muller", "Rossi",
    "Silva", "Novak",    "Ivanov", "Kowalski", "Dubois", "Larsen", "Khan",  "Singh",  "Okafor", "Haddad"};

constexpr std::array<std::string_view, 8> kJobTitles = {"Sales Manager", "Senior Software Engineer", "CEO", "Office Manager",
                                                        "Buyer",         "Marketing Lead",           "CTO", "Head of R&D"};

constexpr std::array<std::string_view, 16> kCompanyWords = {
    "Acme Corp", "Globex", "Initech",   "Umbrella", "Stark Supplies", "Wayne Foods", "Acme",    "Hooli",
    "Vandelay",  "Wonka",  "Cyberdyne", "Tyrell",   "Soylent",        "Duff",        "Oceanic", "Aperture"};

constexpr std::array<std::string_view, 10> kProductWords = {
    "Premium Widget", "Basic Widget", "Gift Card", "Online Course", "Consulting Hour",
    "Handbook",       "Workshop",     "T-Shirt",   "Mug",           "Membership"};

constexpr std::array<std::string_view, 8> kSentences = {"Called about the Q3 proposal",
                                                        "Follow up on proposal",
                                                        "Key enterprise client since 2020",
                                                        "Sales Call",
                                                        "follow up next week",
                                                        "Send the signed contract",
                                                        "Customer requested gift wrap",
                                                        "Discussed renewal terms"};

constexpr std::array<std::string_view, 6> kLeadSources = {"Google Ads", "Web Form",   "Trade Show",
                                                          "Referral",   "google ads", "Newsletter"};

constexpr std::array<std::string_view, 34> kAwkwardWords = {"Jos\u00e9",    "Jose\u0301",
                                                            "JOS\u00c9",    "Zo\u00eb \U0001F680",
                                                            "\u6f22\u5b57", "\U0001F469\u200D\U0001F469\u200D\U0001F467",
                                                            "Stra\u00dfe",  "\u0130stanbul",
                                                            "O'Brien",      "\"Quoted\"",
                                                            "it''s",        "50% off",
                                                            "100%",         "under_score",
                                                            "star*name",    "*",
                                                            "semi;colon",   "comma, Inc",
                                                            "1,2",          "NONE",
                                                            "UNASSIGNED",   "",
                                                            " leading",     "trailing ",
                                                            "  both  ",     "back\\slash",
                                                            "tab\there",    "line\nbreak",
                                                            "null",         "007",
                                                            "1e3",          "<b>bold</b> & more",
                                                            "a==b",         "a+b c"};

constexpr std::array<Place, 10> kPlaces = {{
    {"Phoenix", "Arizona", "US-AZ", "United States of America", "USA", "85001"},
    {"Chandler", "Arizona", "US-AZ", "United States of America", "USA", "85224"},
    {"Portland", "Oregon", "US-OR", "United States of America", "USA", "97201"},
    {"New York", "New York", "US-NY", "United States of America", "USA", "10001"},
    {"London", "England", "GB-ENG", "United Kingdom", "GBR", "EC1A 1BB"},
    {"M\u00fcnchen", "Bayern", "DE-BY", "Germany", "DEU", "80331"},
    {"Mumbai", "Maharashtra", "IN-MH", "India", "IND", "400001"},
    {"Osaka", "Osaka", "JP-27", "Japan", "JPN", "530-0001"},
    {"S\u00e3o Paulo", "S\u00e3o Paulo", "BR-SP", "Brazil", "BRA", "01000-000"},
    {"Sydney", "New South Wales", "AU-NSW", "Australia", "AUS", "2000"},
}};

}  // namespace

Words GivenNames() { return kGivenNames; }
Words FamilyNames() { return kFamilyNames; }
Words JobTitles() { return kJobTitles; }
Words CompanyWords() { return kCompanyWords; }
Words ProductWords() { return kProductWords; }
Words Sentences() { return kSentences; }
Words LeadSources() { return kLeadSources; }
Words AwkwardWords() { return kAwkwardWords; }

const Place& PlaceOf(uint64_t bits) { return kPlaces[bits % kPlaces.size()]; }

std::string_view WordOf(Words words, uint64_t bits) { return words[bits % words.size()]; }

Text OptionalWord(Words words, uint64_t bits) {
  switch (bits % 25) {
    case 0:
      return Text::Of(std::string(WordOf(kAwkwardWords, bits >> 8)));
    case 1:
      return Text{};
    case 2:
      return Text::Null();
    default:
      return Text::Of(AnyWord(words, bits));
  }
}

std::string AnyWord(Words words, uint64_t bits) {
  if (bits % 25 == 0) return std::string(WordOf(kAwkwardWords, bits >> 8));
  const std::string_view word = WordOf(words, bits >> 16);
  switch ((bits >> 40) % 12) {
    case 0:
      return UpperAscii(word);
    case 1:
      return LowerAscii(word);
    default:
      return std::string(word);
  }
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string UpperAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace infusionsoft::sandbox
