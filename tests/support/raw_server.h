// SPDX-License-Identifier: MIT
// RawServer: a loopback server that says exactly the bytes a test wants, and hangs up exactly when it wants.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace infusionsoft {

// One accepted connection, as the script of a RawServer sees it.
class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}

  // The next request, head and body; "" when the client has hung up. On a client that only waits, this waits too.
  std::string ReadRequest() {
    size_t head_end;
    while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive()) return "";
    }
    const size_t total = head_end + 4 + BodyLength(received_.substr(0, head_end));
    while (received_.size() < total) {
      if (!Receive()) return "";
    }
    std::string request = received_.substr(0, total);
    received_.erase(0, total);
    return request;
  }

  // False when the client no longer listens.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  bool SendResponse(std::string_view status_line, std::string_view body) {
    return Send("HTTP/1.1 " + std::string(status_line) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                std::string(body));
  }

  // When the script ends, the connection is reset instead of closed in order.
  void ResetAtEnd() {
    const linger now{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

 private:
  bool Receive() {
    char buffer[4096];
    const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    received_.append(buffer, static_cast<size_t>(size));
    return true;
  }

  static size_t BodyLength(const std::string& head) {
    constexpr std::string_view kName = "\r\nContent-Length: ";
    const size_t at = head.find(kName);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + kName.size()));
  }

  int socket_;
  std::string received_;
};

// Runs `script` on a thread of its own for every connection; the connection ends when the script returns.
class RawServer {
 public:
  using Script = std::function<void(RawConnection&)>;

  explicit RawServer(Script script) : script_(std::move(script)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 || getsockname(listener_, generic, &size) != 0) {
      throw std::runtime_error("RawServer: no loopback port");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~RawServer() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (int open : sockets_) shutdown(open, SHUT_RDWR);
    }
    for (std::thread& worker : workers_) worker.join();
    close(listener_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  uint16_t port() const { return port_; }
  std::string Url(std::string_view path) const { return "http://127.0.0.1:" + std::to_string(port_) + std::string(path); }
  int connections() {
    const std::lock_guard lock(mutex_);
    return connections_;
  }

 private:
  void Accept() {
    while (true) {
      const int accepted = accept(listener_, nullptr, nullptr);
      if (accepted < 0) return;
      const std::lock_guard lock(mutex_);
      ++connections_;
      sockets_.push_back(accepted);
      workers_.emplace_back([this, accepted] { Serve(accepted); });
    }
  }

  void Serve(int accepted) {
    RawConnection connection(accepted);
    script_(connection);
    // Out of the list before the close: the number may belong to another socket at once.
    const std::lock_guard lock(mutex_);
    std::erase(sockets_, accepted);
    close(accepted);
  }

  Script script_;
  int listener_;
  uint16_t port_ = 0;
  std::mutex mutex_;
  int connections_ = 0;
  std::vector<int> sockets_;
  std::vector<std::thread> workers_;  // touched by the acceptor, and by the destructor once the acceptor has ended
  std::thread acceptor_;
};

}  // namespace infusionsoft
