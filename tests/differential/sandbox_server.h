// SPDX-License-Identifier: MIT
// SandboxServer: the sandbox without a network. Requests of this program are calls.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/transport.h"
#include "sandbox.h"
#include "service.h"

namespace infusionsoft::differential {

// One account's server. While it lives, it answers all requests of the process: this program has an http::MakeCurlTransport
// of its own, which asks the server that lives, so that nothing is encoded, compressed and sent. One at a time.
// Threads: Answer may be called from several at once, and nothing else meanwhile.
class SandboxServer {
 public:
  explicit SandboxServer(const sandbox::SandboxOptions& options);
  ~SandboxServer();
  SandboxServer(const SandboxServer&) = delete;
  SandboxServer& operator=(const SandboxServer&) = delete;

  static std::string api_url() { return "http://127.0.0.1:1/crm/rest"; }
  const sandbox::SandboxOptions& options() const { return options_; }

  void SetFreedoms(const std::vector<sandbox::Freedom>& freedoms);
  // While true, lists are read as they are: every property, and no break but those of rows.
  void ShowAll(bool on);
  // The breaks that showed in the replies since the last call.
  sandbox::BreakSet TakeStruck();
  uint64_t requests() const { return count_; }
  // Since the last ForgetRequests.
  const std::vector<sandbox::SeenRequest>& seen() const { return seen_; }
  void ForgetRequests() { seen_.clear(); }

  // A reply is a function of the path, the query, the freedoms and the breaks, so it is made once. No limits are in its
  // headers: the client would wait for the next minute.
  http::HttpResponse Answer(const http::HttpRequest& request);

 private:
  struct Reply {
    http::HttpResponse response;
    uint32_t struck = 0;
  };

  const sandbox::SandboxOptions options_;
  sandbox::Service service_;
  std::mutex mutex_;                                // of Answer
  std::unordered_map<std::string, Reply> replies_;  // by path and query
  std::vector<sandbox::SeenRequest> seen_;
  uint64_t count_ = 0;
  uint32_t struck_ = 0;
};

}  // namespace infusionsoft::differential
