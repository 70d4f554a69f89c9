// SPDX-License-Identifier: MIT
// SigpipeBlock: no SIGPIPE of this thread reaches the host program while it lives.
#pragma once

#include <csignal>

namespace infusionsoft::http {

// Needed because CURLOPT_NOSIGNAL, which a library must set, also stops curl from ignoring SIGPIPE, and some versions let
// OpenSSL write to a socket that the server has closed. A signal that was pending before stays pending.
class SigpipeBlock {
 public:
  SigpipeBlock();
  ~SigpipeBlock();
  SigpipeBlock(const SigpipeBlock&) = delete;
  SigpipeBlock& operator=(const SigpipeBlock&) = delete;

 private:
  sigset_t sigpipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

}  // namespace infusionsoft::http
