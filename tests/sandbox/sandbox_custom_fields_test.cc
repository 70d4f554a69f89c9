// SPDX-License-Identifier: MIT
// Custom fields: the definitions, the values in rows, and the filters agree with each other.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <string>

#include "match.h"
#include "test_client.h"

namespace infusionsoft::sandbox {
namespace {

constexpr const char* kRecords[] = {"affiliates",    "companies", "contacts",      "notes",
                                    "opportunities", "orders",    "subscriptions", "tasks"};

// The lists that leave custom fields out unless they are asked for.
std::string FieldsOf(const std::string& records) {
  const std::set<std::string> always = {"affiliates", "orders", "subscriptions"};
  return always.contains(records) ? "" : "&fields=custom_fields";
}

// The contents of one custom field in the rows of an answer.
std::vector<const rapidjson::Value*> Contents(const Answer& answer, const std::string& records, const std::string& id) {
  std::vector<const rapidjson::Value*> contents;
  for (const rapidjson::Value& row : answer.json[records.c_str()].GetArray()) {
    for (const rapidjson::Value& field : row["custom_fields"].GetArray()) {
      if (TextOf(field, "id") == id && !field["content"].IsNull()) contents.push_back(&field["content"]);
    }
  }
  return contents;
}

}  // namespace

TEST_CASE("Sandbox: the values of custom fields are those of defined fields", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  for (const std::string records : kRecords) {
    INFO(records);
    const Answer model = client.Get("/v2/" + records + "/model");
    REQUIRE(model.status == 200);
    std::set<std::string> defined;
    std::set<std::string> types;
    for (const rapidjson::Value& field : model.json["custom_fields"].GetArray()) {
      CHECK(defined.insert(field["id"].GetString()).second);
      types.insert(field["field_type"].GetString());
    }
    CHECK(types.size() == 24);
    std::set<std::string> used;
    const Answer rows = client.Get("/v2/" + records + "?page_size=100" + FieldsOf(records));
    REQUIRE(rows.status == 200);
    for (const rapidjson::Value& row : rows.json[records.c_str()].GetArray()) {
      for (const rapidjson::Value& field : row["custom_fields"].GetArray()) used.insert(TextOf(field, "id"));
    }
    CHECK(used == defined);
  }
  CHECK(client.Get("/v2/tags/model").status != 200);
}

TEST_CASE("Sandbox: a filter by a custom field gives the rows with such a value", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  const auto text_of = [](const rapidjson::Value& value) {
    return value.IsString() ? std::string(value.GetString()) : std::string();
  };
  const auto number_of = [](const rapidjson::Value& value) {
    return value.IsString() ? std::stod(value.GetString()) : value.GetDouble();
  };
  const auto truth_of = [&](const rapidjson::Value& value) {
    return value.IsBool() ? value.GetBool() : number_of(value) != 0;
  };
  struct Case {
    const char* filter;
    const char* id;
    std::function<bool(const rapidjson::Value&)> holds;
  };
  const std::vector<Case> cases = {
      {"favouritecolour==Red", "1", [&](const auto& value) { return text_of(value) == "Red"; }},
      {"CalledBy==ann*", "7", [&](const auto& value) { return FoldCase(text_of(value)).starts_with("ann"); }},
      {"Score>50;Score<=90", "3", [&](const auto& value) { return number_of(value) > 50 && number_of(value) <= 90; }},
      {"_Budget>=12.25", "14", [&](const auto& value) { return number_of(value) >= 12.25; }},
      {"Member==1", "5", truth_of},
      {"Member==0", "5", [&](const auto& value) { return !truth_of(value); }},
      {"RegionNode==3", "31", [&](const auto& value) { return number_of(value) == 3; }},
      {"RenewalDate>=2019-02-01T00:00:00.000Z", "16", [&](const auto& value) { return text_of(value) >= "2019-02-01"; }},
      {"LastCall<2020-11-01T00:00:00.000Z", "18", [&](const auto& value) { return text_of(value) < "2020-11-01"; }},
      {"Interests==Green", "9",
       [&](const auto& value) {
         const auto options = value.GetArray();
         return std::any_of(options.begin(), options.end(), [&](const auto& option) { return text_of(option) == "Green"; });
       }},
  };
  for (const std::string records : {"contacts", "orders", "subscriptions"}) {
    const std::string list = "/v2/" + records + "?page_size=200" + FieldsOf(records);
    const Answer all = client.Get(list);
    for (const Case& one : cases) {
      INFO(records << " " << one.filter);
      const auto values = Contents(all, records, one.id);
      const auto expected =
          std::count_if(values.begin(), values.end(), [&](const auto* value) { return one.holds(*value); });
      const Answer some = client.Get(list + "&" + FilterQuery(one.filter));
      REQUIRE(some.status == 200);
      const auto found = Contents(some, records, one.id);
      CHECK(std::all_of(found.begin(), found.end(), [&](const auto* value) { return one.holds(*value); }));
      CHECK(static_cast<std::ptrdiff_t>(some.json[records.c_str()].Size()) == expected);
      CHECK(expected > 0);
    }
  }
}

TEST_CASE("Sandbox: what a custom field cannot be filtered by is a 400", "[sandbox]") {
  const auto sandbox = Sandbox::Start();
  TestClient client(*sandbox);
  for (const char* filter :
       {"NoSuchField==1", "FavouriteColour>Red", "FavouriteColour==*ed", "Score==many", "Score!=5", "Score==5*",
        "Member==true", "Member==2", "Member>0", "RegionNode>3", "RegionNode==x", "RenewalDate==2019-02-01",
        "RenewalDate>=2019-02-01T00:00:00Z", "Interests==Gre*", "Score==1;Score==2", "EMAIL==x", "Dash-ed==x"}) {
    INFO(filter);
    CHECK(client.Get("/v2/contacts?" + FilterQuery(filter)).status == 400);
  }
  CHECK(client.Get("/v2/tags?" + FilterQuery("Score==5")).status == 400);
  CHECK(client.Get("/v2/contacts/model?page_size=5").status == 400);
}

}  // namespace infusionsoft::sandbox
