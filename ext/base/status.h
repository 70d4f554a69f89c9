// SPDX-License-Identifier: MIT
// Status and Result<T>: how every fallible function of this project reports failure.
//
// Errors: a Status carries a code, which callers act on, and a message, which people read. A message says what happened,
// where, and what to do; it never contains a secret. No exception is part of any contract.
// Threads: values; const access from several threads is safe.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace infusionsoft {

enum class StatusCode {
  kOk,
  kInvalidArgument,     // what the user wrote cannot be right: connection string, SQL function argument, profile file
  kUnauthenticated,     // no usable token, or the server does not accept it
  kPermissionDenied,    // the token is good, the user may not see this
  kNotFound,            // the server has no such thing
  kConstraint,          // SQLite must look for another plan, or a write was rejected
  kReadOnly,            // the connection or the table takes no writes
  kLimitExceeded,       // a bound the user set (MaxRows, MaxRequests) or the server's quota
  kUnavailable,         // network, time-out or a server that fails; trying later may help
  kUnreachable,         // the server's name, a certificate or a proxy forbids it; something must be changed first
  kBadResponse,         // the server's answer is not what its documentation promises
  kInterrupted,         // sqlite3_interrupt()
  kOutOfMemory,
  kInternal,            // a bug of ours
};

// The code's name as it appears in logs: "unauthenticated", "bad response", ...
std::string_view StatusCodeName(StatusCode code);

class [[nodiscard]] Status {
 public:
  Status() = default;  // ok
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {
    assert(code != StatusCode::kOk);
  }

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }

  // The same failure seen from further out: WithContext("infusionsoft_contacts") puts "infusionsoft_contacts: " before the
  // message. No-op when ok.
  Status WithContext(std::string_view prefix) const;

  friend bool operator==(const Status&, const Status&) = default;

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

inline Status InvalidArgument(std::string message) {
  return Status(StatusCode::kInvalidArgument, std::move(message));
}

// A value or the Status that explains its absence. Access to value() requires ok().
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}                    // NOLINT: implicit by intent
  Result(Status status) : status_(std::move(status)) { assert(!status_.ok()); }  // NOLINT

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Status& status() const& { return status_; }
  Status status() && { return std::move(status_); }

  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace infusionsoft
