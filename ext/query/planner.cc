// SPDX-License-Identifier: MIT
#include "query/planner.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "query/can_send.h"
#include "query/contradiction.h"

namespace infusionsoft {
namespace {

bool IsLowerBound(Op op) { return op == Op::kGreater || op == Op::kGreaterOrEqual; }
bool IsUpperBound(Op op) { return op == Op::kLess || op == Op::kLessOrEqual; }

// One bound from below and one from above: the two comparisons of one number that a request may hold.
bool AreTwoBounds(Op a, Op b) { return (IsLowerBound(a) && IsUpperBound(b)) || (IsUpperBound(a) && IsLowerBound(b)); }

// Builds one plan. The order of its steps is the order of what narrows most.
class Planner {
 public:
  Planner(const Entity& entity, const Predicate& predicate, const PlannerOptions& options)
      : entity_(entity), predicate_(predicate), options_(options) {
    result_.uses.resize(predicate.constraints.size());
  }

  PlannedQuery Plan() {
    if (!RequestParametersKnown()) {
      result_.possible = false;
      return std::move(result_);
    }
    if (NoRowCanMatch()) {
      result_.plan.access = QueryPlan::Access::kNone;
    } else if (!PlanGet()) {
      PlanList();
    }
    result_.at_most_one_row = GivesOneRow();
    PlanOrder();
    PlanLimit();
    PlanFields();
    PlanDetail();
    result_.estimate = EstimateCost(entity_, predicate_, result_.plan, options_.estimates);
    return std::move(result_);
  }

 private:
  const Column& column(int index) const { return entity_.columns[static_cast<size_t>(index)]; }

  // The rowid of a table with a numeric key is that key.
  int ColumnOf(const Constraint& constraint) const {
    if (constraint.column != kRowIdColumn) return constraint.column;
    return entity_.HasNumericKey() ? entity_.FindColumn(entity_.key[0]) : kRowIdColumn;
  }

  // A hidden request column has no value of its own: without its value the rows cannot be told apart, so another order of
  // the tables must be found.
  bool RequestParametersKnown() const {
    return std::ranges::none_of(predicate_.constraints, [&](const Constraint& constraint) {
      return !constraint.usable && constraint.op == Op::kEqual && constraint.column >= 0 &&
             column(constraint.column).role == ColumnRole::kRequest && FindEquality(constraint.column) < 0;
    });
  }

  // What the literals of the statement exclude. Values that are known only when it runs: see BuildRequests.
  bool NoRowCanMatch() {
    for (const Constraint& constraint : predicate_.constraints) {
      std::vector<Comparison> comparisons;
      std::vector<size_t> used;
      for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
        const Constraint& other = predicate_.constraints[i];
        if (!IsComparedAsBytes(other) || ColumnOf(other) != ColumnOf(constraint)) continue;
        comparisons.push_back({other.op, *other.literal});
        used.push_back(i);
      }
      if (!Contradict(comparisons)) continue;
      for (const size_t i : used) DependOn(i);
      return true;
    }
    return false;
  }

  // Says to SQLite that the plan holds only where the constraint does. It offers the ON terms of a LEFT JOIN for its left
  // table as usable first, and leaves a plan alone that takes one of them.
  void DependOn(size_t constraint) {
    if (result_.uses[constraint].argument == 0) result_.uses[constraint].argument = ++arguments_;
  }

  bool IsComparedAsBytes(const Constraint& constraint) const {
    const int index = ColumnOf(constraint);
    if (!constraint.literal || !constraint.usable || index < 0 || column(index).role == ColumnRole::kRequest) return false;
    if (!IsComparedAsIs(column(index), *constraint.literal)) return false;
    return constraint.collation == Collation::kBinary || column(index).type == ColumnType::kInteger;
  }

  // A look-up by key has no place for request parameters, whose columns would then have no value.
  bool HasRequestParameter() const {
    return std::ranges::any_of(predicate_.constraints, [&](const Constraint& constraint) {
      return (constraint.op == Op::kEqual || constraint.op == Op::kIn) && constraint.column >= 0 &&
             column(constraint.column).role == ColumnRole::kRequest;
    });
  }

