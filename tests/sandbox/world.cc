// SPDX-License-Identifier: MIT
#include "world.h"

#include <algorithm>
#include <cmath>

#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

constexpr uint64_t kIdStep = 3;
constexpr uint64_t kBigIdOffset = 5'000'000'000;
constexpr uint64_t kBigRows = 2;
constexpr int64_t kMinute = 60'000;
constexpr int64_t kDay = 1440 * kMinute;
// 2019-01-01T08:00:00Z; rows spread over the six years that follow.
constexpr int64_t kEpoch = 1'546'329'600'000;
constexpr int64_t kSpreadDays = 2190;

constexpr uint64_t FirstId(Kind kind) { return 101 + 1000 * static_cast<uint64_t>(kind); }
// The first ids have one digit, two and three, so that their text is in another order.
constexpr uint64_t kFirstShortId = 5;

}  // namespace

World::World(uint64_t seed, const DataSizes& sizes, const std::vector<Break>& breaks) : seed_(seed) {
  for (const Break what : breaks) breaks_.set(static_cast<size_t>(what));
  const uint64_t n = sizes.contacts;
  const auto root = static_cast<uint64_t>(std::sqrt(static_cast<double>(n)));
  const uint64_t users = n >= 100'000 ? 250 : 12;
  const auto set = [this](Kind kind, std::optional<uint64_t> given, uint64_t derived) {
    sizes_[static_cast<size_t>(kind)] = given.value_or(derived);
  };
  set(Kind::kContacts, n, n);
  set(Kind::kCompanies, sizes.companies, std::max<uint64_t>(n / 10, 3));
  set(Kind::kTags, sizes.tags, std::max<uint64_t>(20, root));
  set(Kind::kTagCategories, sizes.tag_categories, 8);
  set(Kind::kNotes, sizes.notes, n / 2);
  set(Kind::kTasks, sizes.tasks, n / 2);
  set(Kind::kOpportunities, sizes.opportunities, n / 4);
  set(Kind::kStages, sizes.opportunity_stages, 7);
  set(Kind::kOrders, sizes.orders, n / 2);
  set(Kind::kProducts, sizes.products, 40);
  set(Kind::kUsers, sizes.users, users);
  set(Kind::kDescribed, std::nullopt, 36);
}

uint64_t World::Bits(Kind kind, uint64_t row, uint64_t salt) const {
  return Mix(seed_ ^ (static_cast<uint64_t>(kind) << 56) ^ (salt << 40), row);
}

uint64_t World::FirstBigRow(Kind kind) const {
  const uint64_t size = Size(kind);
  return size >= 10 ? size - kBigRows : size;
}

uint64_t World::Id(Kind kind, uint64_t row) const {
  const uint64_t first = Has(breaks_, Break::kIdsAsText) ? kFirstShortId : FirstId(kind);
  const uint64_t id = first + row * kIdStep + Bits(kind, row, 1) % kIdStep;
  return row >= FirstBigRow(kind) ? id + kBigIdOffset : id;
}

std::optional<uint64_t> World::Row(Kind kind, uint64_t id) const {
  const uint64_t row = LowerBound(kind, id);
  if (row >= Size(kind) || Id(kind, row) != id) return std::nullopt;
  return row;
}

