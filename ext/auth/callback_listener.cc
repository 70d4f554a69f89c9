// SPDX-License-Identifier: MIT
#include "auth/callback_listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "auth/callback_url.h"

namespace infusionsoft {
namespace {

constexpr std::chrono::milliseconds kSlice{100};         // how soon a cancellation is seen
constexpr std::chrono::seconds kConnectionPatience{10};  // browsers open connections ahead and may never use them
constexpr size_t kMaxConnections = 32;
// At once, so that new connections do not push out one that has sent its request and is about to be read.
constexpr size_t kMaxAccepted = 8;
constexpr size_t kMaxRequestBytes = 16384;

Status CannotListen(const std::string& why) {
  return Status(StatusCode::kUnauthenticated, "the sign-in cannot be listened for at CallbackURL: " + why);
}

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

bool MakeAddress(const std::string& host, int port, Address& address) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(static_cast<uint16_t>(port));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(static_cast<uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.size = sizeof v4;
  } else if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.size = sizeof v6;
  }
  return address.size != 0;
}

// A listening socket, or an invalid one with errno set.
FileDescriptor Listen(const std::string& host, int port) {
  Address address;
  if (!MakeAddress(host, port, address)) {
    errno = EADDRNOTAVAIL;
    return FileDescriptor();
  }
  FileDescriptor listener(socket(address.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener.valid()) return listener;
  const int on = 1;
  // Connections of the last sign-in that linger must not block this one; a second listener is still refused.
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.get()->sa_family == AF_INET6) setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (bind(listener.get(), address.get(), address.size) != 0 || listen(listener.get(), 16) != 0) {
    const int error = errno;
    listener.Close();
    errno = error;
  }
  return listener;
}

int PortOf(const FileDescriptor& listener) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(listener.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  in_port_t port = 0;
  const size_t offset =
      storage.ss_family == AF_INET6 ? offsetof(sockaddr_in6, sin6_port) : offsetof(sockaddr_in, sin_port);
  std::memcpy(&port, reinterpret_cast<const char*>(&storage) + offset, sizeof port);
  return ntohs(port);
}

void SendAll(int socket, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      text.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd ready{socket, POLLOUT, 0};
      if (poll(&ready, 1, 1000) <= 0) return;  // a page fits the socket's buffer; who does not read it gets none
    } else if (errno != EINTR) {
      return;
    }
  }
  // Close with nothing left to read: otherwise the kernel resets the connection and the page may be lost. Whoever sends on
  // and on gets none.
  shutdown(socket, SHUT_WR);
  char rest[4096];
  for (size_t read = 0; read < kMaxRequestBytes; read += sizeof rest) {
    if (recv(socket, rest, sizeof rest, MSG_DONTWAIT) <= 0) return;
  }
}

Status TimedOut(bool foreign_seen) {
  std::string message = "nobody finished the sign-in within " + std::to_string(kSignInPatience.count()) + " s";
  if (foreign_seen) message += " (what came had another state or none, so it may be anybody's, and was ignored)";
  message += "; run the statement again, or sign in by infusionsoft_authorize_url() and infusionsoft_exchange_code()";
  return Status(StatusCode::kUnauthenticated, std::move(message));
}

}  // namespace

Result<CallbackListener> CallbackListener::Open(const std::string& callback_url) {
  const auto url = ParseCallbackUrl(callback_url);
  if (!url) return CannotListen(url.status().message());
  if (url->scheme != "http" || !http::IsLoopbackHost(url->host)) {
    return CannotListen(
        "only http:// on this machine can be listened on. Sign in by infusionsoft_authorize_url(), and give "
        "the code as OAuthVerifier or to infusionsoft_exchange_code()");
  }
  CallbackListener opened;
  opened.path_ = url->path.empty() ? "/" : url->path;
  if (Status status = opened.Bind(url->host, url->port); !status.ok()) return status;
  opened.redirect_uri_ = WithPort(callback_url, PortOf(opened.listeners_.front()));
  return opened;
}

