// SPDX-License-Identifier: MIT
// Spellings: how the server wants a request to be written, where its documents say it in two ways.
//
// Learned by use, kept as long as the session. A spelling goes by the name of what is spelled: "/v2/opportunities fields".
// Threads: safe.
#pragma once

#include <map>
#include <mutex>
#include <string>

namespace infusionsoft {

class Spellings {
 public:
  enum class Choice { kOpen, kFirst, kSecond };

  Choice Find(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = choices_.find(name);
    return found == choices_.end() ? Choice::kOpen : found->second;
  }

  // From here on the other one is not tried.
  void Keep(const std::string& name, Choice choice) {
    const std::lock_guard lock(mutex_);
    choices_[name] = choice;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Choice> choices_;  // few: names come from the tables
};

}  // namespace infusionsoft
