// SPDX-License-Identifier: MIT
// Scrub: the last net before a message leaves: known secrets are taken out of it.
#pragma once

#include <span>
#include <string>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

// `text` with every secret replaced by "***": as it is, percent-encoded, and as pages and JSON spell it.
std::string Scrub(std::string text, std::span<const Secret> secrets);

Status ScrubStatus(const Status& status, std::span<const Secret> secrets);

}  // namespace infusionsoft