Status CallbackListener::Bind(const std::string& host, int port) {
  const bool both = host == "localhost";
  const auto fail = [&](int error) {
    return CannotListen(error == EADDRINUSE
                            ? "port " + std::to_string(port) +
                                  " is in use by another program (or another sign-in); choose another port"
                            : "port " + std::to_string(port) + ": " + ErrnoText(error));
  };
  FileDescriptor first = Listen(both ? "127.0.0.1" : host, port);
  if (!first.valid()) return fail(errno);
  const int real_port = PortOf(first);
  listeners_.push_back(std::move(first));
  if (!both) return Status();
  FileDescriptor second = Listen("::1", real_port);
  // Not having IPv6 is fine. But somebody else listening there would be sent the code by browsers that prefer IPv6.
  if (!second.valid() && errno == EADDRINUSE) return fail(errno);
  if (second.valid()) listeners_.push_back(std::move(second));
  return Status();
}

void CallbackListener::AcceptSome(FileDescriptor& listener, MonotonicTime now) {
  for (size_t i = 0; i < kMaxAccepted; ++i) {
    FileDescriptor accepted(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!accepted.valid()) {
      can_accept_ = errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
      return;
    }
    if (connections_.size() >= kMaxConnections) connections_.pop_front();
    connections_.push_back({std::move(accepted), "", now});
  }
}

void CallbackListener::Answer(Connection& connection, int http_status, std::string_view page) {
  SendAll(connection.socket.get(), HttpAnswer(http_status, page));
}

CallbackListener::Step CallbackListener::Serve(Connection& connection, const std::string& state,
                                               Result<Secret>& outcome) {
  char block[4096];
  const ssize_t got = recv(connection.socket.get(), block, sizeof block, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Step::kGoOn;
  if (got <= 0) return Step::kClose;
  connection.received.append(block, static_cast<size_t>(got));
  CallbackReading reading = ReadCallback(connection.received, path_, state);
  switch (reading.kind) {
    case CallbackReading::Kind::kIncomplete:
      if (connection.received.size() < kMaxRequestBytes) return Step::kGoOn;
      Answer(connection, 431, CallbackPage("Too long", "The request is too long."));
      return Step::kClose;
    case CallbackReading::Kind::kOther:
      foreign_seen_ = foreign_seen_ || reading.foreign;
      Answer(connection, reading.http_status, reading.page);
      return Step::kClose;
    case CallbackReading::Kind::kRefused:
      Answer(connection, reading.http_status, reading.page);
      outcome = std::move(reading.failure);
      return Step::kDone;
    case CallbackReading::Kind::kCode:
      waiting_ = std::move(connection.socket);
      WipeText(connection.received);
      outcome = std::move(reading.code);
      return Step::kDone;
  }
  return Step::kClose;
}

Result<Secret> CallbackListener::WaitForCode(const std::string& state, Clock& clock, const Cancellation& cancellation) {
  const MonotonicTime deadline = clock.Monotonic() + kSignInPatience;
  for (;;) {
    if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
    const MonotonicTime now = clock.Monotonic();
    if (now >= deadline) return TimedOut(foreign_seen_);
    connections_.remove_if([&](const Connection& each) { return now - each.opened >= kConnectionPatience; });
    // All at once: a browser may open several connections and send its request on the last.
    std::vector<pollfd> polled;
    // A host without a free descriptor cannot accept what poll() goes on announcing: that is left for a slice.
    const short announced = std::exchange(can_accept_, true) ? POLLIN : 0;
    for (const FileDescriptor& listener : listeners_) polled.push_back({listener.get(), announced, 0});
    for (const Connection& connection : connections_) polled.push_back({connection.socket.get(), POLLIN, 0});
    if (poll(polled.data(), polled.size(), static_cast<int>(kSlice.count())) <= 0) continue;
    size_t index = listeners_.size();
    for (auto connection = connections_.begin(); connection != connections_.end();) {
      if (polled[index++].revents == 0) {
        ++connection;
        continue;
      }
      Result<Secret> outcome = Secret();
      const Step step = Serve(*connection, state, outcome);
      if (step == Step::kDone) return outcome;
      connection = step == Step::kClose ? connections_.erase(connection) : std::next(connection);
    }
    for (FileDescriptor& listener : listeners_) {
      if (can_accept_) AcceptSome(listener, now);
    }
  }
}

void CallbackListener::Finish(const Status& result) {
  if (!waiting_.valid()) return;
  const std::string page = result.ok() ? CallbackPage("Signed in", "You can close this page and go back to your work.")
                                       : CallbackPage("Not signed in", result.message());
  SendAll(waiting_.get(), HttpAnswer(result.ok() ? 200 : 400, page));
  waiting_.Close();
}

}  // namespace infusionsoft
