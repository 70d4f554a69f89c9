// SPDX-License-Identifier: MIT
#include "query/statement_copies.h"

#include <algorithm>

namespace infusionsoft {

Result<FoundCopy> StatementCopies::Find(const std::shared_ptr<CopyStore>& store, const CopyKey& key) const {
  const auto open_in = [&](std::shared_ptr<CopySnapshot> snapshot) -> Result<FoundCopy> {
    if (snapshot == nullptr) return FoundCopy();
    Result<std::unique_ptr<CopyReader>> reader = snapshot->Open(key);
    if (!reader) return std::move(reader).status();
    return FoundCopy{std::move(snapshot), *std::move(reader)};
  };
  const auto taken = taken_.find(Name(store, key));
  if (taken != taken_.end() && taken->second != nullptr) return open_in(taken->second);
  Result<std::shared_ptr<CopySnapshot>> now = store->TakeSnapshot();
  if (!now) return std::move(now).status();
  Result<FoundCopy> newest = open_in(*std::move(now));
  if (!newest || newest->reader == nullptr) return newest;
  // What is in no newer snapshot than this one is in no older one either: no copy comes back.
  const auto held = std::find_if(held_.rbegin(), held_.rend(), [&](const auto& each) { return each.first == store; });
  if (held == held_.rend()) return newest;
  Result<FoundCopy> older = open_in(held->second);
  const bool is_same = older && older->reader != nullptr && older->reader->info().id == newest->reader->info().id;
  return older && !is_same ? std::move(newest) : std::move(older);
}

bool StatementCopies::HasTaken(const std::shared_ptr<CopyStore>& store, const CopyKey& key) const {
  return taken_.contains(Name(store, key));
}

void StatementCopies::Take(const std::shared_ptr<CopyStore>& store, const CopyKey& key,
                           const std::shared_ptr<CopySnapshot>& snapshot) {
  const auto [taken, is_new] = taken_.try_emplace(Name(store, key));
  if (!is_new) return;
  const bool is_held = std::any_of(held_.begin(), held_.end(), [&](const auto& each) { return each.second == snapshot; });
  if (!is_held && held_.size() == kMaxSnapshots) return;
  if (!is_held) held_.emplace_back(store, snapshot);
  taken->second = snapshot;
}

}  // namespace infusionsoft
