// SPDX-License-Identifier: MIT
// Allocations that fail on demand: this program's malloc, and so operator new, SQLite, libcurl and OpenSSL.
#pragma once

#include <cstdint>

namespace infusionsoft::memory_test {

enum class Failing { kOne, kAllFollowing };

// From now on allocation number `number` (0 is the next one) finds no memory, and with kAllFollowing so do all after it. Counted
// are the allocations of the calling thread and of threads that it starts later: a server of the same process goes on working.
void FailAllocation(int64_t number, Failing failing);

// Every allocation works again. Whether one has failed.
bool StopFailing();

// Whether libcurl was among those who asked for memory in vain.
bool HasFailedInCurl();

}  // namespace infusionsoft::memory_test
