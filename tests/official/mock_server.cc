// SPDX-License-Identifier: MIT
#include "mock_server.h"

#include <httplib.h>

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "request_check.h"

namespace infusionsoft::official {
namespace {

constexpr const char* kSecondPage = "second";

}  // namespace

class MockServer::Impl {
 public:
  explicit Impl(NumberStyle numbers) : numbers_(numbers) {
    server_.set_keep_alive_max_count(1);  // stopping would wait for kept connections
    server_.Get(".*", [this](const httplib::Request& request, httplib::Response& response) { Answer(request, response); });
    port_ = server_.bind_to_any_port("127.0.0.1");
    if (port_ < 0) throw std::runtime_error("no port to listen on");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Connections are accepted from here on; stop() works only once the loop runs.
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~Impl() {
    server_.stop();
    thread_.join();
  }

  int port() const { return port_; }

  std::vector<MockRequest> TakeRequests() {
    const std::lock_guard lock(mutex_);
    return std::exchange(requests_, {});
  }

 private:
  void Answer(const httplib::Request& from, httplib::Response& response) {
    MockRequest request = Read(from);
    if (request.refusal.empty()) {
      response.set_content(ExampleAnswer(*request.operation, Options(request)), request.operation->content_type);
    } else {
      response.status = 400;
      response.set_content("{\"message\": \"" + request.refusal + "\"}", "application/json");
    }
    const std::lock_guard lock(mutex_);
    if (const char* path = std::getenv("OFFICIAL_REQUESTS")) {  // for prism/check.js
      std::ofstream(path, std::ios::app) << (request.refusal.empty() ? "taken " : "refused ") << from.target << "\n";
    }
    requests_.push_back(std::move(request));
  }

  static MockRequest Read(const httplib::Request& from) {
    MockRequest request;
    const size_t question = from.target.find('?');
    request.target =
        from.path + "?" + *http::PercentDecode(question == std::string::npos ? "" : from.target.substr(question + 1));
    request.operation = MatchPath(from.path);
    if (request.operation == nullptr) {
      request.refusal = "no such path: " + from.path;
      return request;
    }
    if (question != std::string::npos) request.params = *http::ParseQuery(from.target.substr(question + 1));
    request.refusal = WhyRefused(*request.operation, request.params).value_or("");
    const std::string_view token = http::FindParam(request.params, "page_token");
    if (!token.empty() && token != kSecondPage) request.refusal = "page_token " + std::string(token);
    if (!from.get_header_value("Authorization").starts_with("Bearer ")) request.refusal = "no token";
    return request;
  }

  AnswerOptions Options(const MockRequest& request) const {
    AnswerOptions options;
    options.numbers = numbers_;
    for (const auto& [name, value] : request.params) {
      if (name != "fields") continue;
      for (std::string& field : SplitList(value, ',')) options.fields.push_back(std::move(field));
    }
    const bool is_first = request.operation->IsPaged() && http::FindParam(request.params, "page_token").empty();
    if (is_first) options.next_page_token = kSecondPage;
    options.has_rows = is_first || !request.operation->IsPaged();
    return options;
  }

  const NumberStyle numbers_;
  httplib::Server server_;
  int port_ = -1;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<MockRequest> requests_;
};

MockServer::MockServer(NumberStyle numbers) : impl_(std::make_unique<Impl>(numbers)) {}

MockServer::~MockServer() = default;

std::string MockServer::url() const { return "http://127.0.0.1:" + std::to_string(impl_->port()); }

std::vector<MockRequest> MockServer::TakeRequests() { return impl_->TakeRequests(); }

}  // namespace infusionsoft::official
