// SPDX-License-Identifier: MIT
// Malformed entities: what an answer holds, and where else rows and values come from.
#include <catch2/catch.hpp>

#include "profile/sample.h"

namespace infusionsoft {
namespace {

TEST_CASE("Profile: details that no second request can fill in are refused", "[profile]") {
  CHECK(Complaint(R"("doc": "State.")", R"("detail": true, "doc": "State.")") ==
        "my.json: people.state: \"detail\" is for columns with the role value that the list can neither filter nor order by");
  CHECK(Complaint(R"("doc": "Last order.")", R"("detail": true, "doc": "Last order.")") ==
        "my.json: people: a column with \"detail\" needs the entity's \"detail_path\"");
  CHECK(Complaint(R"("items": "rows",)", R"("items": "rows", "detail_path": "/v2/people/{id}",)") ==
        "my.json: people: \"detail_path\" is for columns with \"detail\"");
  const auto detailed = [](const std::string& path) {
    return ParseText(R"({"name": "a", "doc": "A.", "list_path": "/v1/a", "detail_path": ")" + path +
                     R"(", "items": "a", "page_size_max": 5, "key": ["id"], "columns": [)"
                     R"({"name": "id", "type": "integer", "doc": "I."},)"
                     R"({"name": "body", "type": "text", "detail": true, "doc": "B."}]})");
  };
  CHECK(detailed("/v1/a/{id}").ok());
  CHECK(detailed("/v1/a/{body}").status().message() ==
        "my.json: a: the names in braces of \"detail_path\" must be the columns of \"key\": id");
  CHECK(detailed("v1").status().message() ==
        "my.json: a: \"detail_path\" must be a path of the API: /v2/contacts/{contact_id}/tags");
}

TEST_CASE("Profile: an answer that is one text has one value, and a key that was asked for", "[profile]") {
  const auto text = [](const std::string& key, const std::string& more) {
    return ParseText(R"({"name": "a", "doc": "A.", "list_path": "/v1/a/{id}", "answer": "text", "key": [)" + key +
                     R"(], "columns": [{"name": "id", "type": "integer", "role": "path", "doc": "I."},)"
                     R"({"name": "body", "type": "bytes", "doc": "B."})" + more + "]}");
  };
  CHECK(text(R"("id")", "").ok());
  const char* const complaint =
      "my.json: a: an answer that is a \"text\" has one column with the role value, and its \"key\" are columns of the path";
  CHECK(text("", "").status().message() == complaint);
  CHECK(text(R"("id")", R"(, {"name": "other", "type": "text", "doc": "O."})").status().message() == complaint);
}

TEST_CASE("Profile: an order is for pages with a token", "[profile]") {
  CHECK(ParseText(R"({"name": "a", "doc": "A.", "list_path": "/v1/a", "answer": "offset", "items": "a", "page_size_max": 5,)"
                  R"( "key": ["id"], "columns": [{"name": "id", "type": "integer", "order_by": "id", "doc": "I."}]})")
            .status()
            .message() == "my.json: a: column id has \"order_by\", which is for pages with a token");
}

TEST_CASE("Profile: access paths to tables that do not have the same rows are refused", "[profile]") {
  const auto with = [](const std::string& paths) {
    return Complaint(R"("key": ["id"],)", R"("key": ["id"], "access_paths": )" + paths + ",");
  };
  CHECK(with(R"([{"table": "nobody", "columns": ["id"]}])") == "my.json: people: access path nobody: \"table\" must name another entity");
  CHECK(with(R"([{"table": "people", "columns": ["id"]}])") == "my.json: people: access path people: \"table\" must name another entity");
  CHECK(with(R"([{"table": "badges", "columns": ["id"]}])") ==
        "my.json: people: access path badges: \"columns\" names id, which must be a column of both tables, of the same type");
  CHECK(with(R"([{"table": "badges", "columns": []}])") ==
        "my.json: people: access path badges: \"columns\" must name the columns of \"key\": id");
  CHECK(with(R"([{"table": "badges"}])") == "my.json: people: access path badges: \"columns\" is missing");
  CHECK(Complaint(R"("key": ["id"],)", R"("key": ["id"], "typical_rows": 0,)") == "my.json: people: \"typical_rows\" must be 1 or more");
}

}  // namespace
}  // namespace infusionsoft
