// SPDX-License-Identifier: MIT
// Session: one account of this process = options + credentials + client + limits + request log.
//
// Every table, SQLite connection and thread that names the same account shares one. Threads: safe. A session belongs to the
// process that made it: a child made by fork() has sessions of its own, and leaves those that it inherits as they are.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "api/api_client.h"
#include "api/list_sizes.h"
#include "api/log_mask.h"
#include "api/request_log.h"
#include "api/retry_policy.h"
#include "api/spellings.h"
#include "api/token_request_log.h"
#include "auth/connection_options.h"
#include "auth/credentials.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft {

// The parts that tests replace. Null members mean the real ones.
struct SessionParts {
  std::unique_ptr<http::HttpTransport> transport{};
  std::unique_ptr<TokenStore> token_store{};
  Clock* clock = nullptr;
  Browser* browser = nullptr;
  RetryPolicy retry_policy{};
};

class Session {
 public:
  // The shared session of the account, made if this is the first to name it, or the first to log it so: connections that
  // log to different files, or different things, have sessions of their own. Sends nothing. kInvalidArgument when the log
  // cannot be written.
  //
  // A session lives as long as somebody holds it, and the ones that were named last live on with the process: a program
  // that opens a SQLite connection for each piece of work keeps its token, its kept-alive connections and what it knows
  // about limits. Of the others nothing stays, so that a program which names ever new accounts does not grow. Of a session
  // that nobody holds one connection stays open; see Rest.
  static Result<std::shared_ptr<Session>> Share(const ConnectionOptions& options);
  static constexpr size_t kKeptSessions = 16;

  // One that nobody else shares, with replaced parts.
  static Result<std::shared_ptr<Session>> Make(const ConnectionOptions& options, SessionParts parts);

  // Closes the kept connections but for one: 3 descriptors, and 48 of all the sessions that nobody uses. While somebody uses
  // a session, it keeps up to 8 connections, of 24 descriptors.
  void Rest() { transport_->CloseIdle(1); }

  ApiClient& client() { return *client_; }
  Credentials& credentials() { return *credentials_; }
  RequestLog& log() { return log_; }
  ListSizes& sizes() { return sizes_; }
  Spellings& spellings() { return spellings_; }
  Log& file_log() { return logging_->log; }
  Clock& clock() { return clock_; }

 private:
  struct Logging {
    Logging(const ConnectionOptions& options, Clock& clock)
        : mask(options),
          log(options.log_settings(), clock, [this](std::string text) { return mask.Apply(std::move(text)); }) {}
    LogMask mask;
    Log log;
  };

  Session(const ConnectionOptions& options, SessionParts parts, std::unique_ptr<TokenStore> store,
          std::unique_ptr<Logging> logging);
  static std::unique_ptr<http::HttpTransport> OpenTransport(const ConnectionOptions& options, Logging& logging);

  // In the order of need: each refers to some above it.
  const ConnectionOptions options_;
  const std::unique_ptr<Logging> logging_;
  RequestLog log_;
  ListSizes sizes_;
  Spellings spellings_;
  Clock& clock_;
  std::unique_ptr<http::HttpTransport> transport_;
  std::unique_ptr<TokenRequestLog> token_transport_;
  std::unique_ptr<Credentials> credentials_;
  std::unique_ptr<ApiClient> client_;
};

}  // namespace infusionsoft
