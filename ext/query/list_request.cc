// SPDX-License-Identifier: MIT
#include "query/list_request.h"

#include <algorithm>
#include <map>
#include <set>

#include "api/api_client.h"
#include "base/text.h"
#include "query/contradiction.h"
#include "query/filter_value.h"
#include "query/order_check.h"

namespace infusionsoft {
namespace {

// The members of an IN list as the filter takes them.
struct SetFilter {
  const PlanTerm* term = nullptr;
  const Pushdown* pushdown = nullptr;
  std::vector<std::string> members;
};

class RequestBuilder {
 public:
  RequestBuilder(const Entity& entity, const QueryPlan& plan, const std::vector<Argument>& arguments, int page_size_max,
                 size_t token_bytes)
      : entity_(entity), plan_(plan), arguments_(arguments), page_size_max_(page_size_max), token_bytes_(token_bytes) {
    set_.echoes.resize(entity.columns.size());
    set_.wanted.resize(entity.columns.size());
  }

  Result<RequestSet> Build() {
    for (const PlanTerm& term : plan_.terms) {
      if (term.filter.empty()) AddPathTerm(term);
    }
    if (no_rows_) return std::move(set_);
    room_ = RoomForFilters();
    for (const PlanTerm& term : plan_.terms) {
      if (term.filter.empty()) continue;
      if (Status status = AddTerm(term); !status.ok()) return status;
      if (no_rows_) return std::move(set_);
    }
    NarrowSets();
    DropSetsWithoutRoom();
    if (plan_.access == QueryPlan::Access::kNone || ValuesContradict()) return std::move(set_);
    if (is_get_ && !key_unusable_) {
      set_.requests.push_back(GetRequest());
      set_.is_object = true;
      return std::move(set_);
    }
    AddLists();
    return std::move(set_);
  }

 private:
  const Column& column(const PlanTerm& term) const { return entity_.columns[static_cast<size_t>(term.column)]; }

  const Argument& argument(int number) const { return arguments_[static_cast<size_t>(number) - 1]; }

  const SqlValue& single(const PlanTerm& term) const {
    static const SqlValue kNull;
    const Argument& values = argument(term.argument);
    return values.empty() ? kNull : values.front();
  }

  Status AddTerm(const PlanTerm& term) {
    const Pushdown* pushdown = FindPushdown(column(term), term.filter);
    if (term.op == Op::kIn) {
      AddSet(term, *pushdown);
      return Status();
    }
    if (term.argument != 0 && IsComparedAsIs(column(term), single(term)))
      comparisons_[term.column].push_back({term.op, single(term)});
    FilterClause clause =
        term.op == Op::kIsNull ? MakeNullClause(*pushdown) : MakeClause(column(term), *pushdown, term.op, single(term));
    if (clause.kind == FilterClause::Kind::kNoRows) no_rows_ = true;
    if (clause.kind == FilterClause::Kind::kSend && !Append(*pushdown, clause.text)) clause = FilterClause::Skip();
    if (clause.kind == FilterClause::Kind::kSend && ComparesSizes(term, *pushdown)) set_.compared.push_back(term.column);
    if (clause.kind == FilterClause::Kind::kSkip) is_wider_ = true;
    if (column(term).role != ColumnRole::kRequest) return Status();
    if (clause.kind == FilterClause::Kind::kSkip) {
      return InvalidArgument("column " + column(term).name +
                             " is an input of the request, and the API's filter cannot carry this value (" +
                             ExpectedValue(*pushdown) + ")");
    }
    set_.echoes[static_cast<size_t>(term.column)] = single(term);
    return Status();
  }

  bool ComparesSizes(const PlanTerm& term, const Pushdown& pushdown) const {
    const bool is_bound = Compares(pushdown.match) || pushdown.match == Match::kSince || pushdown.match == Match::kUntil;
    return is_bound && column(term).role == ColumnRole::kValue;
  }

  static std::string ExpectedValue(const Pushdown& pushdown) {
    switch (pushdown.match) {
      case Match::kBoolean:
      case Match::kFlag:
        return "give 0 or 1";
      case Match::kSince:
      case Match::kUntil:
        return "give a time such as '2026-01-31T00:00:00Z'";
      case Match::kEnum:
        return "give one of " + Join(pushdown.values, ", ");
      default:
        return "give a whole number for an id, or text without ; * , = < > !, line breaks and outer spaces";
    }
  }

