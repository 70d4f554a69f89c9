// SPDX-License-Identifier: MIT
// FileTokenStore: tokens in a file that only its owner can read, replaced as a whole.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/token_store.h"

namespace infusionsoft {

class FileTokenStore : public TokenStore {
 public:
  FileTokenStore(std::string path, std::string client_id, Clock& clock);

  Result<std::unique_ptr<Lock>> Acquire(const Cancellation& cancellation) override;
  Result<std::optional<TokenSet>> Load() override;
  Status Save(const TokenSet& tokens) override;
  Status Remove() override;
  std::string Describe() const override { return path_; }

 private:
  // The text of the file, or nothing; refuses a file that others can read or could have written.
  Result<std::optional<std::string>> ReadText() const;
  Status Replace(std::string_view text) const;

  std::string path_;
  std::string client_id_;
  Clock& clock_;
};

}  // namespace infusionsoft
