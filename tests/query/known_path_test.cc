// SPDX-License-Identifier: MIT
// A 404 for a row that there is not, and one for a path that the server does not have.
#include "query/known_path.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scan_server.h"

namespace infusionsoft {
namespace {

struct Outcome {
  Status status;
  size_t rows = 0;
};

// Reads what `plan` of `table` gives to its end.
Outcome Read(Server& server, const char* table, const char* plan, const std::vector<Argument>& arguments = {}) {
  RowCursor cursor = server.Scan(table);
  Outcome outcome;
  outcome.status = cursor.Start(*ParsePlan(*Profile::BuiltIn().Find(table), plan), arguments);
  while (outcome.status.ok() && !cursor.AtEnd()) {
    ++outcome.rows;
    outcome.status = cursor.Next();
  }
  return outcome;
}

Outcome LookUp(Server& server) {
  return Read(server, "contacts", "GET /v2/contacts/{id = ?1}?fields=id", {{SqlValue::Integer(1)}});
}

Outcome TagsOfOne(Server& server) {
  return Read(server, "contact_tags", "GET /v2/contacts/{contact_id = ?1}/tags", {{SqlValue::Integer(1)}});
}

Outcome AllLinks(Server& server) { return Read(server, "contact_links", "GET /v2/contacts/{each contacts.id}/links"); }

constexpr const char* kContacts = R"({"contacts":[{"id":"1"},{"id":"2"}]})";

}  // namespace

TEST_CASE("KnownPath: where a server has answered nothing, a 404 for one row asks for the list", "[query]") {
  for (const auto read : {LookUp, TagsOfOne}) {
    Server other([](const std::string&, const http::QueryParams&) { return std::string(); });
    const Status status = read(other).status;
    CHECK(status.code() == StatusCode::kBadResponse);
    CHECK(status.message() == "GET /v2/contacts: the server does not know this list (404); check the URL property");
    CHECK(other.requests() == 2);

    Server server([](const std::string& path, const http::QueryParams&) {
      return path == "/v2/contacts" ? std::string(kContacts) : std::string();
    });
    CHECK(read(server).status.ok());
    CHECK(server.requests() == 2);
    CHECK(read(server).status.ok());  // and once only
    CHECK(server.requests() == 3);
  }
}

TEST_CASE("KnownPath: a row that is there asks for nothing else", "[query]") {
  Server server([](const std::string&, const http::QueryParams&) { return std::string(R"({"id":"1"})"); });
  CHECK(LookUp(server).rows == 1);
  CHECK(server.requests() == 1);
}

TEST_CASE("KnownPath: lists that no parent has are an error while a parent is there", "[query]") {
  const auto has_links = [](const std::string& path) { return path.ends_with("/links"); };
  std::vector<std::string> paths;
  const auto answer = [&](const std::string& kept, const std::string& known) {
    return [&paths, kept, known](const std::string& path, const http::QueryParams&) {
      paths.push_back(path);
      if (path == "/v2/contacts") return std::string(kContacts);
      if (path == known) return std::string(R"({"links":[{"id":"7","contact1_id":"1","contact2_id":"2"}]})");
      return path == kept ? std::string(R"({"id":"2"})") : std::string();
    };
  };
  Server withdrawn(answer("/v2/contacts/2", ""));
  const Status status = AllLinks(withdrawn).status;
  CHECK(status.code() == StatusCode::kBadResponse);
  CHECK(status.message().find("the server knows none of these lists (404), and /v2/contacts/2 is there") !=
        std::string::npos);
  CHECK(paths.back() == "/v2/contacts/2");

  Server deleted(answer("", ""));
  const Outcome none = AllLinks(deleted);
  CHECK(none.status.ok());
  CHECK(none.rows == 0);

  paths.clear();
  Server one(answer("/v2/contacts/2", "/v2/contacts/1/links"));
  CHECK(AllLinks(one).status.ok());
  CHECK(paths.size() == 3);
  CHECK(has_links(paths.back()));
}

TEST_CASE("KnownPath: a detail that is not known is an error while its list has the row", "[query]") {
  for (const bool is_deleted : {false, true}) {
    size_t lists = 0;
    Server server([&](const std::string& path, const http::QueryParams&) {
      if (path != "/v2/emails") return std::string();
      ++lists;
      return std::string(is_deleted && lists > 1 ? R"({"emails":[{"id":"8"}]})" : R"({"emails":[{"id":"7"},{"id":"8"}]})");
    });
    RowCursor cursor = server.Scan("emails");
    const Entity& emails = *Profile::BuiltIn().Find("emails");
    REQUIRE(cursor.Start(*ParsePlan(emails, "GET /v2/emails"), {}).ok());
    const Result<SqlValue> content = cursor.Read(emails.FindColumn("plain_content"));
    CHECK(lists == 2);
    CHECK(content.ok() == is_deleted);
    if (content) CHECK(content->IsNull());
    if (!content) CHECK(content.status().message().starts_with("GET /v2/emails/7: the server does not know this row (404)"));
  }
}

}  // namespace infusionsoft