uint64_t World::LowerBound(Kind kind, uint64_t id) const {
  const uint64_t size = Size(kind);
  uint64_t low = 0;
  uint64_t high = size;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (Id(kind, middle) < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<uint64_t> World::Pick(Kind target, uint64_t bits, uint64_t none_in) const {
  if (Size(target) == 0 || (none_in != 0 && bits % none_in == 0)) return std::nullopt;
  return Mix(bits) % Size(target);
}

Text World::PickId(Kind target, uint64_t bits, uint64_t none_in) const {
  const std::optional<uint64_t> row = Pick(target, bits, none_in);
  if (row) return Text::Of(IdText(target, *row));
  return Mix(bits, 7) % 2 == 0 ? Text::Null() : Text{};
}

int64_t World::CreateMillis(Kind kind, uint64_t row) const {
  const uint64_t bits = Bits(kind, row / 4, 2);
  return kEpoch + static_cast<int64_t>(bits % kSpreadDays) * kDay +
         static_cast<int64_t>(bits / kSpreadDays % 1440) * kMinute;
}

int64_t World::UpdateMillis(Kind kind, uint64_t row) const {
  const uint64_t bits = Bits(kind, row, 3);
  const int64_t created = CreateMillis(kind, row);
  if (bits % 5 == 0) return created;
  // Every fourth update is an exact day after the creation, so that rows share update times too.
  const int64_t later = static_cast<int64_t>(bits / 5 % 60) * kDay;
  return created + later + (bits % 4 == 0 ? 0 : static_cast<int64_t>(bits / 300 % 86'400'000));
}

std::string World::CreateTime(Kind kind, uint64_t row) const {
  return SpellTime(CreateMillis(kind, row), Bits(kind, row, 4));
}

std::string World::UpdateTime(Kind kind, uint64_t row) const {
  return SpellTime(UpdateMillis(kind, row), Bits(kind, row, 5));
}

std::string SpellTime(int64_t millis, uint64_t bits) {
  if (millis % 1000 != 0) return FormatTime(millis, TimeStyle::kZuluMillis);
  switch (bits % 16) {
    case 0:
      return FormatTime(millis, TimeStyle::kOffsetNoColon);
    case 1:
      return FormatTime(millis, TimeStyle::kOffsetColon);
    case 2:
      return FormatTime(millis, TimeStyle::kZuluMillis);
    default:
      return FormatTime(millis, TimeStyle::kZulu);
  }
}

std::optional<uint64_t> ContactCompany(const World& world, uint64_t contact) {
  return world.Pick(Kind::kCompanies, world.Bits(Kind::kContacts, contact, 10), 8);
}

std::vector<uint64_t> ContactTags(const World& world, uint64_t contact) {
  std::vector<uint64_t> tags;
  const uint64_t size = world.Size(Kind::kTags);
  if (size == 0) return tags;
  // The last tag is on no contact, so that an empty list exists.
  const uint64_t used = size > 1 ? size - 1 : 1;
  const uint64_t bits = world.Bits(Kind::kContacts, contact, 11);
  const uint64_t count = std::min<uint64_t>(bits % 7, used);
  const uint64_t step = 1 + (bits >> 8) % std::max<uint64_t>(used / 7, 1);
  const uint64_t start = (bits >> 24) % used;
  for (uint64_t i = 0; i < count; ++i) tags.push_back((start + i * step) % used);
  std::sort(tags.begin(), tags.end());
  return tags;
}

int64_t AppliedMillis(const World& world, uint64_t contact, uint64_t tag) {
  const uint64_t bits = Mix(world.Bits(Kind::kContacts, contact, 12), tag);
  return world.CreateMillis(Kind::kContacts, contact) + static_cast<int64_t>(bits % 100) * kDay +
         static_cast<int64_t>(bits % 3) * 123;
}

std::optional<uint64_t> NoteContact(const World& world, uint64_t note) {
  return world.Pick(Kind::kContacts, world.Bits(Kind::kNotes, note, 10), 0);
}

std::optional<uint64_t> TaskOpportunity(const World& world, uint64_t task) {
  const uint64_t bits = world.Bits(Kind::kTasks, task, 10);
  if (bits % 3 != 0) return std::nullopt;
  return world.Pick(Kind::kOpportunities, bits, 0);
}

std::optional<uint64_t> TaskContact(const World& world, uint64_t task) {
  const std::optional<uint64_t> opportunity = TaskOpportunity(world, task);
  if (opportunity) return OpportunityContact(world, *opportunity);
  return world.Pick(Kind::kContacts, world.Bits(Kind::kTasks, task, 11), 10);
}

std::optional<uint64_t> OpportunityContact(const World& world, uint64_t opportunity) {
  return world.Pick(Kind::kContacts, world.Bits(Kind::kOpportunities, opportunity, 10), 0);
}

std::optional<uint64_t> OrderContact(const World& world, uint64_t order) {
  return world.Pick(Kind::kContacts, world.Bits(Kind::kOrders, order, 10), 0);
}

}  // namespace infusionsoft::sandbox
