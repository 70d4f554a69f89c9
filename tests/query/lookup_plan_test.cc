// SPDX-License-Identifier: MIT
#include "query/lookup_plan.h"

#include <catch2/catch.hpp>
#include <string>

namespace infusionsoft {
namespace {

// The plan of the scan and what is sought, as one text; "" for none.
std::string Lookup(const char* table, const char* plan) {
  const Entity& entity = *Profile::BuiltIn().Find(table);
  const Result<QueryPlan> parsed = ParsePlan(entity, plan);
  REQUIRE(parsed.ok());
  const std::optional<LookupPlan> lookup = PlanLookup(entity, *parsed);
  if (!lookup) return "";
  std::string text = PrintPlan(entity, lookup->scan) + " by";
  for (const PlanTerm& term : lookup->sought) text += " " + entity.columns[static_cast<size_t>(term.column)].name;
  return text + (lookup->is_unique ? ", unique" : "");
}

std::optional<std::string> Key(const char* column, const SqlValue& value) {
  return EqualityKey(*Profile::BuiltIn().Find("contacts")->ColumnNamed(column), value);
}

}  // namespace

TEST_CASE("LookupPlan: a key, a filter, and both leave the scan without them", "[query]") {
  CHECK(Lookup("contacts", "GET /v2/contacts/{id = ?1}?fields=id,email_addresses") ==
        "GET /v2/contacts?fields=id,email_addresses by id, unique");
  CHECK(Lookup("contacts", "GET /v2/contacts?filter=email=={email = ?1}&fields=id,email_addresses") ==
        "GET /v2/contacts?fields=id,email_addresses by email");
  CHECK(Lookup("orders", "GET /v2/orders?filter=contact_id=={contact_id = ?1}") == "GET /v2/orders by contact_id");
  CHECK(Lookup("orders", "GET /v2/orders?filter=contact_id=={contact_id = ?1}&page_size={LIMIT ?2}") ==
        "GET /v2/orders by contact_id");
  CHECK(Lookup("orders",
               "GET /v2/orders?filter=contact_id=={contact_id = ?1}&order_by=order_time desc&page_size={LIMIT ?2}") ==
        "GET /v2/orders by contact_id");
  CHECK(Lookup("notes", "GET /v2/notes?filter=contact_id=={contact_id = ?1};title=={title = ?2}") ==
        "GET /v2/notes by contact_id title");
  CHECK(Lookup("order_items", "GET /v2/orders?filter=contact_id=={contact_id = ?1}") == "GET /v2/orders by contact_id");
}

TEST_CASE("LookupPlan: what is given besides stays in the scan", "[query]") {
  CHECK(Lookup("contact_notes", "GET /v2/contacts/{contact_id = ?1}/notes/{id = ?2}") ==
        "GET /v2/contacts/{contact_id = ?1}/notes by id, unique");
  CHECK(Lookup("orders", "GET /v2/orders?filter=contact_id=={contact_id = ?1};paid=={paid = ?2}") ==
        "GET /v2/orders?filter=paid=={paid = ?2} by contact_id");
  CHECK(Lookup("orders", "GET /v2/orders?filter=contact_id=={contact_id = ?1};created_since_time=={creation_time >= ?2}") ==
        "GET /v2/orders?filter=created_since_time=={creation_time >= ?2} by contact_id");
}

// Each value of the path names another list, which is scanned for what is sought in it.
TEST_CASE("LookupPlan: the values of a list of paths are not what is sought", "[query]") {
  const Entity& entity = *Profile::BuiltIn().Find("contact_tags");
  const QueryPlan plan = *ParsePlan(entity, "GET /v2/contacts/{contact_id = ?1}/tags?filter=name=={name = ?2}");
  CHECK(NamesLists(entity, plan, 1));
  CHECK_FALSE(NamesLists(entity, plan, 2));
  CHECK_FALSE(NamesLists(entity, plan, 0));
  for (const int list_argument : {0, 1, 2}) {
    const auto lookup = PlanLookup(entity, plan, list_argument);
    REQUIRE(lookup);
    CHECK(PrintPlan(entity, lookup->scan) == "GET /v2/contacts/{contact_id = ?1}/tags");
    REQUIRE(lookup->sought.size() == 1);
    CHECK(lookup->sought[0].argument == 2);
  }
}

TEST_CASE("LookupPlan: nothing where no scan can answer", "[query]") {
  CHECK(Lookup("contacts", "GET /v2/contacts?fields=id").empty());
  CHECK(Lookup("contacts", "GET /v2/contacts?filter=contact_id>{id > ?1}&fields=id").empty());
  CHECK(Lookup("contacts", "GET /v2/contacts?filter=ids=={id IN ?1}&fields=id").empty());
  CHECK(Lookup("contacts", "GET /v2/contacts?filter=email=={email LIKE ?1}&fields=id,email_addresses").empty());
  // The rows must show what they are looked up by.
  CHECK(Lookup("contacts", "GET /v2/contacts?filter=email=={email = ?1}&fields=id").empty());
  // Children stand below one parent; an input of the request has no value in the row.
  CHECK(Lookup("contact_tags", "GET /v2/contacts/{contact_id = ?1}/tags").empty());
  CHECK(Lookup("payments", "GET /v2/sales/payments?filter=order_id=={order_id = ?1}").empty());
  // Rows without a key have a rowid that depends on their list.
  CHECK(Lookup("user_info", "GET /v2/oauth/connect/userinfo").empty());
}

TEST_CASE("LookupPlan: a list below one parent is sought among the parents", "[query]") {
  const auto parents = [](const char* table, const char* plan) {
    const Entity& entity = *Profile::BuiltIn().Find(table);
    const auto planned = PlanParentLookup(entity, Profile::BuiltIn(), *ParsePlan(entity, plan));
    return planned ? PrintPlan(*planned->parent, planned->lookup.scan) + " for " +
                         entity.columns[static_cast<size_t>(planned->path_column)].name
                   : "";
  };
  CHECK(parents("contact_tags", "GET /v2/contacts/{contact_id = ?1}/tags") == "GET /v2/contacts?fields=id for contact_id");
  CHECK(parents("order_payments", "GET /v2/orders/{order_id = ?1}/payments") == "GET /v2/orders for order_id");
  CHECK(parents("contact_tags", "GET /v2/contacts/{each contacts.id}/tags").empty());
  CHECK(parents("contacts", "GET /v2/contacts?fields=id").empty());
  CHECK(parents("contact_notes", "GET /v2/contacts/{contact_id = ?1}/notes/{id = ?2}").empty());
  CHECK(parents("user_signatures", "GET /v2/users/{user_id = ?1}/signature").empty());
  // Below two parents, by text, and below fixed words.
  CHECK(
      parents("lead_source_recurring_expense_expenses",
              "GET /v2/leadSources/{lead_source_id = ?1}/recurringExpenses/{lead_source_recurring_expense_id = ?2}/expenses")
          .empty());
  CHECK(parents("provinces", "GET /v2/locales/countries/{country_code = ?1}/provinces").empty());
  CHECK(parents("custom_field_tabs", "GET /v2/{record_type = ?1}/model/customFields/tabs").empty());
}

// A parent that its list leaves out is there all the same.
TEST_CASE("LookupPlan: parents whose list can be widened are not sought in it", "[query]") {
  const auto has_plan = [](const std::string& more) {
    const std::vector<ProfileFile> files = {{"test.json", R"([
      {"name": "groups", "doc": "Groups.", "list_path": "/v2/groups", "get_path": "/v2/groups/{id}", "items": "groups",
       "page_size_max": 100, "key": ["id"],
       "columns": [{"name": "id", "type": "integer", "doc": "Number."})" +
                                                              more + R"(]},
      {"name": "group_members", "doc": "Members.", "list_path": "/v2/groups/{group_id}/members", "items": "members",
       "page_size_max": 100, "key": ["group_id", "id"],
       "columns": [{"name": "group_id", "type": "integer", "role": "path", "from": "groups.id", "doc": "Group."},
                   {"name": "id", "type": "integer", "doc": "Number."}]}])"}};
    const auto profile = Profile::BuiltIn().With(files);
    INFO(profile.status().message());
    REQUIRE(profile.ok());
    const Entity& entity = *profile->Find("group_members");
    return PlanParentLookup(entity, *profile, *ParsePlan(entity, "GET /v2/groups/{group_id = ?1}/members")).has_value();
  };
  CHECK(has_plan(""));
  CHECK_FALSE(has_plan(R"(, {"name": "all", "type": "boolean", "role": "request", "widens": true, "doc": "All.",
                             "pushdowns": [{"filter": "all", "match": "boolean"}]})"));
}

TEST_CASE("EqualityKey: what SQLite may call equal has one key", "[query]") {
  CHECK(Key("id", SqlValue::Integer(7)) == Key("id", SqlValue::Real(7.0)));
  CHECK(Key("id", SqlValue::Integer(0)) == Key("id", SqlValue::Real(-0.0)));
  CHECK(Key("id", SqlValue::Integer(7)) != Key("id", SqlValue::Real(7.5)));
  CHECK(Key("id", SqlValue::Integer(9007199254740993)) != Key("id", SqlValue::Integer(9007199254740992)));
  CHECK(Key("id", SqlValue::Real(1e300)) != Key("id", SqlValue::Real(2e300)));
  CHECK(Key("email", SqlValue::Text("Ann@x")) == Key("email", SqlValue::Text("aNN@X")));
  CHECK(Key("email", SqlValue::Text("ann  ")) == Key("email", SqlValue::Text("ann")));
  CHECK(Key("email", SqlValue::Text("  ")) == Key("email", SqlValue::Text("")));
  CHECK(Key("email", SqlValue::Text(" ann")) != Key("email", SqlValue::Text("ann")));
  CHECK(Key("email", SqlValue::Text("1")).value() != Key("id", SqlValue::Integer(1)).value());
}

TEST_CASE("EqualityKey: nothing where SQLite may compare in more ways than one", "[query]") {
  CHECK_FALSE(Key("id", SqlValue::Text("+7")));
  CHECK_FALSE(Key("id", SqlValue::Null()));
  CHECK_FALSE(Key("email", SqlValue::Integer(7)));
  CHECK_FALSE(Key("email", SqlValue::Blob()));
  CHECK_FALSE(Key("tag_ids", SqlValue::Text("[]")));
}

}  // namespace infusionsoft