  void AddPathTerm(const PlanTerm& term) {
    const FilterClause member = MakePathValue(column(term), single(term));
    if (member.kind == FilterClause::Kind::kNoRows) no_rows_ = true;
    if (!column(term).words.empty() && !IsWord(column(term), member.text)) no_rows_ = true;
    if (no_rows_) return;
    if (member.kind == FilterClause::Kind::kSkip) {
      // A key column of a look-up: another value than an id is compared with every row. A path column echoes what was sent,
      // and only what the path can carry can have been sent.
      if (plan_.access == QueryPlan::Access::kGet)
        key_unusable_ = true;
      else
        no_rows_ = true;
      return;
    }
    const auto index = static_cast<size_t>(term.column);
    const bool is_integer = column(term).type == ColumnType::kInteger;
    SqlValue value = is_integer ? SqlValue::Integer(*ParseInt64(member.text)) : SqlValue::Text(member.text);
    if (column(term).role == ColumnRole::kPath) {
      set_.wanted[index] = value;
      if (!column(term).IsSentInPath()) return;
      set_.echoes[index] = value;
    }
    path_values_.emplace_back(&column(term), std::move(value));
  }

  static bool IsWord(const Column& column, std::string_view text) {
    return std::ranges::any_of(column.words, [&](const auto& word) { return word.first == text; });
  }

  void AddSet(const PlanTerm& term, const Pushdown& pushdown) {
    SetFilter filter{&term, &pushdown, {}};
    std::set<std::string> seen;
    for (const SqlValue& value : argument(term.argument)) {
      const FilterClause member = MakeSetMember(column(term), value);
      if (member.kind == FilterClause::Kind::kSkip) {
        is_wider_ = true;  // one value that cannot be sent: the whole table is compared
        return;
      }
      if (member.kind == FilterClause::Kind::kSend && seen.insert(member.text).second) filter.members.push_back(member.text);
    }
    // A second list of the same column: what both have.
    const auto same = std::ranges::find(sets_, &pushdown, &SetFilter::pushdown);
    if (same == sets_.end()) {
      sets_.push_back(std::move(filter));
    } else {
      std::erase_if(same->members, [&](const std::string& member) { return !seen.contains(member); });
    }
  }

  bool ValuesContradict() const {
    return std::ranges::any_of(comparisons_, [](const auto& comparisons) { return Contradict(comparisons.second); });
  }

  // Takes the members out of the lists that the other comparisons of their columns exclude.
  void NarrowSets() {
    for (SetFilter& set : sets_) {
      const auto others = comparisons_.find(set.term->column);
      if (others == comparisons_.end()) continue;
      std::erase_if(set.members, [&](const std::string& member) {
        const bool is_integer = column(*set.term).type == ColumnType::kInteger;
        std::vector<Comparison> all = others->second;
        all.push_back({Op::kEqual, is_integer ? SqlValue::Integer(*ParseInt64(member)) : SqlValue::Text(member)});
        return Contradict(all);
      });
    }
  }

  // What a request line has left for filters beside its path, its fixed parameters and a page token.
  size_t RoomForFilters() const {
    constexpr size_t kFrame = 200;  // the method, the version, the path of URL, page size, separators
    const std::string path = Path(is_get_ && !key_unusable_ ? entity_.get_path : entity_.list_path);
    const size_t line = kMaxRequestLine - std::min(kMaxRequestLine, kFrame + path.size() + token_bytes_);
    const size_t query = std::min(kMaxQueryBytes - kFrame / 2, line);
    return query - std::min(query, http::EncodeQuery(FixedParams()).size());
  }

  // False: there is no room. IN lists are what is worth sending, so single values leave them some.
  bool Append(const Pushdown& pushdown, const std::string& clause) {
    constexpr size_t kRoomForLists = 1000;
    const bool has_list = std::ranges::any_of(plan_.terms, [](const PlanTerm& term) { return term.op == Op::kIn; });
    const size_t bytes = http::PercentEncode(clause).size() + 3;  // and its separator
    if (bytes + (has_list ? kRoomForLists : 0) > room_) return false;
    room_ -= bytes;
    AppendClause(pushdown, clause);
    return true;
  }

