// SPDX-License-Identifier: MIT
// ObjectReader: takes the members of one JSON object by name and type, and tells in one sentence what is wrong with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "json/document.h"
#include "profile/vocabulary.h"

namespace infusionsoft {

// The first complaint is kept; after it every call returns what an absent key would give. `object` is borrowed.
class ObjectReader {
 public:
  explicit ObjectReader(json::Value object);

  bool Has(std::string_view key);
  std::string RequiredText(std::string_view key);
  std::string OptionalText(std::string_view key, std::string_view otherwise);
  int RequiredInteger(std::string_view key);
  int OptionalInteger(std::string_view key, int otherwise);
  bool OptionalBool(std::string_view key);
  std::vector<std::string> RequiredTexts(std::string_view key);
  std::vector<std::string> OptionalTexts(std::string_view key);
  std::vector<std::vector<std::string>> OptionalTextGroups(std::string_view key);
  std::vector<std::pair<std::string, std::string>> OptionalTextMap(std::string_view key);
  json::Value RequiredArray(std::string_view key);
  json::Value OptionalArray(std::string_view key);
  json::Value OptionalObject(std::string_view key);

  template <typename Words>
  auto RequiredWord(const Words& words, std::string_view key) {
    return MeaningOf(words, key, RequiredText(key));
  }
  template <typename Words>
  auto OptionalWord(const Words& words, std::string_view key) {
    return MeaningOf(words, key, OptionalText(key, words.front().first));
  }

  void Complain(std::string message);
  // Ok when everything was as asked for, and nothing stands in the object that was not asked for.
  Status Finish();

 private:
  json::Value Find(std::string_view key, bool required);
  std::vector<std::string> Texts(std::string_view key, json::Value array);

  template <typename Words>
  auto MeaningOf(const Words& words, std::string_view key, const std::string& text) {
    const auto meaning = FindMeaning(words, text);
    if (!meaning) Complain(Quoted(key) + " is " + Quoted(text) + "; allowed are " + ListWords(words));
    return meaning.value_or(words.front().second);
  }

  static std::string Quoted(std::string_view text);

  json::Value object_;
  std::vector<std::string> asked_;  // in the order of the questions, which is the order of the grammar
  Status status_;
};

}  // namespace infusionsoft
