// SPDX-License-Identifier: MIT
#include "query/lookup_scan.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "query/cell.h"
#include "query/row_hash.h"

namespace infusionsoft {
namespace {

constexpr size_t kBytesOfIndexNode = 32;  // of the heap, for a link, a hash and a number

// The index of a local copy may take more memory than other rows, because there is no other way to look rows up in it.
constexpr size_t kCopyFactor = 4;

std::vector<int> ColumnsOf(const std::vector<PlanTerm>& terms) {
  std::vector<int> columns;
  for (const PlanTerm& term : terms) columns.push_back(term.column);
  return columns;
}

}  // namespace

LookupScan::LookupScan(const Entity& entity, const LookupPlan& lookup, std::vector<ListRequest> requests, ScanLength length,
                       size_t& bytes, size_t max_bytes)
    : entity_(entity),
      columns_(ColumnsOf(lookup.sought)),
      is_unique_(lookup.is_unique),
      reads_copy_(lookup.scan.from_copy),
      length_(length),
      requests_(std::move(requests)),
      bytes_(bytes),
      max_bytes_(max_bytes) {
  if (entity.IsNested()) nested_ = *json::Path::Compile(entity.nested);
  OpenNextList();
}

void LookupScan::OpenNextList() {
  pager_.reset();
  if (next_request_ < requests_.size()) pager_.emplace(entity_, requests_[next_request_++], infusionsoft::Keep::kNo);
}

Result<std::optional<std::vector<uint32_t>>> LookupScan::Find(const ScanContext& context,
                                                              const std::vector<SqlValue>& values, int64_t keys) {
  using Rows = std::optional<std::vector<uint32_t>>;
  const std::optional<uint64_t> hash = HashOf(values);
  if (!hash || (reads_copy_ && !std::exchange(was_asked_, true))) return Rows();
  while (pager_) {
    if (is_unique_) {
      std::vector<uint32_t> found = RowsAt(*hash);
      const Result<bool> has_row = HasRow(found, values);
      if (!has_row) return has_row.status();
      if (*has_row) return Rows(std::move(found));
    }
    if (!MayRead(context, keys)) return Rows();
    if (Status status = ReadPage(context); !status.ok()) return status;
  }
  std::vector<uint32_t> found = RowsAt(*hash);
  return found.empty() && !TellsOfAbsence() ? Rows() : Rows(std::move(found));
}

void LookupScan::Found(const std::vector<SqlValue>& values) {
  const std::optional<uint64_t> hash = HashOf(values);
  if (hash && !lacks_key_) found_keys_.insert(*hash);
}

void LookupScan::Found(const Page& page, const std::vector<SqlValue>& values) {
  const std::optional<uint64_t> hash = HashOf(values);
  for (size_t i = 0; hash && !nested_ && i < page.size(); ++i) {
    std::vector<SqlValue> row;
    for (const int index : columns_) row.push_back(ReadCell(entity_.columns[static_cast<size_t>(index)], page.At(i)));
    if (HashOf(row) == hash) return Found(values);
  }
}

bool LookupScan::TellsOfAbsence() const {
  lacks_key_ = lacks_key_ || std::ranges::any_of(found_keys_, [&](uint64_t key) { return !index_.contains(key); });
  found_keys_.clear();
  return !lacks_key_;
}

bool LookupScan::MayRead(const ScanContext& context, int64_t keys) const {
  if (has_stopped_) return false;
  if (reads_copy_ || pager_->NextIsRemembered(context)) return true;
  return policy_.ShouldScan(Outlook(keys));
}

LookupOutlook LookupScan::Outlook(int64_t keys) const {
  return {.keys = keys, .pages = length_.pages, .pages_are_known = length_.is_known};
}

int64_t LookupScan::LookupsDue(int64_t keys, int64_t max) const {
  LookupPolicy policy = policy_;
  int64_t due = 0;
  for (; due < std::min(keys, max); ++due) {
    if (pager_ && !has_stopped_ && policy.ShouldScan(Outlook(keys - due))) break;
    policy.LookupSent();
  }
  return due;
}

LookupScan::Known LookupScan::WhatIsKnown(const std::vector<SqlValue>& values) const {
  const std::optional<uint64_t> hash = HashOf(values);
  if (!hash || (pager_ && !is_unique_)) return Known::kNothing;
  if (!RowsAt(*hash).empty()) return Known::kThere;
  return pager_ || !TellsOfAbsence() ? Known::kNothing : Known::kAbsent;
}

Status LookupScan::ReadPage(const ScanContext& context) {
  Result<std::optional<Page>> page = pager_->Next(context);
  if (!page) return std::move(page).status();
  if (!page->has_value() || (*page)->was_sent) policy_.PageSent();
  if (page->has_value()) Keep(**page);
  if (!pager_->has_more()) OpenNextList();
  CountBytes();
  if (bytes_ <= max_bytes_) return Status();
  if (reads_copy_) return SpillOrRefuse();
  if (pager_) Forget();
  return Status();
}

// What it holds, as the heap has it.
void LookupScan::CountBytes() {
  const size_t now = text_bytes_ + pages_.capacity() * sizeof(PageText) + rows_.capacity() * sizeof(RowText) +
                     unclear_.capacity() * sizeof(uint32_t) + index_.size() * kBytesOfIndexNode +
                     (index_.empty() ? 0 : index_.bucket_count() * sizeof(void*));
  bytes_ += now - own_bytes_;
  own_bytes_ = now;
}

Status LookupScan::SpillOrRefuse() {
  if (Status status = Spill(); !status.ok()) return status;
  CountBytes();
  if (bytes_ <= kCopyFactor * max_bytes_) return Status();
  return Status(StatusCode::kLimitExceeded,
                "the statement looks up rows in local copies of " + std::to_string(rows_.size()) +
                    " rows and more, whose index takes more than " + std::to_string(kCopyFactor * max_bytes_) +
                    " bytes; CREATE TABLE ... AS SELECT from the larger list, with an index on it");
}

// Moves the texts of the newest page to the file.
Status LookupScan::Spill() {
  if (pages_.empty() || pages_.back().spilled_to >= 0) return Status();
  if (!spill_) {
    Result<SpillFile> made = SpillFile::Make();
    if (!made) return std::move(made).status();
    spill_.emplace(*std::move(made));
  }
  PageText& page = pages_.back();
  const Result<int64_t> begin = spill_->Append(page.text);
  if (!begin) return begin.status();
  page.spilled_to = *begin;
  text_bytes_ -= page.text.capacity();
  page.text = std::string();
  return Status();
}

void LookupScan::Keep(const Page& page) {
  std::string texts;
  for (size_t i = 0; i < page.size(); ++i) {
    const json::Value item = page.At(i);
    const auto number = static_cast<uint32_t>(rows_.size());
    const std::string text = item.Text();
    rows_.push_back({static_cast<uint32_t>(pages_.size()), static_cast<uint32_t>(text.size()), texts.size()});
    texts += text;
    if (!nested_) {
      Index(item, item, number);
      continue;
    }
    const json::Value elements = nested_->Find(item);
    const size_t count = elements.kind() == json::Value::Kind::kArray ? elements.Size() : 0;
    for (size_t element = 0; element < count; ++element) Index(elements.At(element), item, number);
  }
  texts.shrink_to_fit();
  pages_.push_back({std::move(texts)});
  text_bytes_ += pages_.back().text.capacity();
}

void LookupScan::Index(json::Value row, json::Value outer_row, uint32_t number) {
  std::vector<SqlValue> values;
  for (int index : columns_) {
    const Column& column = entity_.columns[static_cast<size_t>(index)];
    values.push_back(ReadCell(column, column.outer ? outer_row : row));
    if (values.back().IsNull()) return;  // equals nothing
  }
  if (const std::optional<uint64_t> hash = HashOf(values)) {
    index_.emplace(*hash, number);
  } else {
    unclear_.push_back(number);
  }
}

// What is not complete tells of a unique row that it is there, and of nothing else.
void LookupScan::Forget() {
  Stop();
  if (is_unique_) return;
  index_ = decltype(index_)();
  unclear_ = decltype(unclear_)();
  rows_ = decltype(rows_)();
  pages_ = decltype(pages_)();
  text_bytes_ = 0;
  CountBytes();
}

std::optional<uint64_t> LookupScan::HashOf(const std::vector<SqlValue>& values) const {
  std::string keys;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::optional<std::string> key = EqualityKey(entity_.columns[static_cast<size_t>(columns_[i])], values[i]);
    if (!key) return std::nullopt;
    keys += std::to_string(key->size()) + ":" + *key;
  }
  return ProcessHash().Of(keys);
}