  void AppendClause(const Pushdown& pushdown, const std::string& clause) {
    if (pushdown.is_parameter) {
      parameters_.emplace_back(pushdown.filter, clause.substr(pushdown.filter.size() + std::string_view("==").size()));
      return;
    }
    if (!filter_.empty()) filter_ += ";";
    filter_ += clause;
  }

  std::string Path(const std::string& pattern) const {
    std::string path = pattern;
    for (const auto& [column, value] : path_values_) FillPath(*column, value, path);
    return path;
  }

  http::QueryParams FixedParams() const {
    http::QueryParams params;
    if (plan_.order) {
      const Column& by = entity_.columns[static_cast<size_t>(plan_.order->column)];
      params.emplace_back("order_by", by.order_by + (plan_.order->descending ? " desc" : " asc"));
    }
    if (!plan_.fields.empty()) params.emplace_back(FieldsParameter(entity_), Join(plan_.fields, ","));
    params.insert(params.end(), parameters_.begin(), parameters_.end());
    return params;
  }

  ListRequest GetRequest() const {
    ListRequest request;
    request.path = Path(entity_.get_path);
    if (!plan_.fields.empty()) request.params.emplace_back(FieldsParameter(entity_), Join(plan_.fields, ","));
    return request;
  }

  // One list for each combination of the IN lists' batches; nearly always there is one IN list or none.
  void AddLists() {
    std::vector<std::string> filters = {filter_};
    for (const SetFilter& set : sets_) {
      std::vector<std::string> combined;
      for (const std::string& filter : filters) {
        for (const std::string& batch : Batches(set)) combined.push_back(filter.empty() ? batch : filter + ";" + batch);
      }
      filters = std::move(combined);
    }
    for (const std::string& filter : filters) {
      ListRequest request;
      request.path = Path(entity_.list_path);
      if (!filter.empty()) request.params.emplace_back("filter", filter);
      request.kind = Kind();
      const http::QueryParams fixed = FixedParams();
      request.params.insert(request.params.end(), fixed.begin(), fixed.end());
      ChoosePageSize(request);
      set_.requests.push_back(std::move(request));
    }
  }

  // Of a part of an IN list, only its members say how much it has.
  std::string Kind() const {
    if (!sets_.empty()) return "";
    if (filter_.empty() && parameters_.empty()) return entity_.list_path;
    return is_wider_ ? "" : ListKind(entity_, plan_);
  }

  // For the members of each IN list.
  size_t RoomForMembers() const {
    size_t names = 0;
    for (const SetFilter& set : sets_) names += set.pushdown->filter.size() + 10;
    return (room_ - std::min(room_, names)) / std::max<size_t>(sets_.size(), 1);
  }

  static size_t MemberBytes(const std::string& member) { return http::PercentEncode(member).size() + 3; }  // and its comma

  void DropSetsWithoutRoom() {
    const size_t available = RoomForMembers();
    const auto dropped = std::erase_if(sets_, [&](const SetFilter& set) {
      return std::ranges::any_of(set.members, [&](const std::string& member) { return MemberBytes(member) > available; });
    });
    if (dropped > 0) is_wider_ = true;
  }

  // "ids==1,2,3": as many members as the endpoint and the request line take.
  std::vector<std::string> Batches(const SetFilter& set) const {
    const size_t available = RoomForMembers();
    std::vector<std::string> batches;
    size_t bytes = 0;
    size_t count = 0;
    for (const std::string& member : set.members) {
      const size_t member_bytes = MemberBytes(member);
      const bool is_full =
          (set.pushdown->max_items > 0 && count == set.pushdown->max_items) || bytes + member_bytes > available;
      if (batches.empty() || is_full) {
        batches.push_back(set.term->filter + "==");
        bytes = 0;
        count = 0;
      }
      batches.back() += (count == 0 ? "" : ",") + member;
      bytes += member_bytes;
      ++count;
    }
    return batches;
  }

