// SPDX-License-Identifier: MIT
#include "http/sigpipe.h"

#include <ctime>

namespace infusionsoft::http {
namespace {

bool IsSigpipePending() {
  sigset_t pending;
  return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeBlock::SigpipeBlock() {
  sigemptyset(&sigpipe_);
  sigaddset(&sigpipe_, SIGPIPE);
  was_pending_ = IsSigpipePending();
  pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
}

SigpipeBlock::~SigpipeBlock() {
  if (!was_pending_ && IsSigpipePending()) {
    const timespec no_wait{};
    sigtimedwait(&sigpipe_, nullptr, &no_wait);
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace infusionsoft::http
