// SPDX-License-Identifier: MIT
#include "match.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace infusionsoft::sandbox {
namespace {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string_view TextOf(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

// The library's own comparison operators call each other for ever under C++20's rewriting rules.
bool SameValue(const rapidjson::Value& a, const rapidjson::Value& b) {
  if (a.IsString() && b.IsString()) return TextOf(a) == TextOf(b);
  return a.IsBool() && b.IsBool() && a.GetBool() == b.GetBool();
}

template <typename T>
bool Compare(Op op, T stored, T wanted) {
  switch (op) {
    case Op::kEqual:
      return stored == wanted;
    case Op::kNotEqual:
      return stored != wanted;
    case Op::kGreater:
      return stored > wanted;
    case Op::kLess:
      return stored < wanted;
    case Op::kGreaterEqual:
      return stored >= wanted;
    case Op::kLessEqual:
      return stored <= wanted;
  }
  return false;
}

bool IdMatches(const Clause& clause, const rapidjson::Value& value) {
  uint64_t id = 0;
  if (value.IsNumber()) {
    id = static_cast<uint64_t>(value.GetDouble());
  } else if (!value.IsString() || !ParseId(TextOf(value), &id)) {
    return false;
  }
  if (clause.spec->matching == Matching::kSet) {
    return std::find(clause.ids.begin(), clause.ids.end(), id) != clause.ids.end();
  }
  return Compare(clause.op, id, clause.ids.front());
}

bool TruthOf(const rapidjson::Value& value) {
  if (value.IsBool()) return value.GetBool();
  return value.IsString() && TextOf(value) == "true" ? true : NumberOf(value).value_or(0) != 0;
}

// What a custom field shows as a time, or as a date: midnight, in UTC or far east of it.
std::optional<int64_t> InstantOfCustomField(const FreedomSet& freedoms, std::string_view text) {
  if (text.find('T') != std::string_view::npos) return ParseTime(text);
  constexpr int64_t kThirteenHours = 13 * 3'600'000;
  const std::optional<int64_t> midnight = ParseTime(std::string(text) + "T00:00:00Z");
  return midnight && Has(freedoms, Freedom::kDatesInZone) ? *midnight - kThirteenHours : midnight;
}

bool TimeMatches(const Clause& clause, const FreedomSet& freedoms, const rapidjson::Value& value) {
  if (clause.spec->matching == Matching::kCompare && value.IsString()) {
    const std::optional<int64_t> instant = InstantOfCustomField(freedoms, TextOf(value));
    return instant && Compare(clause.op, *instant, clause.millis);
  }
  const std::optional<int64_t> stored = InstantOf(value);
  if (!stored) return false;
  int64_t bound = clause.millis;
  if (Has(freedoms, Freedom::kBoundsWholeSeconds)) bound -= ((bound % 1000) + 1000) % 1000;
  const bool exclusive = Has(freedoms, Freedom::kBoundsExclusive);
  if (clause.spec->matching == Matching::kSince) {
    return exclusive ? *stored > bound : *stored >= bound;
  }
  return exclusive ? *stored < bound : *stored <= bound;
}

}  // namespace

std::optional<int64_t> InstantOf(const rapidjson::Value& value) {
  if (value.IsInt64()) return value.GetInt64() * 1000;
  return value.IsString() ? ParseTime(TextOf(value)) : std::nullopt;
}

std::optional<double> NumberOf(const rapidjson::Value& value) {
  if (value.IsNumber()) return value.GetDouble();
  if (!value.IsString()) return std::nullopt;
  double number = 0;
  const std::string_view text = TextOf(value);
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<std::string> WrittenText(const rapidjson::Value& value) {
  if (value.IsString()) return std::string(TextOf(value));
  if (value.IsUint64()) return std::to_string(value.GetUint64());
  return std::nullopt;
}

std::string FoldCase(std::string_view text) {
  std::string out(text);
  for (size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (c >= 'A' && c <= 'Z') out[i] = static_cast<char>(c + 32);
    // U+00C0 to U+00DE, without the multiplication sign, are "C3 80" to "C3 9E".
    if (c == 0xc3 && i + 1 < out.size()) {
      const auto next = static_cast<unsigned char>(out[i + 1]);
      if (next >= 0x80 && next <= 0x9e && next != 0x97) out[i + 1] = static_cast<char>(next + 32);
    }
  }
  return out;
}

RowMatcher::RowMatcher(const ListSpec& list, const std::vector<Clause>& clauses, const FreedomSet& freedoms)
    : freedoms_(freedoms), reader_(*list.entity) {
  const Entity& entity = *list.entity;
  const bool other_bounds = Has(freedoms, Freedom::kBoundsOnCreateTime);
  for (const Clause& clause : clauses) {
    const FilterSpec& spec = *clause.spec;
    // What tests nothing that rows show, lets all of them pass here.
    if (spec.matching == Matching::kModifier || spec.tests.empty()) continue;
    JsonPath path(other_bounds && !spec.else_tests.empty() ? spec.else_tests : spec.tests);
    for (const Clause& other : clauses) {
      if (other.spec->restricts == spec.name) path.Restrict(other.choices);
    }
    reader_.Need(FindProperty(entity, path.property()));
    tests_.push_back({&clause, std::move(path)});
  }
  for (const FilterSpec& spec : list.filters) {
    if (spec.excludes_property.empty()) continue;
    const bool included =
        std::any_of(clauses.begin(), clauses.end(), [&spec](const Clause& c) { return c.spec == &spec && c.truth; });
    if (included) continue;
    reader_.Need(FindProperty(entity, spec.excludes_property));
    exclusions_.push_back({JsonPath(spec.excludes_property), &spec.excludes_value});
  }
}

bool RowMatcher::Matches(const World& world, const RowRef& row) {
  if (MatchesAll()) return true;
  const rapidjson::Value& document = reader_.Read(world, row);
  for (const Exclusion& exclusion : exclusions_) {
    found_.clear();
    exclusion.path.Collect(document, &found_);
    for (const rapidjson::Value* const value : found_) {
      if (SameValue(*value, *exclusion.value)) return false;
    }
  }
  return std::all_of(tests_.begin(), tests_.end(), [&](const Test& test) { return Passes(test, document); });
}

bool RowMatcher::Passes(const Test& test, const rapidjson::Value& row) {
  found_.clear();
  test.path.Collect(row, &found_);
  if (test.clause->spec->matching == Matching::kExists) {
    return test.clause->truth == !found_.empty();
  }
  if (test.clause->sentinel) return found_.empty();
  return std::any_of(found_.begin(), found_.end(),
                     [&](const rapidjson::Value* value) { return PassesOne(*test.clause, *value); });
}

bool RowMatcher::PassesOne(const Clause& clause, const rapidjson::Value& value) const {
  switch (clause.spec->type) {
    case ValueType::kId:
    case ValueType::kIdList:
      return IdMatches(clause, value);
    case ValueType::kNumber: {
      const std::optional<double> number = NumberOf(value);
      return number && Compare(clause.op, *number, clause.number);
    }
    case ValueType::kFlag:
      return TruthOf(value) == clause.truth;
    case ValueType::kBoolean:
      return !value.IsNumber() && TruthOf(value) == clause.truth;
    case ValueType::kDateTime:
      return TimeMatches(clause, freedoms_, value);
    case ValueType::kString: {
      const std::optional<std::string> text = WrittenText(value);
      return text && TextMatches(clause, *text);
    }
    case ValueType::kEnum:
    case ValueType::kEnumList:
    case ValueType::kStringList:
      return value.IsString() &&
             std::find(clause.choices.begin(), clause.choices.end(), TextOf(value)) != clause.choices.end();
  }
  return false;
}

bool RowMatcher::TextMatches(const Clause& clause, std::string_view stored) const {
  std::string_view wanted = clause.text;
  if (Has(freedoms_, Freedom::kEqualityTrims)) {
    stored = Trim(stored);
    wanted = Trim(wanted);
  }
  if (clause.prefix) return FoldCase(stored).starts_with(FoldCase(wanted));
  const bool contains = clause.spec->matching == Matching::kContains || Has(freedoms_, Freedom::kEqualityIsContains);
  if (Has(freedoms_, Freedom::kEqualityIgnoresCase)) {
    const std::string folded = FoldCase(stored);
    return contains ? folded.find(FoldCase(wanted)) != std::string::npos : folded == FoldCase(wanted);
  }
  return contains ? stored.find(wanted) != std::string_view::npos : stored == wanted;
}

}  // namespace infusionsoft::sandbox
