// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "api_description.h"
#include "encoding.h"
#include "test_client.h"

namespace infusionsoft::sandbox {
namespace {

using rapidjson::Value;

constexpr char kEveryUser[] = "include_inactive==true;include_partners==true";

std::unique_ptr<Sandbox> Small() {
  SandboxOptions options;
  options.sizes.contacts = 120;
  return Sandbox::Start(options);
}

// What asks a list for everything it has.
std::string FullQuery(const ListSpec& list) {
  if (list.answer == AnswerKind::kOffset) return "limit=" + std::to_string(list.max_page_size);
  if (list.answer != AnswerKind::kPages) return "";
  std::string query = "page_size=" + std::to_string(list.max_page_size);
  if (list.path_text == "/v2/users") query += "&" + FilterQuery(kEveryUser);
  if (!list.fields) return query;
  query += "&fields=";
  for (const std::string& name : list.fields->names) {
    query += (query.back() == '=' ? "" : ",") + name;
  }
  return query;
}

// A type name such as "string:A|B", as the API data writes it.
bool HasType(const Value& value, const std::string& type) {
  const std::string base = type.substr(0, type.find(':'));
  if (base == "any") return true;
  if (base == "boolean") return value.IsBool();
  if (base == "number") return value.IsNumber();
  std::string text;
  if (base == "integer") {
    if (!value.IsInt64()) return false;
    text = std::to_string(value.GetInt64());
  } else {
    if (!value.IsString()) return false;
    text = value.GetString();
    if (base == "date-time") return ParseTime(text).has_value();
    if (base == "date") return text.size() == 10;
  }
  if (base == type) return true;
  return ("|" + type.substr(base.size() + 1) + "|").find("|" + text + "|") != std::string::npos;
}

// Checks a value against the API data; collects the paths that had a value.
void CheckShape(const Value& value, const Value& shape, const std::string& path, std::set<std::string>* seen) {
  if (value.IsNull()) return;
  seen->insert(path);
  INFO(path << " = " << Write(value));
  if (shape.IsString()) {
    CHECK(HasType(value, shape.GetString()));
  } else if (shape.IsArray()) {
    REQUIRE(value.IsArray());
    for (const Value& item : value.GetArray()) CheckShape(item, shape[0], path + "[]", seen);
  } else {
    REQUIRE(value.IsObject());
    for (const auto& member : value.GetObject()) {
      INFO(member.name.GetString());
      REQUIRE(shape.HasMember(member.name));
      CheckShape(member.value, shape[member.name], path + "." + member.name.GetString(), seen);
    }
  }
}

void AllPaths(const Value& shape, const std::string& path, std::set<std::string>* paths) {
  paths->insert(path);
  if (shape.IsArray()) AllPaths(shape[0], path + "[]", paths);
  if (!shape.IsObject()) return;
  for (const auto& member : shape.GetObject()) {
    AllPaths(member.value, path + "." + member.name.GetString(), paths);
  }
}

std::string At(const Value& row, const char* object, const char* name) {
  const auto member = row.FindMember(object);
  return member == row.MemberEnd() || !member->value.IsObject() ? "" : TextOf(member->value, name);
}

std::set<std::string> IdSet(TestClient& client, const std::string& path, const std::string& query = "") {
  const std::vector<std::string> ids = Ids(client.Rows(path, query));
  const std::set<std::string> out(ids.begin(), ids.end());
  REQUIRE(out.size() == ids.size());
  return out;
}

}  // namespace

TEST_CASE("Sandbox: rows have every documented property with its type", "[sandbox]") {
  SandboxOptions options;
  options.sizes.contacts = 600;
  const auto sandbox = Sandbox::Start(options);
  TestClient client(*sandbox);
  const ApiDescription description;
  for (const ListSpec& list : description.lists()) {
    // Rows below a parent are those of the same shape without one, or are checked below.
    if (list.path_text.find('{') != std::string::npos || list.answer == AnswerKind::kObject || list.scalar_items) continue;
    DYNAMIC_SECTION(list.path_text) {
      std::set<std::string> seen;
      for (const std::string& row : client.Rows(list.path_text, FullQuery(list))) {
        CheckShape(Parse(row), list.data["properties"], "", &seen);
      }
      std::set<std::string> all;
      AllPaths(list.data["properties"], "", &all);
      std::vector<std::string> never;
      std::set_difference(all.begin(), all.end(), seen.begin(), seen.end(), std::back_inserter(never));
      CAPTURE(never);
      CHECK(never.empty());
    }
  }
}

TEST_CASE("Sandbox: every filter and order of the API data can be answered", "[sandbox]") {
  const auto sandbox = Small();
  TestClient client(*sandbox);
  const ApiDescription description;
  std::map<std::string, std::string> parents = {{"{record_type}", "contacts"}, {"{country_code}", "AA"}};
  for (const auto& [parameter, parent] : std::map<std::string, std::string>{{"{contact_id}", "/v2/contacts"},
                                                                           {"{tag_id}", "/v2/tags"},
                                                                           {"{company_id}", "/v2/companies"},
                                                                           {"{order_id}", "/v2/orders"},
                                                                           {"{product_id}", "/v2/products"},
                                                                           {"{affiliate_id}", "/v2/affiliates"},
                                                                           {"{file_id}", "/v2/files"},
                                                                           {"{user_id}", "/v2/users"},
                                                                           {"{webform_id}", "/v2/webforms"},
                                                                           {"{lead_source_id}", "/v2/leadSources"}}) {
    parents[parameter] = *IdSet(client, parent).begin();
  }
  const std::map<ValueType, std::string> values = {
      {ValueType::kString, "Ann"}, {ValueType::kId, "5"},         {ValueType::kIdList, "5,6"},
      {ValueType::kNumber, "5.5"}, {ValueType::kBoolean, "true"}, {ValueType::kDateTime, "2024-01-01T00:00:00.000Z"},
      {ValueType::kEnum, ""},      {ValueType::kEnumList, ""},    {ValueType::kStringList, "a@b.example,c"}};
  for (const ListSpec& list : description.lists()) {
    std::string path = list.path_text;
    for (const auto& [name, id] : parents) {
      if (const size_t at = path.find(name); at != std::string::npos) path.replace(at, name.size(), id);
    }
    // Below two parents: a recurring expense of that very lead source.
    if (const size_t at = path.find("{lead_source_recurring_expense_id}"); at != std::string::npos) {
      const auto expenses = IdSet(client, path.substr(0, at - 1));
      if (expenses.empty()) continue;  // some parents have nothing below them
      path.replace(at, path.find('}', at) + 1 - at, *expenses.begin());
    }
    for (const OrderSpec& order : list.order_by) {
      INFO(path << " " << order.name);
      CHECK(client.Get(path + "?order_by=" + order.name + "%20asc").status == 200);
    }
    for (const FilterSpec& filter : list.filters) {
      for (const std::string& op : filter.operators) {
        std::string text = filter.name + op + values.at(filter.type);
        if (!filter.choices.empty()) text += filter.choices.front();
        if (filter.name == "phone_number") text += ";phone_fields==PHONE1";
        INFO(path << " " << text);
        const std::string parameter = filter.name + "=" + text.substr(filter.name.size() + op.size());
        CHECK(client.Get(path + "?" + (filter.is_parameter ? parameter : FilterQuery(text))).status == 200);
        if (filter.wildcard) CHECK(client.Get(path + "?" + FilterQuery(text + "*")).status == 200);
        if (!filter.sentinel.empty()) {
          CHECK(client.Get(path + "?" + FilterQuery(filter.name + "==" + filter.sentinel)).status == 200);
        }
      }
    }
  }
}

TEST_CASE("Sandbox: references lead to rows", "[sandbox]") {
  const auto sandbox = Small();
  TestClient client(*sandbox);
  const auto contacts = IdSet(client, "/v2/contacts");
  const auto companies = IdSet(client, "/v2/companies");
  const auto tags = IdSet(client, "/v2/tags");
  const auto categories = IdSet(client, "/v2/tags/categories");
  const auto opportunities = IdSet(client, "/v2/opportunities");
  const auto stages = IdSet(client, "/v2/opportunities/stages");
  const auto products = IdSet(client, "/v2/products");
  const auto users = IdSet(client, "/v2/users", FilterQuery(kEveryUser));
  const auto check = [](const std::set<std::string>& ids, const std::string& id) {
    CHECK((id.empty() || ids.count(id) == 1));
  };
  for (const std::string& text : client.Rows("/v2/contacts", "fields=company,owner_id,tag_ids")) {
    const auto row = Parse(text);
    check(companies, At(row, "company", "id"));
    check(users, TextOf(row, "owner_id"));
    for (const Value& tag : row["tag_ids"].GetArray()) CHECK(tags.count(tag.GetString()) == 1);
  }
  for (const std::string& text : client.Rows("/v2/tags")) {
    check(categories, At(Parse(text), "category", "id"));
  }
  for (const std::string& text : client.Rows("/v2/notes")) {
    CHECK(contacts.count(TextOf(Parse(text), "contact_id")) == 1);
    check(users, At(Parse(text), "assigned_to_user", "id"));
  }
  for (const std::string& text : client.Rows("/v2/tasks")) {
    check(contacts, TextOf(Parse(text), "contact_id"));
    check(opportunities, TextOf(Parse(text), "opportunity_id"));
    check(users, TextOf(Parse(text), "assigned_to_user_id"));
  }
  for (const std::string& text : client.Rows("/v2/opportunities")) {
    CHECK(contacts.count(At(Parse(text), "contact", "id")) == 1);
    CHECK(stages.count(At(Parse(text), "stage", "id")) == 1);
    check(users, At(Parse(text), "user", "id"));
  }
  for (const std::string& text : client.Rows("/v2/orders")) {
    const auto row = Parse(text);
    CHECK(contacts.count(At(row, "contact", "id")) == 1);
    for (const Value& item : row["order_items"].GetArray()) {
      check(products, At(item, "product", "id"));
    }
  }
}

TEST_CASE("Sandbox: a contact's tags read the same from both ends", "[sandbox]") {
  const auto sandbox = Small();
  TestClient client(*sandbox);
  std::map<std::pair<std::string, std::string>, std::string> applied;
  for (const std::string& text : client.Rows("/v2/contacts", "fields=id,tag_ids")) {
    const auto row = Parse(text);
    std::vector<std::string> listed;
    for (const std::string& tag : client.Rows("/v2/contacts/" + TextOf(row, "id") + "/tags", "page_size=2")) {
      listed.push_back(At(Parse(tag), "tag", "id"));
      applied[{TextOf(row, "id"), listed.back()}] = TextOf(Parse(tag), "applied_time");
    }
    std::vector<std::string> expected;
    for (const Value& tag : row["tag_ids"].GetArray()) expected.emplace_back(tag.GetString());
    CHECK(listed == expected);
  }
  REQUIRE(applied.size() > 200);
  size_t inverse = 0;
  for (const std::string& tag : Ids(client.Rows("/v2/tags"))) {
    for (const std::string& text : client.Rows("/v2/tags/" + tag + "/contacts", "page_size=7")) {
      ++inverse;
      CHECK(applied[{TextOf(Parse(text), "id"), tag}] == TextOf(Parse(text), "applied_time"));
    }
  }
  CHECK(inverse == applied.size());
}

TEST_CASE("Sandbox: a contact's notes are those that name it", "[sandbox]") {
  const auto sandbox = Small();
  TestClient client(*sandbox);
  std::map<std::string, std::vector<std::string>> by_contact;
  for (const std::string& text : client.Rows("/v2/notes")) {
    by_contact[TextOf(Parse(text), "contact_id")].push_back(text);
  }
  for (const auto& [contact, notes] : by_contact) {
    CHECK(client.Rows("/v2/contacts/" + contact + "/notes") == notes);
    CHECK(client.Rows("/v2/notes", FilterQuery("contact_id==" + contact)) == notes);
    const std::string id = TextOf(Parse(notes[0]), "id");
    CHECK(client.Get("/v2/contacts/" + contact + "/notes/" + id).body == notes[0]);
    CHECK(client.Get("/v2/contacts/103/notes/" + id).status == (contact == "103" ? 200 : 404));
  }
}

TEST_CASE("Sandbox: a single row is the list's row", "[sandbox]") {
  const auto sandbox = Small();
  TestClient client(*sandbox);
  for (const std::string path : {"/v2/contacts", "/v2/companies", "/v2/tags", "/v2/tags/categories", "/v2/tasks",
                                 "/v2/opportunities", "/v2/opportunities/stages", "/v2/orders", "/v2/users"}) {
    for (const std::string& row : client.Rows(path)) {
      CHECK(client.Get(path + "/" + TextOf(Parse(row), "id")).body == row);
    }
  }
}

TEST_CASE("Sandbox: the same seed gives the same account", "[sandbox]") {
  const auto rows = [](uint64_t seed) {
    SandboxOptions options;
    options.seed = seed;
    const auto sandbox = Sandbox::Start(options);
    TestClient client(*sandbox);
    return client.Rows("/v2/contacts");
  };
  const auto first = rows(1);
  CHECK(rows(1) == first);
  CHECK(rows(2) != first);
}

TEST_CASE("Sandbox: awkward values occur", "[sandbox]") {
  SandboxOptions options;
  options.sizes.contacts = 2000;
  const auto sandbox = Sandbox::Start(options);
  TestClient client(*sandbox);
  std::set<std::string> names;
  int missing = 0;
  int null = 0;
  int big = 0;
  int without_company = 0;
  for (const std::string& text : client.Rows("/v2/contacts", "fields=id,given_name,company&page_size=1000")) {
    const auto row = Parse(text);
    if (!row.HasMember("given_name")) ++missing;
    if (row.HasMember("given_name") && row["given_name"].IsNull()) ++null;
    if (TextOf(row, "id").size() > 9) ++big;
    if (At(row, "company", "id").empty()) ++without_company;
    names.insert(TextOf(row, "given_name"));
  }
  for (const char* const name : {"O'Brien", "\"Quoted\"", "100%", "under_score", "semi;colon", "NONE", "UNASSIGNED",
                                 " leading", "trailing ", "ann", "Ann", "ANN", "Jos\u00e9", "Jose\u0301", "\u6f22\u5b57"}) {
    INFO(name);
    CHECK(names.count(name) == 1);
  }
  CHECK(missing > 0);
  CHECK(null > 0);
  CHECK(big == 2);
  CHECK(without_company > 0);
}

}  // namespace infusionsoft::sandbox