  // The usable equality of a column, or -1. `IN` counts.
  int FindEquality(int column_index) const {
    for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
      const Constraint& constraint = predicate_.constraints[i];
      if (!constraint.usable || constraint.op != Op::kEqual || result_.uses[i].argument != 0) continue;
      if (ColumnOf(constraint) == column_index) return static_cast<int>(i);
    }
    for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
      const Constraint& constraint = predicate_.constraints[i];
      if (!constraint.usable || constraint.op != Op::kIn || result_.uses[i].argument != 0) continue;
      if (ColumnOf(constraint) == column_index) return static_cast<int>(i);
    }
    return -1;
  }

  int TakeArgument(size_t constraint) {
    result_.uses[constraint].argument = ++arguments_;
    result_.uses[constraint].is_sent = true;
    return arguments_;
  }

  bool PlanGet() {
    if (entity_.get_path.empty() || HasRequestParameter()) return false;
    std::vector<size_t> constraints;
    int lists = 0;
    for (const std::string& name : entity_.key) {
      const int found = FindEquality(entity_.FindColumn(name));
      if (found < 0) return false;
      const Column& key_column = column(entity_.FindColumn(name));
      if (!IsExact(static_cast<size_t>(found), key_column) || !key_column.IsSentInPath()) return false;
      // A whole list at once beats one look-up for each of its values.
      const bool is_list = predicate_.constraints[static_cast<size_t>(found)].op == Op::kIn;
      if (is_list && key_column.TakesList()) return false;
      if (is_list && ++lists > 1) return false;  // it would be one look-up for each pair of their values
      constraints.push_back(static_cast<size_t>(found));
    }
    result_.plan.access = QueryPlan::Access::kGet;
    for (size_t i = 0; i < constraints.size(); ++i) {
      const int key_column = entity_.FindColumn(entity_.key[i]);
      const Op op = predicate_.constraints[constraints[i]].op;
      const int argument = TakeArgument(constraints[i]);
      result_.plan.terms.push_back({key_column, op, argument, ""});
      if (op == Op::kIn) result_.uses[constraints[i]].list = ListUse::kByValue;
    }
    return true;
  }

  void PlanList() {
    PlanPath();
    // An equality narrows more than a range, a range more than a prefix; IN lists before single values of other columns,
    // because their filter may exclude the comparison on the same column.
    for (Op op : {Op::kEqual, Op::kIn, Op::kGreater, Op::kGreaterOrEqual, Op::kLess, Op::kLessOrEqual, Op::kLike, Op::kGlob,
                  Op::kIsNull}) {
      for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
        if (predicate_.constraints[i].op == op) PushDown(i);
      }
    }
    PushListsByValue();
  }

  // IN lists that cannot go as a whole. SQLite hands over the values of several, and the shortest is asked for; an input
  // must be given in any case, and is shown in the rows, so SQLite asks once for each value. So it does where another
  // collation makes more of a value than itself: of one such list only, because two would be asked for every pair of their
  // values.
  void PushListsByValue() {
    const bool has_list = UsesList();
    for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
      const Constraint& constraint = predicate_.constraints[i];
      if (constraint.op != Op::kIn || !CanPush(i)) continue;
      const bool is_input = column(ColumnOf(constraint)).role == ColumnRole::kRequest;
      if (constraint.collation == Collation::kBinary && !is_input) {
        if (!has_list) PushAs(i, ColumnOf(constraint), Op::kEqual, Op::kIn);
      } else if (is_input || !UsesList()) {
        PushAs(i, ColumnOf(constraint), Op::kEqual, Op::kEqual);
      }
    }
  }

  bool UsesList() const {
    for (size_t i = 0; i < result_.uses.size(); ++i) {
      if (predicate_.constraints[i].op == Op::kIn && result_.uses[i].argument != 0) return true;
    }
    return false;
  }

  void PlanPath() {
    for (size_t i = 0; i < entity_.columns.size(); ++i) {
      if (entity_.columns[i].role != ColumnRole::kPath) continue;
      const int found = FindEquality(static_cast<int>(i));
      if (found < 0 || !IsExact(static_cast<size_t>(found), entity_.columns[i])) {
        continue;
      }
      const auto constraint = static_cast<size_t>(found);
      // Of two lists one goes by its values, and SQLite asks for each value of the other.
      const bool is_list = predicate_.constraints[constraint].op == Op::kIn && !TakesList(ListUse::kByValue);
      result_.plan.terms.push_back({static_cast<int>(i), is_list ? Op::kIn : Op::kEqual, TakeArgument(constraint), ""});
      if (is_list) result_.uses[constraint].list = ListUse::kByValue;
    }
  }

  // A path takes one text as it is; under another collation other values may be equal to it.
  bool IsExact(size_t constraint, const Column& path_column) const {
    return path_column.type == ColumnType::kInteger || predicate_.constraints[constraint].collation == Collation::kBinary;
  }

  void PushDown(size_t index) {
    const Constraint& constraint = predicate_.constraints[index];
    if (CanPush(index)) PushAs(index, ColumnOf(constraint), constraint.op, constraint.op);
  }

  bool CanPush(size_t index) const {
    const Constraint& constraint = predicate_.constraints[index];
    return constraint.usable && ColumnOf(constraint) >= 0 && result_.uses[index].argument == 0;
  }

  // Sends the constraint by a filter that takes `op`, as the plan's `planned`.
  void PushAs(size_t index, int column_index, Op op, Op planned) {
    const Constraint& constraint = predicate_.constraints[index];
    const Column& target = column(column_index);
    int argument = 0;
    for (const Pushdown& pushdown : target.pushdowns) {
      if (!CanSend(target, pushdown, op, constraint.collation) || !FilterIsFree(pushdown, column_index, op)) continue;
      if (op == Op::kIsNull) {
        DependOn(index);
      } else if (argument == 0) {
        argument = TakeArgument(index);
      }
      const bool no_case =
          op == Op::kEqual && target.type == ColumnType::kText && constraint.collation == Collation::kNoCase;
      result_.plan.terms.push_back({column_index, no_case ? Op::kEqualNoCase : planned, argument, pushdown.filter});
      if (planned == Op::kIn) result_.uses[index].list = op == Op::kIn ? ListUse::kWhole : ListUse::kByValue;
      result_.uses[index].is_sent = true;
      // Equality with a time is both of its bounds; of anything else, one filter is enough.
      const bool is_bound = pushdown.match == Match::kSince || pushdown.match == Match::kUntil;
      if (op != Op::kEqual || !is_bound) return;
    }
  }

  // A filter stands once in a request; comparisons may stand once as each bound, and lists of one column are one list of
  // what they share. Some exclude each other.
  bool FilterIsFree(const Pushdown& pushdown, int column_index, Op op) const {
    for (const PlanTerm& term : result_.plan.terms) {
      if (term.filter.empty()) continue;
      const bool is_range = Compares(pushdown.match) && AreTwoBounds(term.op, op);
      const bool are_lists = term.op == Op::kIn && op == Op::kIn && term.column == column_index;
      if (term.filter == pushdown.filter && !is_range && !are_lists) return false;
      if (Exclude(term.filter, pushdown.filter)) return false;
      const Pushdown* sent = FindPushdown(column(term.column), term.filter);
      for (const auto& [name, value] : sent->with) {
        if (name == pushdown.filter) return false;
      }
    }
    return true;
  }

  bool Exclude(const std::string& a, const std::string& b) const {
    if (a == b) return false;
    return std::ranges::any_of(entity_.exclusive, [&](const std::vector<std::string>& group) {
      return std::ranges::find(group, a) != group.end() && std::ranges::find(group, b) != group.end();
    });
  }

  bool ReadsSeveralLists() const { return result_.plan.FansOut(entity_) || result_.plan.ComparesWithParents(entity_); }

  bool TakesList(ListUse list) const {
    return std::ranges::any_of(result_.uses, [&](const ConstraintUse& use) { return use.list == list; });
  }

  // Two rows with one rowid are an error, so this is certain of the key that is the rowid only. Where the path cannot carry
  // the value, all rows are compared: under another collation two texts may equal it.
  bool GivesOneRow() const {
    if (result_.plan.access != QueryPlan::Access::kGet) return result_.plan.access == QueryPlan::Access::kNone;
    if (!entity_.HasNumericKey() || TakesList(ListUse::kByValue)) return false;
    for (size_t i = 0; i < result_.uses.size(); ++i) {
      if (result_.uses[i].argument != 0 && predicate_.constraints[i].collation != Collation::kBinary) return false;
    }
    return true;
  }

  // Whether SQLite drops every row without a value of the column. Of `<>` and `IS NOT NULL` nothing tells whether they stand
  // in ON of a LEFT JOIN, which keeps such rows of its left table. An IN list that is not sent would be run through.
  bool ExcludesNull(int index) {
    constexpr std::array kOps = {Op::kEqual, Op::kGreater, Op::kGreaterOrEqual, Op::kLess, Op::kLessOrEqual};
    for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
      const Constraint& constraint = predicate_.constraints[i];
      if (!constraint.usable || ColumnOf(constraint) != index || std::ranges::find(kOps, constraint.op) == kOps.end())
        continue;
      DependOn(i);
      return true;
    }
    return false;
  }

  void PlanOrder() {
    if (predicate_.order_by.empty()) return;
    if (TakesList(ListUse::kWhole) || TakesList(ListUse::kByValue)) return;
    result_.order_consumed = result_.at_most_one_row;
    if (result_.plan.access != QueryPlan::Access::kList) return;
    if (!options_.order_pushdown || ReadsSeveralLists()) return;
    OrderTerm order = predicate_.order_by[0];
    const int numeric_key = entity_.HasNumericKey() ? entity_.FindColumn(entity_.key[0]) : kRowIdColumn;
    if (order.column == kRowIdColumn) order.column = numeric_key;
    if (order.column < 0) return;
    // No two rows have the same key, so what follows it orders nothing.
    if (predicate_.order_by.size() != 1 && order.column != numeric_key) return;
    const Column& target = column(order.column);
    const bool sorts_alike = target.type == ColumnType::kInteger || target.type == ColumnType::kTime;
    if (target.order_by.empty() || !target.never_null || !sorts_alike) return;
    // Where the server puts rows without a value is not known. SQLite puts them first, where a server that puts them last
    // is not found out before the end; when the order descends, last, and there the rows show it (order_check.h).
    if (!order.descending && entity_.MayBeNull(target) && !ExcludesNull(order.column)) return;
    result_.plan.order = order;
    result_.order_consumed = true;
  }

  // A LIMIT makes the page smaller only when SQLite has nothing left to filter or to sort.
  void PlanLimit() {
    if (result_.plan.access != QueryPlan::Access::kList || ReadsSeveralLists() || TakesList(ListUse::kWhole)) return;
    // How many items hold the wanted number of nested rows is not known.
    if (!entity_.IsPaged() || entity_.IsNested()) return;
    if (!predicate_.order_by.empty() && !result_.order_consumed) return;
    int limit = -1;
    int offset = -1;
    for (size_t i = 0; i < predicate_.constraints.size(); ++i) {
      const Constraint& constraint = predicate_.constraints[i];
      if (constraint.op == Op::kLimit && constraint.usable) {
        limit = static_cast<int>(i);
      } else if (constraint.op == Op::kOffset) {
        if (!constraint.usable) return;
        offset = static_cast<int>(i);
      } else if (constraint.op != Op::kLimit && !result_.uses[i].is_sent) {
        return;
      }
    }
    if (limit < 0) return;
    result_.plan.limit_argument = TakeArgument(static_cast<size_t>(limit));
    if (offset >= 0) result_.plan.offset_argument = TakeArgument(static_cast<size_t>(offset));
  }

  void PlanFields() {
    if (entity_.fields_style == FieldsStyle::kNone || result_.plan.access == QueryPlan::Access::kNone) return;
    std::set<std::string> wanted;
    for (size_t i = 0; i < entity_.columns.size(); ++i) {
      const Column& candidate = entity_.columns[i];
      const int index = static_cast<int>(i);
      const bool is_key = std::ranges::find(entity_.key, candidate.name) != entity_.key.end();
      const bool is_order = result_.plan.order && result_.plan.order->column == index;
      const bool is_needed = predicate_.Uses(index) || is_key || is_order;
      // In the order of the columns, so that equal queries send equal requests.
      if (is_needed && !candidate.field.empty() && wanted.insert(candidate.field).second) {
        result_.plan.fields.push_back(candidate.field);
      }
    }
  }

  // A second request for each row, unless the row itself comes from there.
  void PlanDetail() {
    if (result_.plan.access == QueryPlan::Access::kNone) return;
    if (result_.plan.access == QueryPlan::Access::kGet && entity_.get_path == entity_.detail_path) return;
    for (size_t i = 0; i < entity_.columns.size(); ++i) {
      if (entity_.columns[i].detail && predicate_.Uses(static_cast<int>(i))) result_.plan.reads_detail = true;
    }
  }

  const Entity& entity_;
  const Predicate& predicate_;
  const PlannerOptions& options_;
  PlannedQuery result_;
  int arguments_ = 0;
};

}  // namespace

PlannedQuery PlanQuery(const Entity& entity, const Predicate& predicate, const PlannerOptions& options) {
  return Planner(entity, predicate, options).Plan();
}

}  // namespace infusionsoft
