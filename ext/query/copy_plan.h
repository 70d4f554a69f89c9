// SPDX-License-Identifier: MIT
// Copy plans: Predicate -> QueryPlan, where answers come from local copies.
//
// A copy is of a whole list, because every query over it is answered from it. So no condition, order or limit of the query
// is in its request, save for what says which list it is: values of path columns, and hidden inputs. Equalities find rows in
// the copy; SQLite checks every constraint in any case.
#pragma once

#include "profile/profile.h"
#include "query/copy_store.h"
#include "query/planner.h"
#include "query/predicate.h"

namespace infusionsoft {

// As PlanQuery. Pure: what copies there are changes no plan, so that Offline=true reads what was copied without it.
// `estimate.requests` is for making the copies that are missing, if all are.
PlannedQuery PlanCopyQuery(const Entity& entity, const Predicate& predicate);

// Whether a scan by this plan sends nothing, as far as is known before its values are.
bool IsCopied(const Entity& entity, const QueryPlan& plan, const LocalCopies& copies);

}  // namespace infusionsoft
