// SPDX-License-Identifier: MIT
// A browser's end of a loopback connection, for tests of the callback listener.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#include "auth/callback_url.h"
#include "base/file_descriptor.h"

namespace infusionsoft {

class LoopbackClient {
 public:
  explicit LoopbackClient(const std::string& url) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(ParseCallbackUrl(url)->port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_ = FileDescriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("connect: " + ErrnoText(errno));
    }
  }
  // How many bytes the other side took before it closed.
  size_t Send(std::string_view text) {
    size_t taken = 0;
    while (taken < text.size()) {
      const ssize_t sent = send(socket_.get(), text.data() + taken, text.size() - taken, MSG_NOSIGNAL);
      if (sent <= 0) break;
      taken += static_cast<size_t>(sent);
    }
    return taken;
  }
  void Get(const std::string& target) { Send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); }
  // All that comes until the other side closes.
  std::string Read() {
    std::string text;
    char block[4096];
    for (ssize_t got = 0; (got = recv(socket_.get(), block, sizeof block, 0)) > 0;)
      text.append(block, static_cast<size_t>(got));
    return text;
  }

 private:
  FileDescriptor socket_;
};

}  // namespace infusionsoft
