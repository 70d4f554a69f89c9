// SPDX-License-Identifier: MIT
// The connections that a transport keeps: how many, and that no child has them.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <latch>
#include <thread>
#include <utility>
#include <vector>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

// The descriptors of this process that are connections to `port` of this machine.
std::vector<int> ConnectionsTo(uint16_t port) {
  std::vector<int> found;
  for (int fd = 0; fd < 1024; ++fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0 && ntohs(peer.sin_port) == port) found.push_back(fd);
  }
  return found;
}

TEST_CASE("CurlTransport: a kept connection is neither a child's nor a started program's", "[http]") {
  RawServer server([](RawConnection& connection) {
    while (!connection.ReadRequest().empty()) connection.SendResponse("200 OK", "1");
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  REQUIRE(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  const std::vector<int> kept = ConnectionsTo(server.port());
  REQUIRE(kept.size() == 1);
  CHECK((fcntl(kept[0], F_GETFD) & FD_CLOEXEC) != 0);
  const pid_t child = fork();
  if (child == 0) _exit(static_cast<int>(ConnectionsTo(server.port()).size()));
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  REQUIRE(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  CHECK(server.connections() == 1);  // the parent's is as it was
}

TEST_CASE("CurlTransport: idle connections are closed but for as many as asked for", "[http]") {
  constexpr int kTogether = 5;
  std::latch together(kTogether);
  RawServer server([&](RawConnection& connection) {
    bool is_first = true;
    while (!connection.ReadRequest().empty()) {
      if (std::exchange(is_first, false)) together.arrive_and_wait();
      connection.SendResponse("200 OK", "1");
    }
  });
  const auto transport = MakeCurlTransport(HangGuardOptions());
  std::vector<std::thread> threads;
  for (int i = 0; i < kTogether; ++i) {
    threads.emplace_back([&] { static_cast<void>(transport->Send(Get(server.Url("/")), Cancellation())); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(ConnectionsTo(server.port()).size() == kTogether);
  transport->CloseIdle(kTogether);
  CHECK(ConnectionsTo(server.port()).size() == kTogether);
  transport->CloseIdle(1);
  CHECK(ConnectionsTo(server.port()).size() == 1);
  CHECK(transport->Send(Get(server.Url("/")), Cancellation()).ok());
  CHECK(server.connections() == kTogether);
  transport->CloseIdle(0);
  CHECK(ConnectionsTo(server.port()).empty());
}

}  // namespace
}  // namespace infusionsoft::http
