// SPDX-License-Identifier: MIT
// Users whom libcurl signs in: what stands on the wire. Real counterparts are in tests/gateways.
#include <catch2/catch.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "http/transport_support.h"
#include "support/raw_server.h"

namespace infusionsoft::http {
namespace {

HttpRequest GetAs(std::string url, Login::Scheme scheme, const std::string& user = "ann",
                  const std::string& password = "pass:word\"") {
  HttpRequest request = Get(std::move(url));
  request.login = Login{scheme, user, Secret(password)};
  return request;
}

// Answers all requests alike, and keeps them.
struct Recorder {
  explicit Recorder(std::string status_line, std::string headers = "") {
    answer = "HTTP/1.1 " + std::move(status_line) + "\r\n" + std::move(headers) + "Content-Length: 2\r\n\r\nno";
  }
  std::vector<std::string> Requests() {
    const std::lock_guard lock(mutex);
    return requests;
  }
  std::string answer;
  std::mutex mutex;
  std::vector<std::string> requests;
  RawServer server{[this](RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      {
        const std::lock_guard lock(mutex);
        requests.push_back(request);
      }
      connection.Send(answer);
    }
  }};
};

TEST_CASE("Login: BASIC is sent at once, with the first colon as the end of the name", "[http]") {
  Recorder recorder("200 OK");
  const auto transport = MakeCurlTransport(HangGuardOptions());
  REQUIRE(transport->Send(GetAs(recorder.server.Url("/x"), Login::Scheme::kBasic), Cancellation()).ok());
  REQUIRE(recorder.Requests().size() == 1);
  CHECK(Contains(recorder.Requests()[0], "\r\nAuthorization: Basic YW5uOnBhc3M6d29yZCI=\r\n"));
  // The handle is used again: nothing of the user may stay in it.
  REQUIRE(transport->Send(Get(recorder.server.Url("/y")), Cancellation()).ok());
  CHECK_FALSE(Contains(recorder.Requests().at(1), "Authorization"));
}

TEST_CASE("Login: BASIC that is refused is one request and a response", "[http]") {
  Recorder recorder("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n");
  const auto response =
      MakeCurlTransport(HangGuardOptions())->Send(GetAs(recorder.server.Url("/x"), Login::Scheme::kBasic), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 401);
  CHECK(response->body == "no");
  CHECK(recorder.Requests().size() == 1);
}

TEST_CASE("Login: NTLM begins with its own message and never sends the password", "[http]") {
  Recorder recorder("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n");
  const auto response =
      MakeCurlTransport(HangGuardOptions())->Send(GetAs(recorder.server.Url("/x"), Login::Scheme::kNtlm), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 401);
  for (const std::string& request : recorder.Requests()) {
    CHECK(Contains(request, "HTTP/1.1\r\n"));
    CHECK_FALSE(Contains(request, "Authorization: Basic"));  // not even where the server offers that only
    CHECK_FALSE(Contains(request, "YW5u"));
  }
  REQUIRE(!recorder.Requests().empty());
  CHECK(Contains(recorder.Requests()[0], "\r\nAuthorization: NTLM TlRMTVNTUAAB"));
}

TEST_CASE("Login: a redirect to another server takes no login there", "[http]") {
  Recorder elsewhere("200 OK");
  Recorder recorder("302 Found", "Location: " + elsewhere.server.Url("/stolen") + "\r\n");
  const auto response =
      MakeCurlTransport(HangGuardOptions())->Send(GetAs(recorder.server.Url("/x"), Login::Scheme::kBasic), Cancellation());
  REQUIRE(response.ok());
  CHECK(response->status == 302);
  CHECK(elsewhere.Requests().empty());
}

TEST_CASE("Login: what cannot be sent is refused, without repeating it", "[http]") {
  const auto transport = MakeCurlTransport(HangGuardOptions());
  for (const auto& [user, password] : {std::pair<std::string, std::string>("", "p"),
                                       {"u", ""},
                                       {"u\n", "p"},
                                       {"u", "hunter2\r\nX: y"},
                                       {"u", std::string("hunter2\0x", 9)}}) {
    const Status status =
        transport->Send(GetAs("http://127.0.0.1:9/", Login::Scheme::kBasic, user, password), Cancellation()).status();
    CHECK(status.code() == StatusCode::kInvalidArgument);
    CHECK_FALSE(Contains(status.message(), "hunter2"));
  }
}

}  // namespace
}  // namespace infusionsoft::http
