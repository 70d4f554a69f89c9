// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "encoding.h"
#include "message.h"
#include "sandbox.h"

namespace infusionsoft::sandbox {

enum class TokenState : uint8_t { kValid, kUnknown, kExpired };

// The sign-in pages, the token endpoint and the tokens they issue.
class Oauth {
 public:
  explicit Oauth(const SandboxOptions& options);

  // GET /app/oauth/authorize, and its Allow and Deny links.
  HttpReply Authorize(const HttpRequest& request);
  HttpReply Decide(const HttpRequest& request, bool allow);
  // POST /token
  HttpReply Token(const HttpRequest& request);

  TokenState Check(const std::string& access_token);

  void set_auto_allow(bool on);
  void set_lifetime(int seconds);
  void ExpireAccessTokens();
  void RevokeRefreshTokens();
  bool AcceptsRefreshToken(const std::string& token) const;
  uint64_t refresh_count() const;
  uint64_t exchange_count() const;

 private:
  using Clock = std::chrono::steady_clock;

  // What a person was asked to allow.
  struct Ask {
    std::string redirect_uri;
    std::string state;
    bool has_state = false;
    std::string challenge;  // "" = without PKCE
  };
  struct Code {
    std::string redirect_uri;
    std::string challenge;
  };

  std::string NewSecret(const char* prefix);
  HttpReply Decided(const Ask& ask, bool allow);
  HttpReply Exchange(const HttpRequest& request, const Parameters& body);
  HttpReply Refresh(const HttpRequest& request, const Parameters& body);
  HttpReply Grant(const HttpRequest& request, const Parameters& body);
  bool IsClient(const HttpRequest& request) const;
  HttpReply Issue(const std::string& spent = "", bool with_refresh = true);

  const std::string client_id_;
  const std::string client_secret_;
  const bool gateway_grants_;
  const std::string user_;
  const std::string password_;
  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  const bool pkce_;
  bool auto_allow_;
  int lifetime_seconds_;
  const bool refresh_grace_;
  std::map<std::string, Ask> asks_;
  std::map<std::string, Code> codes_;
  // Without a time: does not expire by itself.
  std::map<std::string, std::optional<Clock::time_point>> access_tokens_;
  std::set<std::string> refresh_tokens_;
  std::map<std::string, std::string> predecessors_;  // with grace: the token that is good until this one is used
  uint64_t refresh_count_ = 0;
  uint64_t exchange_count_ = 0;
};

}  // namespace infusionsoft::sandbox
