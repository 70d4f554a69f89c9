// SPDX-License-Identifier: MIT
// What a connection string can do, by the powers of its properties (PropertyPower), and what it may do when its author is
// not known: a text in a database file may be a stranger's, and SQL may come from others.
//
// Such a text may choose columns and rows, name a registered connection and tighten its limits. Nothing here reads a file or
// a variable, so a text can be looked at before anybody has agreed to it. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/connection_options.h"
#include "base/status.h"

namespace infusionsoft {

// The properties in `text` that have a power, limits included, in its order; those that ProfileSettings stands for in its
// place. Errors: kInvalidArgument, as ParseConnectionString's for the grammar, unknown names and duplicates.
Result<std::vector<const PropertyInfo*>> PowersIn(std::string_view text);

// kPermissionDenied when one of `properties` has more power than a text has whose author is not known. The message says what
// they name: "names a server (URL) and a secret (APIKey)".
Status RefusePowers(const std::vector<const PropertyInfo*>& properties);

// kPermissionDenied when `options` loosen a limit that was given to `base`, on which they build.
Status CheckLimits(const ConnectionOptions& options, const ConnectionOptions& base);

// kInvalidArgument when `options` speak to other servers than `base`, on which they build, or by another way: the secrets of
// that connection are for its own.
Status CheckSameServers(const ConnectionOptions& options, const ConnectionOptions& base);

// The properties whose values are secrets in clear text.
Result<std::vector<std::string_view>> LiteralSecretsIn(std::string_view text);

// `text` for people: its properties by their names in the table, secrets masked, references to secrets as they are.
// kInvalidArgument when a property would be refused whoever wrote it.
Result<std::string> MaskedText(std::string_view text);

}  // namespace infusionsoft
