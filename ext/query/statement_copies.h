// SPDX-License-Identifier: MIT
// StatementCopies: which versions of the local copies one statement reads.
//
// Its first scan of a list takes the newest copy there is, and every later one reads that same copy, whoever replaces or
// deletes it meanwhile: rows of two versions of a list would be an answer that no table ever had. So the snapshot in which
// a copy was taken is held as long as this object lives. One serves all lists whose copies are in it; it takes another one
// where a list was copied after it, by this statement or by another program. Used by one thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/status.h"
#include "query/copy_store.h"

namespace infusionsoft {

struct FoundCopy {
  std::shared_ptr<CopySnapshot> snapshot;
  std::unique_ptr<CopyReader> reader;  // null: there is no copy
};

class StatementCopies {
 public:
  // A statement that makes a copy for each of a thousand parents would hold as many connections to the store. What is taken
  // in further ones is not held: another scan of that list may read a newer copy.
  static constexpr size_t kMaxSnapshots = 8;

  // The copy that was taken, or else the newest one. Errors are the store's.
  Result<FoundCopy> Find(const std::shared_ptr<CopyStore>& store, const CopyKey& key) const;
  bool HasTaken(const std::shared_ptr<CopyStore>& store, const CopyKey& key) const;
  // From now on Find gives the copy that it has found in this snapshot. The first time counts.
  void Take(const std::shared_ptr<CopyStore>& store, const CopyKey& key, const std::shared_ptr<CopySnapshot>& snapshot);

 private:
  using List = std::tuple<std::shared_ptr<CopyStore>, std::string, std::string, std::string>;
  static List Name(const std::shared_ptr<CopyStore>& store, const CopyKey& key) {
    return {store, key.owner, key.grant, key.request};
  }

  std::map<List, std::shared_ptr<CopySnapshot>> taken_;                                     // null: it is not held
  std::vector<std::pair<std::shared_ptr<CopyStore>, std::shared_ptr<CopySnapshot>>> held_;  // the newest one last
};

}  // namespace infusionsoft
