// SPDX-License-Identifier: MIT
// The mock server refuses: otherwise "nothing was refused" would say nothing.
#include <catch2/catch.hpp>

#include "example_answer.h"
#include "json/document.h"
#include "request_check.h"

namespace infusionsoft::official {
namespace {

std::string Refusal(const std::string& path, const http::QueryParams& params) {
  const Operation* operation = MatchPath(path);
  INFO(path);
  REQUIRE(operation != nullptr);
  return WhyRefused(*operation, params).value_or("taken");
}

std::string Filtered(const std::string& path, const std::string& filter) { return Refusal(path, {{"filter", filter}}); }

TEST_CASE("RequestCheck: a path is one of the documents, with every parameter filled", "[official]") {
  REQUIRE(MatchPath("/v2/contacts/7") != nullptr);
  CHECK(MatchPath("/v2/contacts/7")->path == "/v2/contacts/{contact_id}");
  CHECK(MatchPath("/v2/contacts/model")->path == "/v2/contacts/model");
  CHECK(MatchPath("/v2/files/7:data")->path == "/v2/files/{file_id}:data");
  CHECK(MatchPath("/v2/affiliates/7:commissions")->path == "/v2/affiliates/{affiliate_id}:commissions");
  CHECK(MatchPath("/v2/contacts/") == nullptr);
  CHECK(MatchPath("/v2/contacts//tags") == nullptr);
  CHECK(MatchPath("/v2/files/:data")->path == "/v2/files/{file_id}");
  CHECK(MatchPath("/v2/nothing") == nullptr);
  CHECK(MatchPath("/v1/appointments") != nullptr);
}

TEST_CASE("RequestCheck: parameters are those of the path, within their bounds", "[official]") {
  CHECK(Refusal("/v2/contacts", {{"page_size", "1000"}}) == "taken");
  CHECK(Refusal("/v2/contacts", {{"page_size", "1001"}}) == "page_size: out of bounds");
  CHECK(Refusal("/v2/users", {{"page_size", "0"}}) == "page_size: out of bounds");
  CHECK(Refusal("/v2/users", {{"page_size", "x"}}) == "page_size: no number");
  CHECK(Refusal("/v2/contacts", {{"limit", "5"}}) == "parameter limit: not documented");
  CHECK(Refusal("/v2/contacts", {{"page_size", "5"}, {"page_size", "5"}}) == "parameter page_size: stands twice");
  CHECK(Refusal("/v2/contacts", {{"fields", "id,given_name"}}) == "taken");
  CHECK(Refusal("/v2/contacts", {{"fields", "id,nothing"}}) == "fields nothing");
  CHECK(Refusal("/v2/contacts", {{"order_by", "id desc"}}) == "taken");
  CHECK(Refusal("/v2/contacts", {{"order_by", "id"}}) == "order_by id");
  CHECK(Refusal("/v2/contacts", {{"order_by", "given_name asc"}}) == "order_by given_name asc");
  CHECK(Refusal("/v1/contacts", {{"order", "id"}, {"limit", "5"}}) == "taken");
  CHECK(Refusal("/v1/contacts", {{"order", "size"}}) == "order: size");
  CHECK(Refusal("/v1/products", {{"active", "1"}}) == "active: neither true nor false");
}

TEST_CASE("RequestCheck: a filter is a field of the path, an operator and a value that it takes", "[official]") {
  CHECK(Filtered("/v2/contacts", "given_name==ann*;contact_id>=7;contact_id<9") == "taken");
  CHECK(Filtered("/v2/contacts", "nothing==7") == "filter nothing: not documented");
  CHECK(Filtered("/v2/contacts", "given_name>ann") == "filter given_name: operator >");
  CHECK(Filtered("/v2/contacts", "given_name") == "filter given_name: operator ");
  CHECK(Filtered("/v2/contacts", "given_name==") == "filter given_name: an empty value");
  CHECK(Filtered("/v2/contacts", "given_name==*ann") == "filter given_name: a wildcard that is not documented");
  CHECK(Filtered("/v2/contacts", "billing_address_line1==a*") ==
        "filter billing_address_line1: a wildcard that is not documented");
  CHECK(Filtered("/v2/contacts", "contact_id==7;contact_id==8") == "filter contact_id: stands twice");
  CHECK(Filtered("/v2/contacts", "contact_id!=7") == "filter contact_id: operator !=");
  CHECK(Filtered("/v2/contacts", "contact_id==ann") == "filter contact_id: no number");
  CHECK(Filtered("/v2/contacts", "ids==7,ann") == "filter ids: an id that is no number");
  CHECK(Filtered("/v2/contacts", "start_update_time==2024-01-31") == "filter start_update_time: no timestamp");
  CHECK(Filtered("/v2/contacts", "given_name==NONE") ==
        "filter given_name: a word for rows without a value that is not documented");
  CHECK(Filtered("/v2/tags", "category_id==NONE") == "taken");
  CHECK(Filtered("/v2/orders", "order_type==OTHER") == "filter order_type: a word that is not listed");
  CHECK(Filtered("/v2/orders", "paid==1") == "filter paid: neither true nor false");
}

TEST_CASE("RequestCheck: filters go together as the documents say", "[official]") {
  CHECK(Filtered("/v2/contacts", "phone_number==5;phone_fields==PHONE1") == "taken");
  CHECK(Filtered("/v2/contacts", "phone_number==5") == "filter phone_number without phone_fields");
  CHECK(Filtered("/v2/notes", "id==7;ids==8") == "filters that exclude each other");
  std::string ids = "ids==1";
  for (int i = 2; i <= 100; ++i) ids += "," + std::to_string(i);
  CHECK(Filtered("/v2/opportunities", ids) == "taken");
  CHECK(Filtered("/v2/opportunities", ids + ",101") == "filter ids: more members than the list may have");
}

TEST_CASE("ExampleAnswer: has every property, and of `fields` those that are asked for", "[official]") {
  const Operation* contacts = MatchPath("/v2/contacts");
  const auto answer = [&](const AnswerOptions& options) {
    return *json::Document::Parse(ExampleAnswer(*contacts, options));
  };
  const json::Document bare = answer({NumberStyle::kAsStrings, {}, "more"});
  CHECK(bare.root().Member("next_page_token").String() == "more");
  CHECK(bare.root().Member("contacts").At(0).Size() == 0);
  const json::Document strings = answer({NumberStyle::kAsStrings, {"id", "email_addresses"}, ""});
  const json::Document numbers = answer({NumberStyle::kAsNumbers, {"id", "email_addresses"}, ""});
  const json::Value row = strings.root().Member("contacts").At(0);
  CHECK(row.Size() == 2);
  CHECK(row.Member("email_addresses").Size() == 4);
  CHECK(row.Member("email_addresses").At(2).Member("field").String() == "EMAIL2");
  CHECK(row.Member("id").String() == std::to_string(numbers.root().Member("contacts").At(0).Member("id").Integer()));
  CHECK(ExampleAnswer(*MatchPath("/v2/webforms/7:data"), {}) == "<p>text</p>");
  CHECK(ExampleAnswer(*MatchPath("/v2/files/7:data"), {}) == "\"Ynl0ZXM=\"");
}

}  // namespace
}  // namespace infusionsoft::official
