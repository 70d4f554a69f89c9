// SPDX-License-Identifier: MIT
// TokenStore: where OAuth tokens outlive the process. A seam.
//
// The API's refresh tokens are single-use: whoever loses the newest one has lost the account until a person signs in
// again (KEAP_FACTS section 1.1). Hence: lock, read again, refresh, save durably, and only then use.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "auth/sign_in_attempt.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

struct TokenSet {
  Secret access_token;
  Secret refresh_token;                // may be empty
  std::optional<WallTime> expires_at;  // nothing = unknown
  std::string scope;
  // Names the sign-in that the tokens come from, by random digits that refreshes keep: who signs in next may be another
  // person. "" = not known, as of tokens of the connection string, and of files of earlier versions.
  std::string grant;
  std::optional<std::chrono::seconds> lifetime;  // as the server said when it issued the access token
  // Which servers the tokens may be sent to (see account_servers.h); "" = not known, and then any that the options
  // name.
  std::string servers;
  // A sign-in on another machine that was begun and whose code is still to come. It is kept beside the tokens, or without
  // any.
  std::optional<SignInAttempt> sign_in;
};

class TokenStore {
 public:
  // Held during a refresh; releases when destroyed.
  class Lock {
   public:
    virtual ~Lock() = default;
  };

  virtual ~TokenStore() = default;
  // Blocks other threads and processes; waits at most a bounded time, then kUnavailable with the path in the message.
  virtual Result<std::unique_ptr<Lock>> Acquire(const Cancellation& cancellation) = 0;
  // Takes the room that Save will need, and tries that what is stored can be replaced, so that a full disk or a file that
  // cannot be replaced is found out before a refresh token or a code is spent. The room is kept until the lock goes.
  // kUnavailable, or what Load would say. Requires the lock.
  virtual Status Reserve() = 0;
  // Nothing stored is not an error. May be called by all threads at once, also while one saves.
  virtual Result<std::optional<TokenSet>> Load() = 0;
  // Durable when it returns ok (written, synced, renamed, directory synced). Requires the lock.
  virtual Status Save(const TokenSet& tokens) = 0;
  // Deletes what is stored, durably. Requires the lock.
  virtual Status Remove() = 0;
  // What people are told: the file's path, or "memory".
  virtual std::string Describe() const = 0;
};

// Directory 0700, file 0600, one file per owner (TokenOwner in scheme.h). `location` is
// ConnectionOptions::oauth_settings_location; `token_key` is ConnectionOptions::token_key, of no effect in memory. Touches
// nothing yet, so that a connection that needs no store is not stopped by a missing home directory.
Result<std::unique_ptr<TokenStore>> OpenTokenStore(const std::string& location, const std::string& owner, Clock& clock,
                                                   const Secret& token_key = Secret());

}  // namespace infusionsoft
