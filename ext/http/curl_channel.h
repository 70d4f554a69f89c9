// SPDX-License-Identifier: MIT
// CurlChannel and ChannelPool: curl's handles as values that clean up after themselves. Only for ext/http/*.cc.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/cancellation.h"

namespace infusionsoft::http {

class OptionSetter;

// curl_global_init, once in a process and never undone: the host program may use curl too.
CURLcode InitCurlOnce();

// Sockets of the next transfer belong to this process alone: programs that the host starts do not inherit them, nor do
// children made by fork().
void OwnSockets(OptionSetter& options);

// The handle of one transfer: curl_easy_reset hides an allocation that fails, and half of the handle's defaults are missing
// then, so none is used twice. Null when memory is out.
struct CleanUpEasy {
  void operator()(CURL* easy) const noexcept;
};
using EasyHandle = std::unique_ptr<CURL, CleanUpEasy>;

// A multi handle, which drives one transfer at a time and keeps connections open between them: curl_easy_perform looks at a
// cancellation only once a second while nothing arrives.
class CurlChannel {
 public:
  CurlChannel();
  ~CurlChannel();
  CurlChannel(const CurlChannel&) = delete;
  CurlChannel& operator=(const CurlChannel&) = delete;

  // False: memory is or was out, and what is left of it is not to be used again.
  bool IsUsable() const { return multi_ != nullptr && !is_spoilt_; }
  // Runs the transfer that `easy` is set up for; nothing when it was cancelled. Requires IsUsable.
  std::optional<CURLcode> Run(CURL* easy, const Cancellation& cancellation);

 private:
  std::optional<CURLcode> Drive(CURL* easy, const Cancellation& cancellation);
  CURLM* multi_;
  bool is_spoilt_ = false;
};

// Channels that no call uses, at most eight, each of at most three descriptors: a connection, and two by which curl wakes a
// handle. Threads: may be called from several threads at once.
class ChannelPool {
 public:
  ChannelPool();
  std::unique_ptr<CurlChannel> Take();
  // Takes no memory: an answer that has come is not lost for it.
  void Return(std::unique_ptr<CurlChannel> channel) noexcept;
  // Destroys idle ones but for `keep`, the oldest first.
  void Trim(size_t keep);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlChannel>> idle_;
};

}  // namespace infusionsoft::http
