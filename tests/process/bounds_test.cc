// SPDX-License-Identifier: MIT
// What the library takes of a host's process at most. Each measurement has a process of its own.
#include <dirent.h>
#include <sys/resource.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
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

// Answers each request with a list of tags: element(1), element(2) and so on, of `bytes` and a little more.
class BigServer {
 public:
  BigServer(const std::function<std::string(size_t)>& element, size_t bytes)
      : server_([this](RawConnection& connection) {
          while (!connection.ReadRequest().empty()) {
            connection.Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                            std::to_string(body_.size()) + "\r\n\r\n");
            connection.Send(body_);
          }
        }) {
    body_.reserve(bytes + 10'000);
    body_ = "{\"tags\":[" + element(1);
    for (size_t i = 2; body_.size() < bytes; ++i) body_ += "," + element(i);
    body_ += "]}";
  }
  std::string Connection() const { return "URL=" + server_.Url("/crm/rest") + ";OAuthAccessToken=t"; }

 private:
  std::string body_;
  RawServer server_;
};

// Sanitizers keep what is freed, and more beside each block.
#ifdef SANITIZED
constexpr size_t kMostMegabytes = 8 * 512;
#else
constexpr size_t kMostMegabytes = 512;
#endif

TEST_CASE("bounds: a response takes half a gigabyte at most, whatever is in it", "[bounds]") {
  constexpr size_t kMegabyte = size_t{1} << 20;
  std::string zeros = "0";
  for (int i = 0; i < 1000; ++i) zeros += ",0";
  const auto id = [](size_t i) { return "{\"id\":\"" + std::to_string(i) + "\",\"name\":\"n"; };
  const struct {
    const char* what;
    std::function<std::string(size_t)> element;
    size_t bytes;
    std::string error;
  } kCases[] = {
      {"long texts", [&](size_t i) { return id(i) + std::string(1000, 'x') + "\"}"; }, 60 * kMegabyte, ""},
      {"short values", [&](size_t i) { return id(i) + "\",\"more\":[" + zeros + "]}"; }, 6 * kMegabyte, ""},
      {"too long", [&](size_t i) { return id(i) + std::string(1000, 'x') + "\"}"; }, 70 * kMegabyte, "MaxResponseSize"}};
  for (const auto& each : kCases) {
    INFO(each.what);
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
    CHECK(std::stoul(result) < kMostMegabytes);
    CHECK(result.find(each.error) != std::string::npos);
    CHECK((result.find("error") == std::string::npos) == each.error.empty());
  }
}

}  // namespace
}  // namespace infusionsoft::process_test
