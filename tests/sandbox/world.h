// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "breaks.h"
#include "iso_time.h"
#include "sandbox.h"

namespace infusionsoft::sandbox {

enum class Kind : uint8_t {
  kContacts,
  kCompanies,
  kTags,
  kTagCategories,
  kNotes,
  kTasks,
  kOpportunities,
  kStages,
  kOrders,
  kProducts,
  kUsers,
  // Rows of every list that has no kind of its own: the same ids in each of them.
  kDescribed,
};
inline constexpr size_t kKinds = 12;

// A property of a row: absent, JSON null, or a text.
struct Text {
  enum class State : uint8_t { kMissing, kNull, kValue };
  State state = State::kMissing;
  std::string value;

  static Text Of(std::string text) { return {State::kValue, std::move(text)}; }
  static Text Null() { return {State::kNull, {}}; }
  bool has_value() const { return state == State::kValue; }
};

// The account's data. It holds no rows: everything about row i of a kind is a pure function of
// (seed, kind, i), so an account of a million contacts costs nothing until it is read.
class World {
 public:
  World(uint64_t seed, const DataSizes& sizes, const std::vector<Break>& breaks = {});

  uint64_t seed() const { return seed_; }
  // Of rows, and of lists.
  const BreakSet& breaks() const { return breaks_; }
  uint64_t Size(Kind kind) const { return sizes_[static_cast<size_t>(kind)]; }

  // Random bits of one row; `salt` names the property.
  uint64_t Bits(Kind kind, uint64_t row, uint64_t salt) const;

  // Ids grow strictly with the row number, so that the inverse needs no table. The last rows have
  // ids beyond 2^32.
  uint64_t Id(Kind kind, uint64_t row) const;
  std::string IdText(Kind kind, uint64_t row) const { return std::to_string(Id(kind, row)); }
  std::optional<uint64_t> Row(Kind kind, uint64_t id) const;
  // The first row whose id is at least `id`; Size() if there is none.
  uint64_t LowerBound(Kind kind, uint64_t id) const;

  // A row of `target`, or nothing once in every `none_in` rows (0: never) or if there are no rows.
  std::optional<uint64_t> Pick(Kind target, uint64_t bits, uint64_t none_in) const;
  Text PickId(Kind target, uint64_t bits, uint64_t none_in) const;

  // Four neighbouring rows share a creation time; update times are never earlier.
  int64_t CreateMillis(Kind kind, uint64_t row) const;
  int64_t UpdateMillis(Kind kind, uint64_t row) const;
  std::string CreateTime(Kind kind, uint64_t row) const;
  std::string UpdateTime(Kind kind, uint64_t row) const;

 private:
  uint64_t FirstBigRow(Kind kind) const;

  uint64_t seed_;
  BreakSet breaks_;
  std::array<uint64_t, kKinds> sizes_{};
};

// How a millisecond count is spelled, chosen by random bits.
std::string SpellTime(int64_t millis, uint64_t bits);

// What contacts refer to and what refers to contacts: shared by several entities so that both
// directions of a reference say the same.
std::optional<uint64_t> ContactCompany(const World& world, uint64_t contact);
// Distinct tag rows in ascending order.
std::vector<uint64_t> ContactTags(const World& world, uint64_t contact);
int64_t AppliedMillis(const World& world, uint64_t contact, uint64_t tag);
std::optional<uint64_t> NoteContact(const World& world, uint64_t note);
std::optional<uint64_t> TaskContact(const World& world, uint64_t task);
std::optional<uint64_t> TaskOpportunity(const World& world, uint64_t task);
std::optional<uint64_t> OpportunityContact(const World& world, uint64_t opportunity);
std::optional<uint64_t> OrderContact(const World& world, uint64_t order);

// Properties of contacts that other entities repeat.
Text ContactGivenName(const World& world, uint64_t contact);
Text ContactFamilyName(const World& world, uint64_t contact);
Text ContactJobTitle(const World& world, uint64_t contact);
// `slot` 1 to 3.
Text ContactEmail(const World& world, uint64_t contact, int slot);
// The address of the lowest used slot.
Text ContactFirstEmail(const World& world, uint64_t contact);
// The random bits of the billing (0), shipping (1) or other (2) address, if the contact has it.
std::optional<uint64_t> ContactAddress(const World& world, uint64_t contact, uint64_t slot);
// `slot` 1 to 5.
Text ContactPhone(const World& world, uint64_t contact, int slot);

Text CompanyName(const World& world, uint64_t company);
Text TagName(const World& world, uint64_t tag);
std::string StageName(uint64_t stage);
std::string ProductName(const World& world, uint64_t product);
Text ProductSku(const World& world, uint64_t product);
std::string UserGivenName(const World& world, uint64_t user);
std::string UserFamilyName(const World& world, uint64_t user);
std::string UserEmail(const World& world, uint64_t user);

}  // namespace infusionsoft::sandbox
