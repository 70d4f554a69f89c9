// SPDX-License-Identifier: MIT
// CallbackListener: waits on this machine for the browser to come back with the sign-in's code.
//
// Threads: used by one.
#pragma once

#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "auth/callback_request.h"
#include "base/file_descriptor.h"
#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

inline constexpr std::chrono::seconds kSignInPatience{120};

class CallbackListener {
 public:
  // Binds the loopback host and port of `callback_url`: http://, no other host. localhost means 127.0.0.1 and, where
  // there is one, ::1. Errors: kUnauthenticated, naming CallbackURL: the port is taken, or the URL cannot be listened
  // on.
  static Result<CallbackListener> Open(const std::string& callback_url);

  CallbackListener(CallbackListener&&) = default;

  // What the authorize and the token request name: the callback URL as written, with the real port for port 0.
  const std::string& redirect_uri() const { return redirect_uri_; }

  // The code that comes with `state`. kUnauthenticated: refused, or kSignInPatience passed; kInterrupted. The browser
  // that brought the code waits for its page until Finish.
  Result<Secret> WaitForCode(const std::string& state, Clock& clock, const Cancellation& cancellation);

  // Shows the browser what came of the code.
  void Finish(const Status& result);

 private:
  struct Connection {
    FileDescriptor socket;
    std::string received;
    MonotonicTime opened;
  };
  enum class Step { kGoOn, kClose, kDone };

  CallbackListener() = default;
  Status Bind(const std::string& host, int port);
  void AcceptSome(FileDescriptor& listener, MonotonicTime now);
  Step Serve(Connection& connection, const std::string& state, Result<Secret>& outcome);
  static void Answer(Connection& connection, int http_status, std::string_view page);

  std::vector<FileDescriptor> listeners_;
  std::list<Connection> connections_;
  FileDescriptor waiting_;  // the browser that brought the code
  std::string redirect_uri_;
  std::string path_;
  bool foreign_seen_ = false;
  bool can_accept_ = true;  // false after a failure that the next attempt would meet too
};

}  // namespace infusionsoft
