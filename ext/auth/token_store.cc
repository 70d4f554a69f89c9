// SPDX-License-Identifier: MIT
#include "auth/token_store.h"

#include <map>
#include <mutex>
#include <utility>

#include "auth/file_lock.h"
#include "auth/file_token_store.h"
#include "auth/gate.h"
#include "auth/token_location.h"
#include "base/process.h"

namespace infusionsoft {
namespace {

struct Cell {
  Gate gate;
  std::mutex mutex;
  std::optional<TokenSet> tokens;
};

struct Cells {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Cell>> by_key;
};

// Cells live as long as the process, so that a connection opened later finds the tokens again. A child has none of them: two
// processes that refresh one token would sign each other out.
std::shared_ptr<Cell> CellOf(const std::string& key) {
  static constinit PerProcess<Cells> cells;
  Cells& known = cells.Get();
  std::lock_guard lock(known.mutex);
  std::shared_ptr<Cell>& cell = known.by_key[key];
  if (cell == nullptr) cell = std::make_shared<Cell>();
  return cell;
}

class MemoryTokenStore : public TokenStore {
 public:
  explicit MemoryTokenStore(std::shared_ptr<Cell> cell) : cell_(std::move(cell)) {}

  Result<std::unique_ptr<Lock>> Acquire(const Cancellation& cancellation) override {
    auto pass = cell_->gate.Enter(cancellation, kLockPatience);
    if (!pass) return pass.status().WithContext("the tokens in memory");
    return std::unique_ptr<Lock>(std::make_unique<Held>(cell_, *std::move(pass)));
  }
  Status Reserve() override { return Status(); }
  Result<std::optional<TokenSet>> Load() override {
    std::lock_guard lock(cell_->mutex);
    return cell_->tokens;
  }
  Status Save(const TokenSet& tokens) override {
    std::lock_guard lock(cell_->mutex);
    cell_->tokens = tokens;
    return Status();
  }
  Status Remove() override {
    std::lock_guard lock(cell_->mutex);
    cell_->tokens.reset();
    return Status();
  }
  std::string Describe() const override { return "memory"; }

 private:
  struct Held : Lock {
    Held(std::shared_ptr<Cell> held_cell, Gate::Pass held_pass) : cell(std::move(held_cell)), pass(std::move(held_pass)) {}
    std::shared_ptr<Cell> cell;  // the gate must outlive the pass
    Gate::Pass pass;
  };

  std::shared_ptr<Cell> cell_;
};

// Stands where no path could be found; says so when it is needed.
class MissingTokenStore : public TokenStore {
 public:
  explicit MissingTokenStore(Status why) : why_(std::move(why)) {}
  Result<std::unique_ptr<Lock>> Acquire(const Cancellation&) override { return why_; }
  Status Reserve() override { return why_; }
  Result<std::optional<TokenSet>> Load() override { return why_; }
  Status Save(const TokenSet&) override { return why_; }
  Status Remove() override { return why_; }
  std::string Describe() const override { return "nowhere"; }

 private:
  Status why_;
};

}  // namespace

Result<std::unique_ptr<TokenStore>> OpenTokenStore(const std::string& location, const std::string& owner, Clock& clock,
                                                   const Secret& token_key) {
  if (IsMemory(location)) {
    const std::string name = location.substr(kMemoryLocation.size());
    if (name.empty()) return InvalidArgument("OAuthSettingsLocation: memory:// needs a name");
    std::string key = name;
    key += '\0';  // no id and no name holds one
    key += owner;
    return std::unique_ptr<TokenStore>(std::make_unique<MemoryTokenStore>(CellOf(key)));
  }
  auto path = TokenFilePath(location, owner);
  if (!path) return std::unique_ptr<TokenStore>(std::make_unique<MissingTokenStore>(std::move(path).status()));
  return std::unique_ptr<TokenStore>(std::make_unique<FileTokenStore>(*std::move(path), owner, clock, token_key));
}

}  // namespace infusionsoft
