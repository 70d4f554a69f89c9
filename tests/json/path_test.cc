// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "json/document.h"

namespace infusionsoft::json {
namespace {

constexpr std::string_view kContact = R"({
  "id": "17",
  "company": {"id": 4, "name": "Acme", "id2": 5},
  "email_addresses": [{"field": "EMAIL2", "email": "b@example.com"}, {"field": "EMAIL1", "email": "a@example.com"},
                      {"field": "EMAIL1", "email": "second@example.com"}],
  "phone_numbers": [{"number": "555-1"}, null, "text", {"number": "555-4"}],
  "custom_fields": [{"id": 7, "content": "seven"}, {"id": 12, "content": "twelve"}, {"id": "x.y", "content": "dotted"}],
  "grid": [[1, 2], [3, 4]],
  "origin": null
})";

Document Contact() {
  auto document = Document::Parse(std::string(kContact));
  REQUIRE(document.ok());
  return *std::move(document);
}

std::string Found(const Document& document, std::string_view path) {
  const auto compiled = Path::Compile(path);
  REQUIRE(compiled.ok());
  CHECK(compiled->text() == path);
  return compiled->Find(document.root()).Text();
}

TEST_CASE("Path: members, elements and selected elements are found", "[json]") {
  const Document contact = Contact();
  CHECK(Found(contact, "id") == "\"17\"");
  CHECK(Found(contact, "company.id") == "4");
  CHECK(Found(contact, "phone_numbers[0].number") == "\"555-1\"");
  CHECK(Found(contact, "phone_numbers[3].number") == "\"555-4\"");
  CHECK(Found(contact, "email_addresses[field=EMAIL1].email") == "\"a@example.com\"");
  CHECK(Found(contact, "email_addresses[field=EMAIL2].email") == "\"b@example.com\"");
  CHECK(Found(contact, "grid[1][0]") == "3");
  CHECK(Found(contact, "origin") == "null");
}

TEST_CASE("Path: the empty path is the value itself", "[json]") {
  const Document contact = Contact();
  CHECK(Found(contact, "") == contact.root().Text());
}

TEST_CASE("Path: what is not there is absent, whatever stands in its place", "[json]") {
  const Document contact = Contact();
  for (std::string_view path :
       {"nothing", "id.x", "company[0]", "phone_numbers.number", "phone_numbers[1].number", "phone_numbers[2].number",
        "phone_numbers[4].number", "email_addresses[field=EMAIL3].email", "company[id=4].name", "origin.x", "id[0]",
        "phone_numbers[9223372036854775807]", "email_addresses[field=EMAIL].email"}) {
    CAPTURE(path);
    CHECK(Found(contact, path).empty());
  }
}

TEST_CASE("Path: a selector matches the integer that is written so", "[json]") {
  const Document contact = Contact();
  CHECK(Found(contact, "custom_fields[id=12].content") == "\"twelve\"");
  CHECK(Found(contact, "custom_fields[id=7].content") == "\"seven\"");
  CHECK(Found(contact, "custom_fields[id=007].content").empty());
  CHECK(Found(contact, "custom_fields[id=x.y].content") == "\"dotted\"");
}

TEST_CASE("Path: the head is the property that a request must ask for", "[json]") {
  CHECK(Path::Compile("company.id")->head() == "company");
  CHECK(Path::Compile("phone_numbers[0].number")->head() == "phone_numbers");
  CHECK(Path::Compile("")->head().empty());
  CHECK(Path::Compile("[0].id")->head().empty());
}

TEST_CASE("Path: a malformed one is refused with its text", "[json]") {
  for (std::string_view path : {".", ".a", "a.", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[+1]", "a[0", "a[=x]", "a[x=]",
                                "a[0]b", "a]", "a[0].", "a.[0]", "a[99999999999999999999]"}) {
    CAPTURE(path);
    const auto compiled = Path::Compile(path);
    REQUIRE_FALSE(compiled.ok());
    CHECK(compiled.status().code() == StatusCode::kInvalidArgument);
    CHECK(compiled.status().message().find("\"" + std::string(path) + "\"") != std::string::npos);
  }
}

}  // namespace
}  // namespace infusionsoft::json
