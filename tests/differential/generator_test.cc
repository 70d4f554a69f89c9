// SPDX-License-Identifier: MIT
// That a seed means the same queries, whatever compiled the generator: the number here holds for all of them. After a change
// of the generator it is another one, which this test says.
#include <catch2/catch.hpp>
#include <vector>

#include "generator.h"

namespace infusionsoft::differential {
namespace {

ColumnInfo Column(const char* name, ColumnType type, const char* domain, std::vector<std::string> samples) {
  ColumnInfo column;
  column.name = name;
  column.type = type;
  column.domain = domain;
  column.pushed = true;
  column.samples = std::move(samples);
  return column;
}

std::vector<TableInfo> Tables() {
  ColumnInfo id = Column("id", ColumnType::kInteger, "contacts", {"1", "2", "30"});
  id.takes_list = id.takes_bounds = true;
  ColumnInfo name = Column("name", ColumnType::kText, "name", {"'Ann'", "'ann '", "'Bo'"});
  name.takes_prefix = name.takes_null = true;
  name.tricky = {"'ann '"};
  const ColumnInfo time = Column("time", ColumnType::kTime, "time", {"'2021-06-15T10:00:00.000Z'"});
  TableInfo contacts{"infusionsoft_contacts", {id, name, time}, {}, 3, false, false, false, 3};
  TableInfo tags{"tags", {Column("contact_id", ColumnType::kInteger, "contacts", {"1", "2"}), time}, {"contact_id"}, 4};
  tags.pushed = 2;
  TableInfo local{"local", {name, Column("list", ColumnType::kJson, "text", {"'[]'"})}, {}, 2, true, true};
  return {contacts, tags, local};
}

}  // namespace

TEST_CASE("Generator: a seed is the same queries under every compiler") {
  const std::vector<TableInfo> tables = Tables();
  Random random(1);
  Generator generator(tables, random);
  uint64_t fingerprint = 0;
  for (int i = 0; i < 5000; ++i) fingerprint += Fingerprint(generator.Next());
  CHECK(fingerprint == 0xb2d8f5dc9b8273e9);
}

}  // namespace infusionsoft::differential
