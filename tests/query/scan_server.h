// SPDX-License-Identifier: MIT
// Server: scans without a network.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "api/session.h"
#include "http/url.h"
#include "profile/profile.h"
#include "query/row_cursor.h"
#include "support/fake_clock.h"
#include "support/fake_transport.h"

namespace infusionsoft {

// A session whose server is a function from "path?query" (decoded) to a body; an empty body is a 404, and "refused" a 403.
class Server {
 public:
  using Answer = std::function<std::string(const std::string& path, const http::QueryParams& params)>;

  // `profile` outlives this object.
  explicit Server(Answer answer, const Profile& profile = Profile::BuiltIn()) : profile_(profile) {
    const Result<ConnectionOptions> options = ParseConnectionString("URL=http://127.0.0.1:1/rest;OAuthAccessToken=token");
    REQUIRE(options.ok());
    auto transport = std::make_unique<http::FakeTransport>([answer](const http::HttpRequest& request) -> Result<http::HttpResponse> {
      const Result<http::Url> url = http::ParseUrl(request.url);
      const std::string body = answer(url->path.substr(5), *http::ParseQuery(url->query));
      if (body == "refused") return http::JsonResponse(403, "{}");
      return body.empty() ? http::JsonResponse(404, R"({"code":404,"message":"not found","status":"NOT_FOUND","details":[]})")
                          : http::JsonResponse(200, body);
    });
    transport_ = transport.get();
    SessionParts parts;
    parts.transport = std::move(transport);
    parts.clock = &clock_;
    Result<std::shared_ptr<Session>> session = Session::Make(*options, std::move(parts));
    REQUIRE(session.ok());
    session_ = *std::move(session);
  }

  size_t requests() { return transport_->requests().size(); }

  RowCursor Scan(const char* table, ScanOptions options = {}) {
    return RowCursor(*profile_.Find(table), profile_, context(table), options);
  }
  ScanContext context(const char* table) { return {session_->client(), budget_, Cancellation(), table}; }
  RequestBudget& budget() { return budget_; }

 private:
  FakeClock clock_;
  http::FakeTransport* transport_ = nullptr;
  std::shared_ptr<Session> session_;
  RequestBudget budget_;
  const Profile& profile_;
};

}  // namespace infusionsoft
