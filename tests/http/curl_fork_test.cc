// SPDX-License-Identifier: MIT
// The connections that a transport keeps, and children of the process.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
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

}  // namespace
}  // namespace infusionsoft::http
