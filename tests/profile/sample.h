// SPDX-License-Identifier: MIT
// A well-formed profile file with every word of the grammar in it, for tests to break one word at a time.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "profile/profile.h"

namespace infusionsoft {

inline constexpr std::string_view kSample = R"([
  {
    "name": "people",
    "doc": "People.",
    "list_path": "/v2/people",
    "get_path": "/v2/people/{id}",
    "items": "rows",
    "page_size_min": 2,
    "page_size_max": 500,
    "key": ["id"],
    "exclusive": [["person_id", "ids"]],
    "fields_style": "additive",
    "fields": ["emails"],
    "columns": [
      {"name": "id", "type": "integer", "order_by": "id", "never_null": true, "doc": "Number.",
       "pushdowns": [{"filter": "person_id", "match": "compare"}, {"filter": "ids", "match": "set", "max_items": 100}]},
      {"name": "email", "type": "text", "path": "emails[field=EMAIL1].email", "doc": "E-mail address.",
       "pushdowns": [{"filter": "email", "match": "equals", "prefix": true, "null_word": "NONE", "with": {"slot": "A"}}]},
      {"name": "state", "type": "text", "doc": "State.",
       "pushdowns": [{"filter": "state", "match": "enum", "values": ["ON", "OFF"]}]},
      {"name": "seen", "type": "time", "hidden": true, "doc": "When last seen.",
       "pushdowns": [{"filter": "seen_from", "match": "since"}, {"filter": "seen_to", "match": "until"}]},
      {"name": "paid", "type": "boolean", "role": "request", "doc": "Asks for those who paid.",
       "pushdowns": [{"filter": "paid", "match": "boolean"}]},
      {"name": "order", "type": "json", "doc": "Last order."}
    ]
  },
  {
    "name": "badges",
    "doc": "Badges of a person.",
    "list_path": "/v2/people/{person_id}/badges",
    "items": "badges",
    "page_size_max": 1000,
    "key": ["person_id", "badge_id"],
    "columns": [
      {"name": "person_id", "type": "integer", "role": "path", "from": "people.id", "doc": "Number of the person."},
      {"name": "badge_id", "type": "integer", "path": "badge.id", "doc": "Number of the badge."},
      {"name": "given_by", "type": "integer", "references": "people.id", "doc": "Number of the person who gave it."}
    ]
  }
])";

// The sample with the only place of `from` changed to `to`.
inline std::string SampleWith(std::string_view from, std::string_view to) {
  const size_t at = kSample.find(from);
  if (at == std::string_view::npos || kSample.find(from, at + 1) != std::string_view::npos) {
    throw std::logic_error("not once in the sample: " + std::string(from));
  }
  return std::string(kSample).replace(at, from.size(), to);
}

inline Result<Profile> ParseText(std::string text) {
  const ProfileFile file{"my.json", std::move(text)};
  return Profile::Parse(std::span(&file, 1));
}

// What Parse says about the sample with one change, or "accepted".
inline std::string Complaint(std::string_view from, std::string_view to) {
  const auto profile = ParseText(SampleWith(from, to));
  return profile ? "accepted" : profile.status().message();
}

}  // namespace infusionsoft
