// SPDX-License-Identifier: MIT
// Advice: which clause would make a scan cheaper, for a statement that was stopped because it sent too many requests.
#pragma once

#include <string>

#include "profile/profile.h"
#include "query/query_plan.h"

namespace infusionsoft {

// A clause of a sentence, without its period: "a condition on given_name, family_name or email goes into the request". It
// names what the table's requests can carry and this plan does not. `entity` is what the plan reads.
std::string AdviceFor(const Entity& entity, const QueryPlan& plan);

}  // namespace infusionsoft
