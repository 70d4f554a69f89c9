// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api_description.h"
#include "encoding.h"
#include "match.h"
#include "message.h"
#include "row_index.h"
#include "row_sequence.h"

namespace infusionsoft::sandbox {

// What one request is answered with, beyond the data.
struct AnswerStyle {
  FreedomSet freedoms;
  BreakSet breaks;
  // Names the same next page for ever.
  bool same_token = false;
  std::string base_url;
};

// Answers GET requests for lists and single rows.
class ListQuery {
 public:
  ListQuery(const World& world, RowIndexes& indexes) : world_(world), indexes_(indexes) {}

  HttpReply Answer(const Route& route, const HttpRequest& request, const AnswerStyle& style) const;

 private:
  struct Query;
  using Properties = std::vector<const Property*>;

  HttpReply AnswerSingle(const Route& route, const Parameters& parameters, const AnswerStyle& style) const;
  HttpReply AnswerDescribed(const Route& route, const AnswerStyle& style) const;
  HttpReply WriteObject(const ListSpec& list, const RowRef& row, const std::vector<std::string>& fields,
                        const AnswerStyle& style) const;
  static HttpReply WriteModel(const ListSpec& list, const std::string& records);
  HttpReply AnswerList(const Route& route, const HttpRequest& request, const Parameters& parameters,
                       const AnswerStyle& style) const;
  bool ReadQuery(const ListSpec& list, const Parameters& parameters, Query* query, std::string* error) const;
  // False if the parent does not exist.
  bool ReadScope(const Route& route, Query* query) const;
  std::optional<uint64_t> WriteRows(const ListSpec& list, const Query& query, uint64_t room, const AnswerStyle& style,
                                    JsonWriter& writer, BreakSet& struck) const;
  void WriteToken(const Query& query, const std::optional<uint64_t>& start, const AnswerStyle& style,
                  JsonWriter& writer) const;
  HttpReply WriteValue(const ListSpec& list, const Query& query) const;
  HttpReply WriteOffsetPage(const ListSpec& list, const Query& query, const AnswerStyle& style) const;
  void WriteItem(const ListSpec& list, const RowRef& row, const Properties& properties, const AnswerStyle& style,
                 JsonWriter& writer, BreakSet& struck) const;
  HttpReply WritePage(const ListSpec& list, const Query& query, const AnswerStyle& style) const;

  const World& world_;
  RowIndexes& indexes_;
};

}  // namespace infusionsoft::sandbox
