// SPDX-License-Identifier: MIT
#include "row_index.h"

#include <algorithm>
#include <numeric>

#include "json_path.h"
#include "match.h"
#include "row_reader.h"

namespace infusionsoft::sandbox {
namespace {

// The first sixteen bytes of a text, or a whole number, as two integers that compare alike.
struct SortKey {
  uint64_t high = 0;
  uint64_t low = 0;
  uint32_t row = 0;
  bool null = true;

  bool SameText(const SortKey& other) const { return null == other.null && high == other.high && low == other.low; }
};

bool Less(const SortKey& a, const SortKey& b) {
  if (a.null != b.null) return a.null;
  if (a.high != b.high) return a.high < b.high;
  if (a.low != b.low) return a.low < b.low;
  return a.row < b.row;
}

uint64_t EightBytes(std::string_view text, size_t from) {
  uint64_t out = 0;
  for (size_t i = from; i < from + 8; ++i) {
    out = (out << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
  }
  return out;
}

// Reads the value that orders a row.
class KeyReader {
 public:
  KeyReader(const World& world, const Entity& entity, const OrderSpec& order, uint64_t parent)
      : world_(world), as_(order.as), path_(order.property), parent_(parent), reader_(entity) {
    reader_.Need(FindProperty(entity, path_.property()));
  }

  SortKey Read(uint32_t row) {
    SortKey key;
    key.row = row;
    const rapidjson::Value* const value = Find(row);
    if (value == nullptr) return key;
    switch (as_) {
      case SortAs::kText: {
        const std::string text = TextOf(*value);
        key.null = false;
        key.high = EightBytes(text, 0);
        key.low = EightBytes(text, 8);
        break;
      }
      case SortAs::kTime: {
        const std::optional<int64_t> millis = InstantOf(*value);
        key.null = !millis;
        key.high = Biased(millis.value_or(0));
        break;
      }
      case SortAs::kNumber: {
        // Amounts have at most two decimals.
        constexpr double kParts = 100;
        const std::optional<double> number = NumberOf(*value);
        key.null = !number;
        key.high = Biased(static_cast<int64_t>(number.value_or(0) * kParts));
        break;
      }
    }
    return key;
  }

  std::string FullText(uint32_t row) {
    const rapidjson::Value* const value = Find(row);
    return value == nullptr ? std::string() : TextOf(*value);
  }

 private:
  static std::string TextOf(const rapidjson::Value& value) {
    if (value.IsBool()) return value.GetBool() ? "true" : "false";
    return FoldCase(WrittenText(value).value_or(""));
  }

  static uint64_t Biased(int64_t value) { return static_cast<uint64_t>(value) ^ (1ULL << 63); }

  const rapidjson::Value* Find(uint32_t row) {
    found_.clear();
    path_.Collect(reader_.Read(world_, {row, parent_}), &found_);
    return found_.empty() ? nullptr : found_.front();
  }

  const World& world_;
  SortAs as_;
  JsonPath path_;
  uint64_t parent_;
  RowReader reader_;
  std::vector<const rapidjson::Value*> found_;
};

// Orders a run of rows whose texts agree in their first sixteen bytes.
void SortRun(KeyReader& reader, std::vector<SortKey>& keys, size_t begin, size_t end) {
  std::vector<std::pair<std::string, uint32_t>> texts;
  for (size_t i = begin; i < end; ++i) {
    texts.emplace_back(reader.FullText(keys[i].row), keys[i].row);
  }
  std::sort(texts.begin(), texts.end());
  for (size_t i = begin; i < end; ++i) keys[i].row = texts[i - begin].second;
}

}  // namespace

OrderedRows SortRows(const World& world, const Entity& entity, const OrderSpec& order, std::vector<uint32_t> rows,
                     uint64_t parent) {
  KeyReader reader(world, entity, order, parent);
  std::vector<SortKey> keys;
  keys.reserve(rows.size());
  for (const uint32_t row : rows) keys.push_back(reader.Read(row));
  std::sort(keys.begin(), keys.end(), Less);
  if (order.as == SortAs::kText) {
    for (size_t begin = 0; begin < keys.size();) {
      size_t end = begin + 1;
      while (end < keys.size() && keys[begin].SameText(keys[end])) ++end;
      // A last byte of zero: the sixteen bytes hold the whole text.
      const bool partial = (keys[begin].low & 255) != 0;
      if (end - begin > 1 && partial) SortRun(reader, keys, begin, end);
      begin = end;
    }
  }
  OrderedRows out;
  out.rows = std::move(rows);
  for (size_t i = 0; i < keys.size(); ++i) {
    out.rows[i] = keys[i].row;
    if (keys[i].null) ++out.null_count;
  }
  return out;
}

std::shared_ptr<const OrderedRows> RowIndexes::Ordered(const Entity& entity, const OrderSpec& order) {
  const std::lock_guard lock(mutex_);
  auto& slot = ordered_[{std::string(entity.name), order.name}];
  if (slot == nullptr) {
    std::vector<uint32_t> rows(world_.Size(entity.kind));
    std::iota(rows.begin(), rows.end(), 0U);
    slot = std::make_shared<OrderedRows>(SortRows(world_, entity, order, std::move(rows), 0));
  }
  return slot;
}

std::vector<uint32_t> RowIndexes::Referring(const Entity& entity, const Reference& reference, uint64_t target) {
  const std::lock_guard lock(mutex_);
  auto& slot = referring_[{std::string(entity.name), std::string(reference.path)}];
  if (slot == nullptr) {
    auto index = std::make_shared<InverseIndex>(world_.Size(reference.target));
    index->Build([&](const auto& add) {
      for (uint64_t row = 0; row < world_.Size(entity.kind); ++row) {
        if (const auto found = reference.row(world_, row)) add(*found, row);
      }
    });
    slot = std::move(index);
  }
  return slot->Rows(target);
}

std::vector<uint32_t> RowIndexes::TagContacts(uint64_t tag) {
  const std::lock_guard lock(mutex_);
  if (tag_contacts_ == nullptr) {
    auto index = std::make_shared<InverseIndex>(world_.Size(Kind::kTags));
    index->Build([this](const auto& add) {
      for (uint64_t row = 0; row < world_.Size(Kind::kContacts); ++row) {
        for (const uint64_t found : ContactTags(world_, row)) add(found, row);
      }
    });
    tag_contacts_ = std::move(index);
  }
  return tag_contacts_->Rows(tag);
}

}  // namespace infusionsoft::sandbox
