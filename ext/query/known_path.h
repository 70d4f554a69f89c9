// SPDX-License-Identifier: MIT
// What a 404 tells of: a row that there is not, or a path that the server does not have, because the URL property is wrong
// or the API has withdrawn it. Taken for the first, the second would be an empty table. Each check sends a request only
// where nothing else has shown that the path is known, and gives the error when it is not.
#pragma once

#include "base/status.h"
#include "profile/profile.h"
#include "query/list_request.h"
#include "query/fetch.h"

namespace infusionsoft {

// After a 404 for one row, or for a list below one: in a session in which the server has not answered yet, asks for the list
// of the table, or of the rows that it is below.
Status CheckServerIsKnown(const ScanContext& context, const Profile& profile, const Entity& entity);

// After a 404 for each list below the rows of another table: asks for the one of these rows that `echoes` names. The lists
// are not known where it is still there.
Status CheckListsAreKnown(const ScanContext& context, const Profile& profile, const Entity& entity,
                          const ColumnValues& echoes);

}  // namespace infusionsoft
