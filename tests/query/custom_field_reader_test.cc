// SPDX-License-Identifier: MIT
#include "query/custom_field_reader.h"

#include "query/scan_server.h"

namespace infusionsoft {
namespace {

Result<std::vector<CustomField>> Read(const char* table, Server& server) {
  return ReadCustomFields(*Profile::BuiltIn().Find(table), Profile::BuiltIn(), server.context(table));
}

TEST_CASE("CustomFieldReader: the definitions come in one request", "[query]") {
  std::vector<std::string> paths;
  Server server([&](const std::string& path, const http::QueryParams&) -> std::string {
    paths.push_back(path);
    return R"({"custom_fields":[{"id":"7","label":"Favourite colour","options":[{"id":"1","label":"Red"}],"record_type":"CONTACT",
      "field_type":"DROPDOWN","group_id":"3","field_name":"FavouriteColour"},{"id":9,"label":null}],"optional_properties":[]})";
  });
  const auto fields = Read("contacts", server);
  REQUIRE(fields.ok());
  CHECK(*fields ==
        std::vector<CustomField>{{7, "", "Favourite colour", "DROPDOWN", "FavouriteColour"}, {9, "", "", "", ""}});
  CHECK(paths == std::vector<std::string>{"/v2/contacts/model"});
  REQUIRE(Read("affiliates", server).ok());
  CHECK(paths.back() == "/v2/affiliates/model");
}

TEST_CASE("CustomFieldReader: a definition without a number, and an answer without definitions, are errors", "[query]") {
  for (const char* answer : {R"({"custom_fields":[{"label":"No id"}]})", R"({"custom_fields":[{"id":"abc"}]})",
                             R"({"custom_fields":[{"id":"-1"}]})", "", "not JSON"}) {
    Server server([&](const std::string&, const http::QueryParams&) { return std::string(answer); });
    INFO(answer);
    CHECK_FALSE(Read("contacts", server).ok());
  }
}

TEST_CASE("CustomFieldReader: records without custom fields are not asked for", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return std::string("{}"); });
  const auto fields = Read("tags", server);
  REQUIRE_FALSE(fields.ok());
  CHECK(fields.status().message() == "the API has no custom fields for tags");
  CHECK(server.requests() == 0);
}

}  // namespace
}  // namespace infusionsoft