std::vector<uint32_t> LookupScan::RowsAt(uint64_t hash) const {
  std::vector<uint32_t> numbers = unclear_;
  for (auto [row, end] = index_.equal_range(hash); row != end; ++row) numbers.push_back(row->second);
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

Result<Page> LookupScan::ReadRows(std::span<const uint32_t> numbers) const {
  std::string text = "[";
  for (const uint32_t number : numbers) {
    const RowText& row = rows_[number];
    if (text.size() > 1) text += ',';
    const PageText& page = pages_[row.page];
    if (page.spilled_to < 0) {
      text.append(page.text, row.offset, row.size);
    } else if (Status status = spill_->Read(page.spilled_to + static_cast<int64_t>(row.offset), row.size, text);
               !status.ok()) {
      return status;
    }
  }
  Result<json::Document> document = json::Document::Parse(text + "]");
  if (!document) return std::move(document).status();
  auto answer = std::make_shared<ApiAnswer>();
  answer->document = *std::move(document);
  const json::Value items = answer->document.root();
  return Page{std::move(answer), items, false, false};
}

// Whether the row itself is there, and not one whose hash is the same.
Result<bool> LookupScan::HasRow(const std::vector<uint32_t>& numbers, const std::vector<SqlValue>& values) const {
  if (numbers.empty()) return false;
  const Result<Page> page = ReadRows(numbers);
  if (!page) return page.status();
  for (size_t i = 0; i < page->size(); ++i) {
    size_t equal = 0;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const Column& column = entity_.columns[static_cast<size_t>(columns_[c])];
      const std::optional<std::string> key = EqualityKey(column, ReadCell(column, page->At(i)));
      if (key && key == EqualityKey(column, values[c])) ++equal;
    }
    if (equal == columns_.size()) return true;
  }
  return false;
}

}  // namespace infusionsoft
