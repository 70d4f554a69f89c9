// SPDX-License-Identifier: MIT
// Other spellings: a request as the second of two contradicting documents writes it.
//
// The profile says where (`fields_otherwise`, `otherwise` of a pushdown). The first spelling is sent; once in a session,
// after a refusal or when a property that was asked for is missing from every row, the same request is sent in the second,
// and api/spellings.h keeps which of the two it was.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/url.h"
#include "json/document.h"
#include "profile/profile.h"

namespace infusionsoft {

struct OtherSpelling {
  std::string name;                 // for Spellings: the list, and what is spelled otherwise
  http::QueryParams params;         // the whole request
  std::vector<std::string> fields;  // the properties it asks for, where their list is spelled otherwise
};

// Nothing where both spellings are the same request.
std::optional<OtherSpelling> Respell(const Entity& entity, const http::QueryParams& params);

// How many of `fields` no row of the answer has, whatever their case; nothing where it has no row.
std::optional<size_t> CountMissing(const Entity& entity, const std::vector<std::string>& fields, json::Value answer);

}  // namespace infusionsoft
