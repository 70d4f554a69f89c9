// SPDX-License-Identifier: MIT
// What the library takes of a host's process at most. Each measurement has a process of its own.
#include <dirent.h>
#include <sys/resource.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "host.h"
#include "sandbox.h"
#include "support/raw_server.h"

namespace infusionsoft::process_test {
namespace {

int OpenDescriptors() {
  int count = -3;  // ".", ".." and the folder itself
  DIR* const folder = opendir("/proc/self/fd");
  while (folder != nullptr && readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

size_t PeakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<size_t>(usage.ru_maxrss) * 1024;
}

std::string ConnectionTo(const sandbox::Sandbox& server, int number) {
  return "URL=" + server.api_url() + ";OAuthAccessToken=" + server.options().access_token +
         ";MaxConcurrency=16;Timeout=" + std::to_string(60 + number);
}

TEST_CASE("bounds: sessions keep 24 descriptors each in use, and 3 when no database uses them", "[bounds]") {
  sandbox::SandboxOptions options;
  options.sizes.contacts = 200;
  options.rate_per_minute = 1'000'000;
  const auto server = sandbox::Sandbox::Start(options);
  REQUIRE(server != nullptr);
  // One request for each contact, as many at once as are allowed: an answer takes long enough for the others to be sent.
  const std::string query = "SELECT * FROM infusionsoft_contact_links";
  server->SetLatency(20);
  const std::string counts =
      Child([&] {
        const int before = OpenDescriptors();
        int in_use = 0;
        {
          Database database(ConnectionTo(*server, 0));
          if (database.Run(query).starts_with("error")) return std::string("no rows");
          in_use = OpenDescriptors() - before;
        }
        const int after = OpenDescriptors() - before;
        for (int i = 1; i < 20; ++i) Database(ConnectionTo(*server, i)).Run("SELECT id FROM infusionsoft_tags");
        return std::to_string(in_use) + " " + std::to_string(after) + " " + std::to_string(OpenDescriptors() - before);
      }).Wait();
  CHECK(server->peak_concurrency() > 8);  // more than are kept
  int in_use = 0;
  int after = 0;
  int of_all = 0;
  INFO(counts);
  REQUIRE(sscanf(counts.c_str(), "%d %d %d", &in_use, &after, &of_all) == 3);
  CHECK(in_use <= 24);
  CHECK(in_use > 3);
  CHECK(after > 0);  // the next database finds a connection
  CHECK(after <= 3);
  CHECK(of_all > 3);
  CHECK(of_all <= 48);
}

// Answers each request with a list of `rows` small rows and `more` behind it.
class BigServer {
 public:
  BigServer(const std::string& element, size_t bytes)
      : server_([this](RawConnection& connection) {
          while (!connection.ReadRequest().empty()) {
            connection.Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                            std::to_string(body_.size()) + "\r\n\r\n");
            connection.Send(body_);
          }
        }) {
    body_.reserve(bytes + 100);
    body_ = "{\"tags\":[" + element;
    while (body_.size() < bytes) body_ += "," + element;
    body_ += "]}";
  }
  std::string Connection() const { return "URL=" + server_.Url("/crm/rest") + ";OAuthAccessToken=t"; }

 private:
  std::string body_;
  RawServer server_;
};

TEST_CASE("bounds: a response takes half a gigabyte at most, whatever is in it", "[bounds]") {
  constexpr size_t kMegabyte = size_t{1} << 20;
  const struct {
    std::string element;
    size_t bytes;
    const char* error;
  } kCases[] = {{"{\"id\":\"1\",\"name\":\"" + std::string(1000, 'x') + "\"}", 60 * kMegabyte, ""},
                {"0", 6 * kMegabyte, ""},
                {R"({"id":"1"})", 70 * kMegabyte, "MaxResponseSize"}};
  for (const auto& each : kCases) {
    INFO(each.element.substr(0, 20) << " " << each.bytes);
    const BigServer server(each.element, each.bytes);
    const std::string result = Child([&] {
                                 Database database(server.Connection());
                                 const size_t before = PeakBytes();
                                 const std::string rows = database.Run("SELECT name FROM infusionsoft_tags LIMIT 1");
                                 const size_t megabytes = (PeakBytes() - before) / kMegabyte;
                                 return std::to_string(megabytes) + " MB: " + rows.substr(0, 400);
                               }).Wait();
    INFO(result);
    REQUIRE(result.find(" MB: ") != std::string::npos);
    CHECK(std::stoul(result) < 512);
    CHECK(result.find(each.error) != std::string::npos);
    CHECK((result.find("error") == std::string::npos) == std::string(each.error).empty());
  }
}

}  // namespace
}  // namespace infusionsoft::process_test
