// SPDX-License-Identifier: MIT
#include "described_entity.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "custom_fields.h"
#include "encoding.h"
#include "filter.h"
#include "mix.h"
#include "parts.h"

namespace infusionsoft::sandbox {
namespace {

using rapidjson::Value;

constexpr uint64_t kNothingIn = 9;  // one value in so many is null, and one is missing

std::string_view TextOf(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

// What the stem of "contact_id" names.
Kind KindOf(std::string_view stem) {
  constexpr std::array<std::pair<std::string_view, Kind>, 8> kKindsByName = {{{"contact", Kind::kContacts},
                                                                              {"company", Kind::kCompanies},
                                                                              {"tag", Kind::kTags},
                                                                              {"product", Kind::kProducts},
                                                                              {"order", Kind::kOrders},
                                                                              {"user", Kind::kUsers},
                                                                              {"owner", Kind::kUsers},
                                                                              {"opportunity", Kind::kOpportunities}}};
  for (const auto& [name, kind] : kKindsByName) {
    if (stem.ends_with(name)) return kind;
  }
  return Kind::kDescribed;
}

// Names of texts by which rows are told apart.
bool IsCode(std::string_view name) {
  constexpr std::array<std::string_view, 3> kCodes = {"alpha2", "code", "key"};
  return std::find(kCodes.begin(), kCodes.end(), name) != kCodes.end();
}

std::string CodeOf(uint64_t row) {
  return {static_cast<char>('A' + row % 26), static_cast<char>('A' + (row / 26 + row) % 26)};
}

bool IsId(std::string_view name) { return name == "id" || name.ends_with("_id") || name.ends_with("Id"); }

class ValueMaker {
 public:
  ValueMaker(const World& world, const RowRef& row, JsonWriter& writer) : world_(world), row_(row), writer_(writer) {}

  void Write(std::string_view name, const Value& spec, std::string_view parent, uint64_t bits) {
    if (spec.IsObject()) return WriteObject(name, spec, bits);
    if (spec.IsArray()) return WriteArray(name, spec, bits);
    const std::string_view kind = TextOf(spec);
    if (kind == "integer" && IsId(name)) return static_cast<void>(writer_.Uint64(Id(name, parent, bits)));
    if (kind == "integer") return static_cast<void>(writer_.Int64(static_cast<int64_t>(bits % 2000)));
    if (kind == "number") return static_cast<void>(writer_.Double(static_cast<double>(bits % 100'000) / 4));
    if (kind == "boolean") return static_cast<void>(writer_.Bool(bits % 2 == 0));
    if (kind == "date-time") return WriteText(writer_, SpellTime(Millis(bits), bits));
    WriteText(writer_, Text(name, kind, parent, bits));
  }

 private:
  // The row's own id, or that of a row it refers to.
  uint64_t Id(std::string_view name, std::string_view parent, uint64_t bits) const {
    if (name == "id" && parent.empty()) return world_.Id(Kind::kDescribed, row_.index);
    const Kind kind = KindOf(name == "id" ? parent : name.substr(0, name.rfind("_id")));
    // What a row is about: the company of a tagged company. Neighbouring rows are about different ones.
    const bool is_subject = (name == "id" && parent != "element") || kind == Kind::kDescribed;
    const std::optional<uint64_t> target = is_subject && world_.Size(kind) > 0
                                               ? std::optional(row_.index % world_.Size(kind))
                                               : world_.Pick(kind, bits, 0);
    return target ? world_.Id(kind, *target) : 1;
  }

  int64_t Millis(uint64_t bits) const {
    return world_.CreateMillis(Kind::kDescribed, row_.index) + static_cast<int64_t>(bits % 90) * 86'400'000;
  }

  std::string Text(std::string_view name, std::string_view kind, std::string_view parent, uint64_t bits) const {
    if (kind.starts_with("string:")) return Choice(kind.substr(7), bits);
    if (kind == "id") return std::to_string(Id(name, parent, bits));
    if (kind == "date") return DateText(bits);
    if (kind == "bytes") return Base64Encode(std::string_view("\0file\xff", 6).substr(0, 1 + bits % 6));
    if (IsCode(name)) return CodeOf(row_.index);
    if (name == "email") return "someone" + std::to_string(row_.index) + "@example.com";
    return AnyWord(CompanyWords(), bits);
  }

  static std::string Choice(std::string_view choices, uint64_t bits) {
    std::vector<std::string_view> all;
    while (true) {
      const size_t bar = choices.find('|');
      all.push_back(choices.substr(0, bar));
      if (bar == std::string_view::npos) return std::string(all[bits % all.size()]);
      choices.remove_prefix(bar + 1);
    }
  }

  void WriteObject(std::string_view name, const Value& spec, uint64_t bits) {
    writer_.StartObject();
    uint64_t salt = 0;
    for (const auto& member : spec.GetObject()) {
      const std::string_view key = TextOf(member.name);
      WriteKey(writer_, key);
      Write(key, member.value, name, Mix(bits, ++salt));
    }
    writer_.EndObject();
  }

  void WriteArray(std::string_view name, const Value& spec, uint64_t bits) {
    const std::string_view stem = name.ends_with("_ids") ? name.substr(0, name.size() - 1) : name;
    writer_.StartArray();
    for (uint64_t i = 0; i < bits % 4; ++i) Write(stem, spec[0], "element", Mix(bits, i));
    writer_.EndArray();
  }

  const World& world_;
  const RowRef& row_;
  JsonWriter& writer_;
};

// Some parents have nothing below them.
bool IsBelow(uint64_t parents, uint64_t row) { return parents % 5 != 0 && Mix(parents, row) % 6 == 0; }

// Below one parent no two rows are about the same subject: those two identify the row of a tagged company.
bool IsRepeated(const World& world, Kind subject, uint64_t parents, uint64_t row) {
  const uint64_t subjects = world.Size(subject);
  for (uint64_t earlier = row; subjects > 0 && earlier >= subjects;) {
    earlier -= subjects;
    if (IsBelow(parents, earlier)) return true;
  }
  return false;
}

// What the rows are about: the tag of a company's tag.
Kind SubjectOf(const Entity& entity) {
  const bool has_tag = std::ranges::any_of(entity.properties, [](const Property& property) {
    return property.name == "tag" && property.described != nullptr && property.described->IsObject();
  });
  return has_tag ? Kind::kTags : Kind::kCompanies;
}

std::optional<uint64_t> FindParent(const World& world, std::string_view name, const std::string& value) {
  uint64_t id = 0;
  if (name.ends_with("_id")) {
    return ParseId(value, &id) ? world.Row(KindOf(name.substr(0, name.size() - 3)), id) : std::nullopt;
  }
  if (!name.ends_with("_code")) return MixText(0, value);  // one of the words that the description lists
  for (uint64_t row = 0; row < world.Size(Kind::kDescribed); ++row) {
    if (CodeOf(row) == value) return row;
  }
  return std::nullopt;
}

// What identifies a row is always there.
bool IsAlwaysThere(std::string_view name, const Value& spec) {
  return spec.IsObject() || IsCode(name) || IsId(name) || name == "email";
}

}  // namespace

DescribedEntity::DescribedEntity(const Value& list, std::string name) : name_(std::move(name)) {
  const Value& properties = list["properties"];
  if (properties.IsObject()) {
    for (const auto& property : properties.GetObject()) {
      properties_.push_back({TextOf(property.name), nullptr, false, false, &property.value});
    }
  } else {
    properties_.push_back({"id", nullptr, false, false, &properties});
  }
  if (list.HasMember("get") && list["get"].HasMember("properties")) {
    for (const auto& property : list["get"]["properties"].GetObject()) {
      properties_.push_back({TextOf(property.name), nullptr, false, true, &property.value});
    }
  }
  entity_ = {name_, Kind::kDescribed, properties_, {}, !list.HasMember("get") && name_.find('{') == std::string::npos};
}

void WriteDescribed(const Property& property, const World& world, const RowRef& row, Out& out) {
  const uint64_t bits = Mix(MixText(world.Bits(Kind::kDescribed, row.index, 40), property.name), row.parent);
  if (property.name == "custom_fields") return WriteCustomFields(out.Begin(), bits);
  if (!IsAlwaysThere(property.name, *property.described)) {
    if (bits % kNothingIn == 0) return out.Missing();
    if (bits % kNothingIn == 1) return out.Null();
  }
  ValueMaker(world, row, out.Begin()).Write(property.name, *property.described, "", Mix(bits));
}

std::optional<DescribedScope> FindScope(const World& world, const Entity& entity, const std::vector<std::string>& names,
                                        const std::vector<std::string>& values) {
  DescribedScope scope;
  scope.parents = 1;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::optional<uint64_t> parent = FindParent(world, names[i], values[i]);
    if (!parent || (i > 0 && !IsBelow(scope.parents, *parent))) return std::nullopt;
    scope.parents = Mix(scope.parents, *parent);
  }
  const Kind subject = SubjectOf(entity);
  for (uint64_t row = 0; row < world.Size(Kind::kDescribed); ++row) {
    const bool is_there = IsBelow(scope.parents, row) && !IsRepeated(world, subject, scope.parents, row);
    if (is_there) scope.rows.push_back(static_cast<uint32_t>(row));
  }
  return scope;
}

}  // namespace infusionsoft::sandbox
