// SPDX-License-Identifier: MIT
// The API's description, as tests/sandbox/api/*.json tell it, to compare the built-in profile with.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.h"
#include "profile/profile.h"

namespace infusionsoft {

// One list of the API: its file, parsed. Members of `root` are named as in the file.
struct ApiList {
  std::string file;
  json::Document document;
  json::Value root() const { return document.root(); }
  std::string path() const { return std::string(root().Member("path").String()); }
};

std::vector<ApiList> ReadApiLists();

// /v2/contacts/{contact_id} -> /v2/contacts/{}: the API and the profile name what they put in by different words.
std::string WithoutNames(std::string_view path);
// email_addresses[field=EMAIL1].email -> email_addresses[].email: every element instead of one.
std::string EveryElement(std::string_view path);

// Kind of each property of a row and of what is in it: "object", "array", "string", "integer", "date-time", ...
std::map<std::string, std::string> KindsOfProperties(json::Value properties);

std::vector<std::string> Texts(json::Value array);

}  // namespace infusionsoft
