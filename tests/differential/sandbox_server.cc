// SPDX-License-Identifier: MIT
#include "sandbox_server.h"

#include <memory>
#include <string_view>
#include <utility>

#include "http/url.h"
#include "message.h"

namespace infusionsoft {
namespace differential {
namespace {

// Of this process. Sessions outlive accounts, so their transports look here at each request.
SandboxServer* living_server = nullptr;

class CallTransport : public http::HttpTransport {
 public:
  Result<http::HttpResponse> Send(const http::HttpRequest& request, const Cancellation& cancellation) override {
    if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
    if (living_server == nullptr) return Status(StatusCode::kUnreachable, "no sandbox lives");
    return living_server->Answer(request);
  }
};

// More replies than this are a table read by key over and over with ever new keys.
constexpr size_t kMostReplies = 20'000;

}  // namespace

SandboxServer::SandboxServer(const sandbox::SandboxOptions& options) : options_(options), service_(options) {
  service_.set_url("http://127.0.0.1:1");
  living_server = this;
}

SandboxServer::~SandboxServer() { living_server = nullptr; }

void SandboxServer::SetFreedoms(const std::vector<sandbox::Freedom>& freedoms) {
  service_.SetFreedoms(freedoms);
  replies_.clear();
}

void SandboxServer::ShowAll(bool on) {
  service_.KeepListsWhole(on);
  SetFreedoms(on ? std::vector{sandbox::Freedom::kFieldsIgnored} : std::vector<sandbox::Freedom>());
}

sandbox::BreakSet SandboxServer::TakeStruck() { return std::exchange(struck_, 0); }

http::HttpResponse SandboxServer::Answer(const http::HttpRequest& request) {
  constexpr std::string_view kOrigin = "http://127.0.0.1:1";
  const std::string target = request.url.substr(kOrigin.size());
  const size_t question = target.find('?');
  const std::string path = target.substr(0, question);
  const std::string query = question == std::string::npos ? "" : target.substr(question + 1);
  const std::lock_guard<std::mutex> lock(mutex_);
  ++count_;
  auto found = replies_.find(target);
  if (found == replies_.end()) {
    sandbox::HttpRequest asked;
    asked.method = request.method;
    asked.path = *http::PercentDecode(path);
    asked.query = query;
    if (request.secret_header_name == "Authorization") asked.authorization = request.secret_header_value.Reveal();
    sandbox::HttpReply reply = service_.Answer(asked);
    http::HttpResponse response;
    response.status = reply.status;
    response.headers = {{"content-type", reply.content_type}};
    response.wire_bytes = static_cast<int64_t>(reply.body.size());
    response.body = std::move(reply.body);
    service_.ClearRequests();
    if (replies_.size() >= kMostReplies) replies_.clear();
    found = replies_.emplace(target, Reply{std::move(response), reply.struck}).first;
  }
  seen_.push_back({request.method, path, query, found->second.response.status});
  struck_ |= found->second.struck;
  return found->second.response;
}

}  // namespace differential

namespace http {

// In place of the library's, whose object is then not linked: nothing here opens a socket.
std::unique_ptr<HttpTransport> MakeCurlTransport(const TransportOptions&) {
  return std::make_unique<differential::CallTransport>();
}

}  // namespace http
}  // namespace infusionsoft
