// SPDX-License-Identifier: MIT
#include "query/row_cursor.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "query/cell.h"
#include "query/known_path.h"
#include "query/lookup_plan.h"
#include "query/statement_memory.h"
#include "query/value_list.h"

namespace infusionsoft {
namespace {

constexpr size_t kRowsOfPart = 1000;  // of those that a scan answers a look-up with: as many as a usual page

// Nothing is equal to NULL.
bool PicksNothing(const QueryPlan& plan, const std::vector<Argument>& arguments) {
  return std::ranges::any_of(plan.picks, [&](const PlanTerm& pick) {
    const Argument& values = arguments[static_cast<size_t>(pick.argument) - 1];
    return values.empty() || values.front().IsNull();
  });
}

// What the outer scan of a parents' scan has sent ahead is none of its business.
ScanContext WithAhead(ScanContext context, ReadAhead& ahead) {
  context.ahead = ahead.is_on() ? &ahead : nullptr;
  return context;
}

const Entity& ShownAs(const Entity& entity, const ScanOptions& options) {
  return options.shown_as != nullptr ? *options.shown_as : entity;
}

// A table's own, and those of its parents.
RowIds& RowIdsOf(const ScanContext& context, const Entity& shown_as, std::optional<RowIds>& own) {
  if (context.memory == nullptr) return own.emplace();
  return context.memory->row_ids().Of(context.table_name + " " + shown_as.name);
}

}  // namespace

RowCursor::RowCursor(const Entity& entity, const Profile& profile, const ScanContext& context, ScanOptions options)
    : entity_(entity),
      profile_(profile),
      ahead_(static_cast<size_t>(options.max_concurrency)),
      details_ahead_(static_cast<size_t>(options.max_concurrency)),
      context_(WithAhead(context, ahead_)),
      detail_context_(WithAhead(context, details_ahead_)),
      options_(options),
      identity_(entity, ShownAs(entity, options), RowIdsOf(context, ShownAs(entity, options), own_row_ids_)) {
  if (entity.IsNested()) nested_ = *json::Path::Compile(entity.nested);
}

Status RowCursor::Start(const QueryPlan& plan, const std::vector<Argument>& arguments) {
  ValueList list = TakeShortestList(entity_, plan, arguments);
  plan_ = std::move(list.plan);
  order_check_.reset();
  if (plan_.order) order_check_.emplace(entity_, plan_);
  arguments_ = arguments;
  list_argument_ = list.argument;
  values_.clear();
  if (list_argument_ > 0) values_.swap(arguments_[static_cast<size_t>(list_argument_) - 1]);
  next_look_up_ = 0;
  if (context_.memory != nullptr) {
    lookup_ = PlanLookup(entity_, plan_, list_argument_);
    parent_lookup_ = PlanParentLookup(entity_, profile_, plan_);
  }
  // The copy that serves the parents' own table.
  if (parent_lookup_ && context_.copies != nullptr) parent_lookup_->lookup.scan.fields = AllFields(*parent_lookup_->parent);
  at_end_ = PicksNothing(plan_, arguments_);
  return at_end_ ? Status() : Advance();
}

size_t RowCursor::LookUpCount() const { return list_argument_ > 0 ? values_.size() : 1; }

Status RowCursor::MakeRequests(const QueryPlan& plan) {
  Result<RequestSet> requests =
      BuildRequests(entity_, plan, arguments_, PageSizeMax(entity_, options_.page_size), TokenBytes(context_.sizes));
  if (!requests) return std::move(requests).status();
  requests_ = *std::move(requests);
  return Status();
}

Status RowCursor::DropLongLists() {
  QueryPlan whole = plan_;
  std::erase_if(whole.terms, [](const PlanTerm& term) { return term.op == Op::kIn; });
  const ScanLength length = ExpectedScan(entity_, whole, context_.sizes, options_.page_size);
  const bool is_shorter = length.is_known && length.pages < static_cast<double>(requests_.requests.size());
  return is_shorter ? MakeRequests(whole) : Status();
}

Status RowCursor::BeginLookUp() {
  if (list_argument_ > 0) arguments_[static_cast<size_t>(list_argument_) - 1] = {values_[next_look_up_]};
  ++next_look_up_;
  identity_.BeginList();
  scan_ = parent_scan_ = nullptr;
  found_.reset();
  next_found_ = 0;
  lists_.reset();
  missing_list_.reset();
  some_list_is_known_ = false;
  row_is_detail_ = false;
  if (Status status = MakeRequests(plan_); !status.ok()) return status;
  // Of rows that are not in the list none may count against MaxRows.
  if (requests_.requests.size() > 1 && options_.max_rows < 0) {
    if (Status status = DropLongLists(); !status.ok()) return status;
  }
  if (requests_.requests.empty()) return Status();
  if (Status status = FindInScan(); !status.ok() || found_) return status;
  row_is_detail_ = requests_.is_object && entity_.get_path == entity_.detail_path;
  if (requests_.is_object) return FetchObject(requests_.requests[0]);
  const Result<bool> parent_is_missing = ParentIsMissing();
  if (!parent_is_missing) return parent_is_missing.status();
  if (!*parent_is_missing) lists_.emplace(entity_, profile_, context_, options_.page_size, requests_);
  return Status();
}

// Each list of a parent that was not there pays for a page of the parents, so parents that are there cost nothing.
Result<bool> RowCursor::ParentIsMissing() {
  if (!parent_lookup_ || FirstIsRemembered()) return false;
  const Entity& parent = *parent_lookup_->parent;
  const int page_size_max = PageSizeMax(parent, options_.page_size);
  parent_scan_ = context_.memory->FindScan(context_, entity_, parent, parent_lookup_->lookup, {}, page_size_max);
  if (parent_scan_ == nullptr) return false;
  const auto found = parent_scan_->Find(context_, ParentValues(), 0);
  if (!found) return found.status();
  return found->has_value() && (*found)->empty();
}

bool RowCursor::FirstIsRemembered() const { return Pager(entity_, requests_.requests[0]).NextIsRemembered(context_); }

// Not certain where a LIMIT may be reached before. Where look-ups bring details, whether each is needed for them shows only
// when the first row is read.
int64_t RowCursor::KeysToCome() const {
  const bool brings_details = requests_.is_object && entity_.get_path == entity_.detail_path;
  if (list_argument_ == 0 || plan_.limit_argument > 0 || brings_details) return 0;
  return static_cast<int64_t>(values_.size() - next_look_up_ + 1);
}

Status RowCursor::FindInScan() {
  if (!lookup_) return Status();
  const int page_size_max = PageSizeMax(entity_, options_.page_size);
  scan_ = context_.memory->FindScan(context_, entity_, entity_, *lookup_, arguments_, page_size_max);
  if (scan_ == nullptr || (!plan_.from_copy && FirstIsRemembered())) return Status();
  const int64_t keys = NamesLists(entity_, plan_, list_argument_) ? 0 : KeysToCome();
  Result<std::optional<std::vector<uint32_t>>> found = scan_->Find(context_, SoughtValues(arguments_), keys);
  if (!found) return std::move(found).status();
  found_ = *std::move(found);
  return found_ && plan_.order ? SortFound() : Status();
}

std::vector<SqlValue> RowCursor::SoughtValues(const std::vector<Argument>& arguments) const {
  std::vector<SqlValue> values;
  for (const PlanTerm& term : lookup_->sought) values.push_back(arguments[static_cast<size_t>(term.argument) - 1].front());
  return values;
}

// A scan is in no order that was asked for.
Status RowCursor::SortFound() {
  const infusionsoft::Column& by = entity_.columns[static_cast<size_t>(plan_.order->column)];
  std::vector<std::pair<SqlValue, uint32_t>> rows;
  while (next_found_ < found_->size()) {
    const size_t first = next_found_;
    const Result<Page> page = ReadFound();
    if (!page) return page.status();
    for (size_t i = 0; i < page->size(); ++i) rows.emplace_back(ReadCell(by, page->At(i)), (*found_)[first + i]);
  }
  std::ranges::stable_sort(rows, [&](const auto& a, const auto& b) {
    return (plan_.order->descending ? CompareAsSorted(b.first, a.first) : CompareAsSorted(a.first, b.first)) < 0;
  });
  for (size_t i = 0; i < rows.size(); ++i) (*found_)[i] = rows[i].second;
  next_found_ = 0;
  return Status();
}

// The next part of the rows that were found.
Result<Page> RowCursor::ReadFound() {
  const auto part = std::span(*found_).subspan(next_found_, std::min(kRowsOfPart, found_->size() - next_found_));
  next_found_ += part.size();
  return scan_->ReadRows(part);
}

Status RowCursor::FetchObject(const ListRequest& request) {
  if (ahead_.is_on()) {
    ahead_.Prepare(context_, ObjectRequest(entity_, request), [this](size_t count) { return NextLookUps(count); });
  }
  Result<Fetched> object = GetObject(context_, entity_, request);
  if (!object) return std::move(object).status();
  if (scan_ != nullptr && object->was_sent) scan_->LookupSent();
  if (!object->answer->found) return CheckServerIsKnown(context_, profile_, entity_);
  if (scan_ != nullptr) scan_->Found(SoughtValues(arguments_));
  const json::Value root = object->answer->document.root();
  page_ = Page{std::move(object->answer), root, true, object->was_sent};
  return Status();
}

Status RowCursor::Next() { return Advance(); }

Status RowCursor::Advance() {
  detail_.reset();
  while (true) {
    while (NextRowOfPage()) {
      const Result<bool> is_new = identity_.Take(ViewOf(row_, outer_row_));
      if (!is_new) return is_new.status();
      if (*is_new) return CheckRow();
    }
    if (Status status = NextPage(); !status.ok()) return status;
    if (page_) continue;
    at_end_ = next_look_up_ == LookUpCount();
    if (at_end_) return Status();
    if (Status status = BeginLookUp(); !status.ok()) return status;
  }
}

bool RowCursor::NextRowOfPage() {
  while (page_) {
    if (nested_ && element_ < elements_.Size()) {
      row_ = elements_.At(element_++);
      return true;
    }
    if (position_ == page_->size()) return false;
    outer_row_ = row_ = page_->At(position_++);
    if (!nested_) return true;
    identity_.BeginItem(ViewOf(outer_row_, outer_row_));
    const json::Value array = nested_->Find(outer_row_);
    elements_ = array.kind() == json::Value::Kind::kArray ? array : json::Value();
    element_ = 0;
  }
  return false;
}

Status RowCursor::NextPage() {
  page_.reset();  // before the next one arrives: a scan holds one page in memory, and what was sent ahead
  position_ = 0;
  row_ = outer_row_ = elements_ = json::Value();
  if (found_ && next_found_ < found_->size()) {
    Result<Page> page = ReadFound();
    if (page) page_ = *std::move(page);
    return page.status();
  }
  while (true) {
    // Small pages would cost a request each. When the list starts again, rows that were delivered are passed over, and the
    // others still come after them in the order.
    if (pager_ && pager_->WantsWholePages()) {
      pager_->UseWholePages(PageSizeMax(entity_, options_.page_size));
      if (pager_->IsAtBeginning()) identity_.BeginList();
    }
    if (pager_) {
      if (ahead_.is_on() && pager_->IsAtFirstPage()) {
        ahead_.Prepare(context_, pager_->NextRequest(), [this](size_t count) { return NextLists(count); });
      }
      Result<std::optional<Page>> page = pager_->Next(context_);
      if (!page) return std::move(page).status();
      if (page->has_value()) {
        page_ = **std::move(page);
        some_list_is_known_ = true;
        NotePage();
        return order_check_ ? order_check_->CheckPage(*page_, pager_->has_more()) : Status();
      }
      if (pager_->parent_is_missing()) {
        if (Status status = NoteMissingParent(); !status.ok()) return status;
      }
      pager_.reset();
    }
    const Result<bool> is_open = OpenNextList();
    if (!is_open || !*is_open) return is_open.status();
  }
}

// A look-up's: what its scan must know of it.
void RowCursor::NotePage() {
  if (parent_scan_ != nullptr) parent_scan_->Found(ParentValues());
  if (scan_ == nullptr) return;
  scan_->Found(*page_, SoughtValues(arguments_));
  if (page_->was_sent) scan_->LookupSent();
}

std::vector<SqlValue> RowCursor::ParentValues() const {
  return {*requests_.echoes[static_cast<size_t>(parent_lookup_->path_column)]};
}

Status RowCursor::NoteMissingParent() {
  if (parent_scan_ != nullptr) parent_scan_->LookupSent();
  missing_list_ = requests_.echoes;
  return CheckServerIsKnown(context_, profile_, entity_);
}

Result<bool> RowCursor::OpenNextList() {
  if (!lists_) return false;
  Result<std::optional<ListQueue::List>> list = lists_->Next();
  if (!list) return std::move(list).status();
  if (!list->has_value()) {
    if (!lists_->fans_out() || some_list_is_known_ || !missing_list_) return false;
    const Status status = CheckListsAreKnown(context_, profile_, entity_, *std::exchange(missing_list_, std::nullopt));
    return status.ok() ? Result<bool>(false) : status;
  }
  requests_.echoes = std::move((*list)->echoes);
  pager_.emplace(entity_, std::move((*list)->request));
  identity_.BeginList();
  return true;
}

Status RowCursor::CheckRow() {
  if (options_.max_rows >= 0 && static_cast<int64_t>(identity_.delivered()) > options_.max_rows) {
    const std::string instead = context_.copies == nullptr
                                    ? "; narrow the WHERE clause, or raise the property MaxRows"
                                    : " in the local copy, which is scanned as a whole; raise the property MaxRows";
    return Status(StatusCode::kLimitExceeded, "more than MaxRows=" + std::to_string(options_.max_rows) + " rows" + instead);
  }
  if (Status status = CheckComparedValues(); !status.ok()) return status;
  return order_check_ ? order_check_->CheckRow(outer_row_) : Status();
}

// SQLite compares what the row shows, the server what it has. Where the two are of different kinds, a filter may have left
// rows out that SQLite would keep.
Status RowCursor::CheckComparedValues() const {
  for (const int index : requests_.compared) {
    const infusionsoft::Column& column = entity_.columns[static_cast<size_t>(index)];
    const SqlValue value = Column(index);
    if (IsComparable(column, value)) continue;
    const bool is_number = SqlTypeName(column.type) != "TEXT";
    return Status(StatusCode::kBadResponse, "the API sends \"" + Excerpt(value.text, 40) + "\" as " + column.name +
                                                ", which is not a " + (is_number ? "number" : "time") +
                                                " that its filter and SQLite compare alike; write +" + column.name +
                                                " in the WHERE clause, and SQLite compares every row");
  }
  return Status();
}

SqlValue RowCursor::Column(int index) const { return ViewOf(row_, outer_row_).Column(index); }

RowView RowCursor::ViewOf(json::Value row, json::Value outer_row) const {
  return {entity_, requests_.echoes, row, outer_row, page_->answer->text};
}

bool RowCursor::IsOpenInput(int index) const {
  const auto i = static_cast<size_t>(index);
  return entity_.columns[i].role == ColumnRole::kRequest && !requests_.echoes[i];
}

}  // namespace infusionsoft
