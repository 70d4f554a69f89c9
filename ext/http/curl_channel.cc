// SPDX-License-Identifier: MIT
#include "http/curl_channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "base/process.h"
#include "http/curl_request.h"
#include "http/sigpipe.h"

namespace infusionsoft::http {
namespace {

// How late a cancellation may be seen while nothing arrives.
constexpr int kPollMilliseconds = 100;

// Connections kept for later; more calls than this at once just open new ones.
constexpr size_t kMaxIdleChannels = 8;

curl_socket_t OpenSocket(void* /*context*/, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
  const int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (fd < 0) return CURL_SOCKET_BAD;
  CloseInChildren(fd);
  return fd;
}

int CloseSocket(void* /*context*/, curl_socket_t fd) noexcept {
  KeepInChildren(fd);
  return close(fd);
}

CURLcode ToTransferCode(CURLMcode code) { return code == CURLM_OUT_OF_MEMORY ? CURLE_OUT_OF_MEMORY : CURLE_FAILED_INIT; }

}  // namespace

CURLcode InitCurlOnce() {
  static constinit MadeOnce<CURLcode> result;
  return result.Get([] { return curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void OwnSockets(OptionSetter& options) {
  options.Set(CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
  options.Set(CURLOPT_CLOSESOCKETFUNCTION, &CloseSocket);
}

void CleanUpEasy::operator()(CURL* easy) const noexcept {
  const SigpipeBlock sigpipe_block;
  curl_easy_cleanup(easy);
}

CurlChannel::CurlChannel() : multi_(curl_multi_init()) {}

CurlChannel::~CurlChannel() {
  const SigpipeBlock sigpipe_block;
  curl_multi_cleanup(multi_);
}

std::optional<CURLcode> CurlChannel::Run(CURL* easy, const Cancellation& cancellation) {
  const SigpipeBlock sigpipe_block;
  const CURLMcode added = curl_multi_add_handle(multi_, easy);
  const std::optional<CURLcode> result = added == CURLM_OK ? Drive(easy, cancellation) : ToTransferCode(added);
  if (added == CURLM_OK) curl_multi_remove_handle(multi_, easy);  // closes the connection of an unfinished transfer
  is_spoilt_ = result == CURLE_OUT_OF_MEMORY || result == CURLE_FAILED_INIT;
  return result;
}

std::optional<CURLcode> CurlChannel::Drive(CURL* easy, const Cancellation& cancellation) {
  int running = 1;
  while (true) {
    if (cancellation.Requested()) return std::nullopt;
    if (const CURLMcode code = curl_multi_perform(multi_, &running); code != CURLM_OK) return ToTransferCode(code);
    if (running == 0) break;
    const CURLMcode code = curl_multi_poll(multi_, nullptr, 0, kPollMilliseconds, nullptr);
    if (code != CURLM_OK) return ToTransferCode(code);
  }
  int queued = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &queued)) {
    if (message->msg == CURLMSG_DONE && message->easy_handle == easy) return message->data.result;
  }
  return CURLE_FAILED_INIT;
}

ChannelPool::ChannelPool() { idle_.reserve(kMaxIdleChannels); }

std::unique_ptr<CurlChannel> ChannelPool::Take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto channel = std::move(idle_.back());
      idle_.pop_back();
      return channel;
    }
  }
  return std::make_unique<CurlChannel>();
}

void ChannelPool::Return(std::unique_ptr<CurlChannel> channel) noexcept {
  const std::lock_guard lock(mutex_);
  if (channel->IsUsable() && idle_.size() < kMaxIdleChannels) idle_.push_back(std::move(channel));
}

void ChannelPool::Trim(size_t keep) {
  while (true) {
    std::unique_ptr<CurlChannel> oldest;  // destroyed after the lock is released: it says goodbye to the server
    const std::lock_guard lock(mutex_);
    if (idle_.size() <= keep) return;
    oldest = std::move(idle_.front());
    idle_.erase(idle_.begin());
  }
}

}  // namespace infusionsoft::http
