// SPDX-License-Identifier: MIT
#include "sandbox.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "service.h"

namespace infusionsoft::sandbox {
namespace {

constexpr size_t kThreads = 32;
constexpr int kLargestDescriptor = 4096;
constexpr size_t kSlowPieces = 10;

// Calls `use(fd, peer_port)` for the accepted connections of the server on that port. The HTTP
// library does not show its sockets, so this looks through the process's own.
template <typename Use>
void ForEachConnection(int local_port, const Use& use) {
  for (int fd = 3; fd < kLargestDescriptor; ++fd) {
    sockaddr_in local{};
    sockaddr_in peer{};
    socklen_t size = sizeof(local);
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size) != 0) continue;
    if (local.sin_family != AF_INET || ntohs(local.sin_port) != local_port) continue;
    size = sizeof(peer);
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
    use(fd, ntohs(peer.sin_port));
  }
}

// Dissolving a connection's association sends a reset.
void ResetConnection(int local_port, int peer_port) {
  ForEachConnection(local_port, [peer_port](int fd, int port) {
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    if (port == peer_port) connect(fd, &nobody, sizeof(nobody));
  });
}

HttpRequest FromLibrary(const httplib::Request& from) {
  HttpRequest request;
  request.method = from.method;
  request.path = from.path;
  const size_t question = from.target.find('?');
  if (question != std::string::npos) request.query = from.target.substr(question + 1);
  request.authorization = from.get_header_value("Authorization");
  request.api_key = from.get_header_value("X-Keap-API-Key");
  request.content_type = from.get_header_value("Content-Type");
  request.body = from.body;
  return request;
}

}  // namespace

class Sandbox::Impl {
 public:
  explicit Impl(const SandboxOptions& options) : options_(options), service_(options) {}

  ~Impl() {
    if (!thread_.joinable()) return;
    service_.Stop();
    server_.stop();
    // The library's threads wait for the next request of kept connections until these end.
    while (server_.is_running()) {
      ForEachConnection(port_, [](int fd, int) { shutdown(fd, SHUT_RDWR); });
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    thread_.join();
  }

  bool Start() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000);
    server_.set_keep_alive_timeout(60);
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) { Handle(request, response); };
    server_.Get(".*", handler);
    server_.Post(".*", handler);
    server_.Put(".*", handler);
    server_.Patch(".*", handler);
    server_.Delete(".*", handler);
    if (options_.port == 0) {
      port_ = server_.bind_to_any_port("127.0.0.1");
    } else {
      port_ = server_.bind_to_port("127.0.0.1", options_.port) ? options_.port : -1;
    }
    if (port_ <= 0) return false;
    service_.set_url("http://127.0.0.1:" + std::to_string(port_));
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Connections are accepted from here on; stop() works only once the loop runs.
    while (!server_.is_running()) std::this_thread::yield();
    return true;
  }

  const SandboxOptions& options() const { return options_; }
  Service& service() { return service_; }
  int port() const { return port_; }

 private:
  void Handle(const httplib::Request& request, httplib::Response& response) {
    HttpReply reply = service_.Answer(FromLibrary(request));
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers) response.set_header(name, value);
    switch (reply.delivery) {
      case Delivery::kWhole:
        response.body = std::move(reply.body);
        response.set_header("Content-Type", reply.content_type);
        break;
      case Delivery::kSlow:
        DeliverSlowly(std::move(reply), response);
        break;
      case Delivery::kReset:
        DeliverHalf(std::move(reply), request.remote_port, response);
        break;
    }
  }

  void DeliverSlowly(HttpReply reply, httplib::Response& response) {
    const size_t piece = reply.body.size() / kSlowPieces + 1;
    const std::chrono::milliseconds pause(options_.slow_body_pause_ms);
    const size_t size = reply.body.size();
    response.set_content_provider(
        size, reply.content_type,
        [piece, pause, body = std::move(reply.body)](size_t offset, size_t length, httplib::DataSink& sink) {
          std::this_thread::sleep_for(pause);
          return sink.write(body.data() + offset, std::min(piece, length));
        });
  }

  void DeliverHalf(HttpReply reply, int peer_port, httplib::Response& response) {
    const size_t size = reply.body.size();
    response.set_content_provider(
        size, reply.content_type,
        [this, peer_port, body = std::move(reply.body)](size_t offset, size_t, httplib::DataSink& sink) {
          if (offset == 0 && body.size() > 1) return sink.write(body.data(), body.size() / 2);
          ResetConnection(port_, peer_port);
          return false;
        });
  }

  const SandboxOptions options_;
  Service service_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

std::unique_ptr<Sandbox> Sandbox::Start(const SandboxOptions& options) {
  auto impl = std::make_unique<Impl>(options);
  if (!impl->Start()) return nullptr;
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(impl)));
}

Sandbox::Sandbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Sandbox::~Sandbox() = default;

int Sandbox::port() const { return impl_->port(); }
std::string Sandbox::url() const { return "http://127.0.0.1:" + std::to_string(port()); }
std::string Sandbox::api_url() const { return url() + "/crm/rest"; }
std::string Sandbox::authorize_url() const { return url() + "/app/oauth/authorize"; }
std::string Sandbox::token_url() const { return url() + "/token"; }
const SandboxOptions& Sandbox::options() const { return impl_->options(); }

void Sandbox::SetFreedom(Freedom freedom, bool on) { impl_->service().SetFreedom(freedom, on); }
void Sandbox::SetFreedoms(const std::vector<Freedom>& freedoms) { impl_->service().SetFreedoms(freedoms); }
void Sandbox::AddFault(const Fault& fault) { impl_->service().faults().Add(fault); }
void Sandbox::ClearFaults() { impl_->service().faults().Clear(); }
void Sandbox::SetLatency(int milliseconds) { impl_->service().set_latency(milliseconds); }
void Sandbox::SetRatePerMinute(int requests) { impl_->service().quota().set_per_minute(requests); }
void Sandbox::SetAutoAllow(bool on) { impl_->service().oauth().set_auto_allow(on); }
void Sandbox::SetTokenLifetime(int seconds) { impl_->service().oauth().set_lifetime(seconds); }
void Sandbox::ExpireAccessTokens() { impl_->service().oauth().ExpireAccessTokens(); }
void Sandbox::RevokeRefreshTokens() { impl_->service().oauth().RevokeRefreshTokens(); }
bool Sandbox::AcceptsRefreshToken(const std::string& token) const {
  return impl_->service().oauth().AcceptsRefreshToken(token);
}

std::vector<SeenRequest> Sandbox::Requests() const { return impl_->service().Requests(); }
uint64_t Sandbox::api_requests() const { return impl_->service().api_requests(); }
void Sandbox::ClearRequests() { impl_->service().ClearRequests(); }
uint64_t Sandbox::refresh_count() const { return impl_->service().oauth().refresh_count(); }
uint64_t Sandbox::exchange_count() const { return impl_->service().oauth().exchange_count(); }
uint64_t Sandbox::token_requests() const { return impl_->service().token_requests(); }
void Sandbox::HoldUntilTogether(uint64_t count, const std::string& path) {
  impl_->service().HoldUntilTogether(count, path);
}

uint64_t Sandbox::peak_concurrency() const { return impl_->service().peak_concurrency(); }

}  // namespace infusionsoft::sandbox
