// SPDX-License-Identifier: MIT
// FakeTransport: answers requests from a function and records them.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "http/transport.h"

namespace infusionsoft::http {

class FakeTransport : public HttpTransport {
 public:
  using Handler = std::function<Result<HttpResponse>(const HttpRequest&)>;
  explicit FakeTransport(Handler handler) : handler_(std::move(handler)) {}

  Result<HttpResponse> Send(const HttpRequest& request, const Cancellation& cancellation) override {
    if (cancellation.Requested()) return Status(StatusCode::kInterrupted, "interrupted");
    {
      std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return handler_(request);
  }
  std::vector<HttpRequest> requests() {
    std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  std::mutex mutex_;
  Handler handler_;
  std::vector<HttpRequest> requests_;
};

inline HttpResponse JsonResponse(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}};
  response.wire_bytes = static_cast<int64_t>(body.size());
  response.body = std::move(body);
  return response;
}

}  // namespace infusionsoft::http
