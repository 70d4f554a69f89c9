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

// One easy handle and the multi handle that drives it and keeps its connections open between transfers. A multi handle for
// one transfer, because curl_easy_perform looks at a cancellation only once a second while nothing arrives.
class CurlChannel {
 public:
  CurlChannel();
  ~CurlChannel();
  CurlChannel(const CurlChannel&) = delete;
  CurlChannel& operator=(const CurlChannel&) = delete;

  bool IsUsable() const { return easy_ != nullptr && multi_ != nullptr; }
  CURL* easy() const { return easy_; }
  // Runs the transfer that easy() is set up for; nothing when it was cancelled.
  std::optional<CURLcode> Run(const Cancellation& cancellation);
  // Forgets the options of the last transfer, and with them every pointer to the caller's memory; keeps connections.
  void Reset() { curl_easy_reset(easy_); }

 private:
  std::optional<CURLcode> Drive(const Cancellation& cancellation);
  CURL* easy_;
  CURLM* multi_;
};

// Channels that no call uses, at most eight, each of at most three descriptors: a connection, and two by which curl wakes a
// handle. Threads: may be called from several threads at once.
class ChannelPool {
 public:
  std::unique_ptr<CurlChannel> Take();
  void Return(std::unique_ptr<CurlChannel> channel);
  // Destroys idle ones but for `keep`, the oldest first.
  void Trim(size_t keep);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlChannel>> idle_;
};

}  // namespace infusionsoft::http