  void ChoosePageSize(ListRequest& request) const {
    if (!entity_.IsPaged()) return;
    const int least = plan_.order ? std::min(kRowsToCheck, entity_.page_size_max) : entity_.page_size_min;
    const int most = std::max(page_size_max_, least);
    request.page_size = most;
    const std::optional<int64_t> wanted = RowsWanted(plan_, arguments_);
    if (!wanted || *wanted >= most) return;
    request.page_size = static_cast<int>(std::max<int64_t>(*wanted, least));
    request.page_size_is_hint = request.page_size < most;
  }

  const Entity& entity_;
  const QueryPlan& plan_;
  const std::vector<Argument>& arguments_;
  const int page_size_max_;
  const size_t token_bytes_;
  const bool is_get_ = plan_.access == QueryPlan::Access::kGet;
  RequestSet set_;
  size_t room_ = 0;  // left for filters, in bytes of the request line
  std::string filter_;
  std::vector<SetFilter> sets_;
  std::map<int, std::vector<Comparison>> comparisons_;  // by column: what is sent of its single values
  http::QueryParams parameters_;
  std::vector<std::pair<const Column*, SqlValue>> path_values_;
  bool no_rows_ = false;
  bool is_wider_ = false;  // a filter of the plan cannot carry its value
  bool key_unusable_ = false;
};

}  // namespace

std::string ListKind(const Entity& entity, const QueryPlan& plan) {
  std::string kind = entity.list_path;
  for (const PlanTerm& term : plan.terms) {
    if (!term.filter.empty()) kind += " " + term.filter + std::string(OpText(term.op));
  }
  return kind;
}

size_t TokenBytes(const ListSizes* sizes) {
  constexpr size_t kUsual = 800;
  return std::max(kUsual, sizes == nullptr ? 0 : sizes->longest_page_token());
}

int PageSizeMax(const Entity& entity, int page_size) {
  return page_size > 0 ? std::clamp(page_size, entity.page_size_min, entity.page_size_max) : entity.page_size_max;
}

std::optional<int64_t> RowsWanted(const QueryPlan& plan, const std::vector<Argument>& arguments) {
  const auto value = [&](int argument) {
    const bool has_value = argument > 0 && !arguments[static_cast<size_t>(argument) - 1].empty();
    return has_value ? arguments[static_cast<size_t>(argument) - 1].front() : SqlValue::Integer(0);
  };
  const auto is_count = [](const SqlValue& number) {
    return number.kind == SqlValue::Kind::kInteger && number.integer < 1000000000;
  };
  if (plan.limit_argument == 0 || arguments[static_cast<size_t>(plan.limit_argument) - 1].empty()) return std::nullopt;
  const SqlValue limit = value(plan.limit_argument);
  const SqlValue offset = value(plan.offset_argument);
  // A negative LIMIT is none; a negative OFFSET is 0.
  if (!is_count(limit) || !is_count(offset) || limit.integer < 0) return std::nullopt;
  return limit.integer + std::max<int64_t>(offset.integer, 0);
}

std::vector<std::string> OpenColumns(const Entity& entity, const ColumnValues& values) {
  std::vector<std::string> names;
  for (size_t i = 0; i < entity.columns.size(); ++i) {
    if (entity.columns[i].role == ColumnRole::kPath && !values[i]) names.push_back(entity.columns[i].name);
  }
  return names;
}

// A segment of dots would lead to another path (RFC 3986 section 5.2.4).
bool CanStandInPath(const SqlValue& value) {
  if (value.kind == SqlValue::Kind::kInteger) return true;
  return value.kind == SqlValue::Kind::kText && !value.text.empty() && value.text != "." && value.text != "..";
}

void FillPath(const Column& column, const SqlValue& value, std::string& path) {
  const std::string placeholder = "{" + column.name + "}";
  const size_t at = path.find(placeholder);
  if (at == std::string::npos) return;
  std::string segment = value.kind == SqlValue::Kind::kInteger ? std::to_string(value.integer) : value.text;
  const auto word = std::ranges::find(column.words, segment, &std::pair<std::string, std::string>::first);
  if (word != column.words.end()) segment = word->second;
  path.replace(at, placeholder.size(), http::PercentEncode(segment));
}

Result<RequestSet> BuildRequests(const Entity& entity, const QueryPlan& plan, const std::vector<Argument>& arguments,
                                 int page_size_max, size_t token_bytes) {
  return RequestBuilder(entity, plan, arguments, page_size_max, token_bytes).Build();
}

}  // namespace infusionsoft
