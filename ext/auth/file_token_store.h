// SPDX-License-Identifier: MIT
// FileTokenStore: tokens in a file that only its owner can read, replaced as a whole.
//
// Before every read and every write the file and its directory are looked at: what others can read or could have changed is
// refused, with the command that puts it right. The file itself must not be a symbolic link, because a replaced file would
// stand beside what the link leads to; its directory may be reached by links. A file that cannot be read is never written.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/replacement_file.h"
#include "auth/token_seal.h"
#include "auth/token_store.h"

namespace infusionsoft {

class FileTokenStore : public TokenStore {
 public:
  // With a `token_key` that is not empty the file is sealed at the next write.
  FileTokenStore(std::string path, std::string client_id, Clock& clock, Secret token_key);

  Result<std::unique_ptr<Lock>> Acquire(const Cancellation& cancellation) override;
  Status Reserve() override;
  Result<std::optional<TokenSet>> Load() override;
  Status Save(const TokenSet& tokens) override;
  Status Remove() override;
  std::string Describe() const override { return path_; }

 private:
  // The text of the file, or nothing; refuses a file that others can read or could have written.
  Result<std::optional<Secret>> ReadText() const;
  Status CheckReplaceable() const;
  Status MakeRoom(size_t size_before);
  Status Replace(const Secret& text);

  const std::string path_;
  std::string client_id_;
  Clock& clock_;
  TokenSeal seal_;
  std::optional<ReplacementFile> room_;  // belongs to the holder of the lock
};

}  // namespace infusionsoft
