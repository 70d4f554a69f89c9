// SPDX-License-Identifier: MIT
// Facts of the built-in profile that other parts rely on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "profile/built_in_files.h"
#include "profile/profile.h"

namespace infusionsoft {
namespace {

// SQLite tells a table which of its first 63 columns a query reads, and one bit for all others.
constexpr size_t kColumnsWithABit = 63;

const Entity& EntityOf(std::string_view name) {
  const Entity* entity = Profile::BuiltIn().Find(name);
  if (entity == nullptr) throw std::logic_error("no entity " + std::string(name));
  return *entity;
}

TEST_CASE("Profile: the names that are registered without reading the entities are theirs", "[profile]") {
  std::vector<std::string_view> names;
  for (const Entity& entity : Profile::BuiltIn().entities()) names.push_back(entity.name);
  CHECK(std::ranges::equal(names, Profile::BuiltInNames()));
}

TEST_CASE("Profile: what is compiled in is what stands in the folder", "[profile]") {
  const auto folder = std::filesystem::path(SOURCE_FOLDER) / "ext/profile/entities";
  std::map<std::string, std::string> embedded;
  for (const ProfileFile& file : BuiltInFiles()) embedded[file.name] = file.text;
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    INFO(entry.path());
    CHECK(embedded[entry.path().filename().string()] == text);
    ++count;
  }
  CHECK(count == embedded.size());
}

TEST_CASE("Profile: a file of the built-in profile holds one entity of the file's name", "[profile]") {
  for (const ProfileFile& file : BuiltInFiles()) {
    const auto profile = Profile::Parse(std::span(&file, 1));
    const std::string name = file.name.substr(0, file.name.find('.'));
    INFO(file.name);
    if (profile) {
      CHECK(profile->entities().size() == 1);
      CHECK(profile->Find(name) != nullptr);
    } else {
      // A child needs its parent, and a table with other access paths those tables, which are in other files.
      const std::string& complaint = profile.status().message();
      CHECK(complaint.starts_with(file.name + ": " + name));
      CHECK((complaint.find("\"from\" names ") != std::string::npos || complaint.find("\"references\" names ") != std::string::npos ||
             complaint.find(": access path ") != std::string::npos || complaint.find("\"custom_fields\" must") != std::string::npos));
    }
  }
}

TEST_CASE("Profile: everyday columns of contacts are among those that SQLite tells apart", "[profile]") {
  const Entity& contacts = EntityOf("contacts");
  CHECK(contacts.columns.size() > kColumnsWithABit);
  for (const char* name : {"id", "given_name", "family_name", "email", "phone1", "company_id", "company_name", "owner_id",
                           "create_time", "update_time", "tag_ids", "billing_locality", "billing_region", "email2",
                           "custom_fields", "lead_source_name", "shipping_locality"}) {
    INFO(name);
    const int index = contacts.FindColumn(name);
    CHECK(index >= 0);
    CHECK(index < static_cast<int>(kColumnsWithABit));
  }
}

TEST_CASE("Profile: only rare columns stand where SQLite no longer tells columns apart", "[profile]") {
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (size_t i = kColumnsWithABit; i < entity.columns.size(); ++i) {
      const Column& column = entity.columns[i];
      INFO(entity.name + "." + column.name);
      // Reading any of them asks for all of them, so keys and what a filter echoes must not be there.
      CHECK(column.role == ColumnRole::kValue);
      CHECK(std::ranges::find(entity.key, column.name) == entity.key.end());
    }
  }
}

TEST_CASE("Profile: a filter stands at one column, unless its value may be in several", "[profile]") {
  std::map<std::string, std::set<std::string>> columns_of;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      for (const Pushdown& pushdown : column.pushdowns) columns_of[entity.name + "." + pushdown.filter].insert(column.name);
    }
  }
  std::map<std::string, std::set<std::string>> shared;
  for (const auto& [filter, columns] : columns_of) {
    if (columns.size() > 1) shared[filter] = columns;
  }
  CHECK(shared == std::map<std::string, std::set<std::string>>{
                      {"contacts.phone_number", {"phone1", "phone2", "phone3", "phone4", "phone5"}}});
}

TEST_CASE("Profile: ids are integers, and the words for them are few", "[profile]") {
  const std::set<std::string> text_ids = {
      "campaigns.created_by_global_id", "contact_emails.original_provider_id", "emails.original_provider_id",
      "emails.provider_source_id", "payments.external_transaction_id", "transactions.external_reference_id",
      "user_info.keap_id", "user_info.tenant_id",
      "users.global_user_id", "users.keap_id"};
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      if (column.name != "id" && !column.name.ends_with("_id")) continue;
      INFO(entity.name + "." + column.name);
      const bool is_text = text_ids.contains(entity.name + "." + column.name);
      CHECK(column.type == (is_text ? ColumnType::kText : ColumnType::kInteger));
    }
  }
}

TEST_CASE("Profile: times are declared as such", "[profile]") {
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      INFO(entity.name + "." + column.name);
      const std::string& name = column.name;
      const bool is_moment = column.type == ColumnType::kTime || column.type == ColumnType::kDate;
      const bool is_span = name == "remind_time";  // minutes before another time
      if (!is_span && (name.ends_with("_time") || name.starts_with("date_"))) CHECK(column.type == ColumnType::kTime);
      if (name.ends_with("_date") && column.type != ColumnType::kBoolean) CHECK(is_moment);
      if (is_moment) CHECK((name.find("time") != std::string::npos || name.find("date") != std::string::npos || name.ends_with("_at")));
    }
  }
}

TEST_CASE("Profile: an amount of money comes with its currency and the text the account shows", "[profile]") {
  size_t amounts = 0;
  for (const Entity& entity : Profile::BuiltIn().entities()) {
    for (const Column& column : entity.columns) {
      if (column.type != ColumnType::kMoney) continue;
      INFO(entity.name + "." + column.name);
      CHECK(entity.FindColumn(column.name + "_currency") >= 0);
      CHECK(entity.FindColumn(column.name + "_formatted") >= 0);
      ++amounts;
    }
  }
  CHECK(amounts > 0);
}

TEST_CASE("Profile: columns that some accounts refuse to send are left out of SELECT *", "[profile]") {
  const Entity& opportunities = EntityOf("opportunities");
  for (const char* name : {"monthly_revenue", "order_revenue", "objection", "status", "stage_entrance_time"}) {
    INFO(name);
    const int index = opportunities.FindColumn(name);
    REQUIRE(index >= 0);
    CHECK(opportunities.columns[static_cast<size_t>(index)].hidden);
  }
}

TEST_CASE("Profile: tables below another one name where their path column comes from", "[profile]") {
  CHECK(EntityOf("contact_tags").Parent() == "contacts");
  CHECK(EntityOf("contact_tags").key == std::vector<std::string>{"contact_id", "tag_id"});
  CHECK(EntityOf("tagged_contacts").Parent() == "tags");
  CHECK(EntityOf("tagged_contacts").key == std::vector<std::string>{"tag_id", "contact_id"});
}

}  // namespace
}  // namespace infusionsoft
