// SPDX-License-Identifier: MIT
// AnsweringServer: a database whose API is a function.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {

// The body that answers "/v2/tags?page_size=5"; "" is a 404.
using Answer = std::function<std::string(const std::string& target)>;

class AnsweringServer {
 public:
  explicit AnsweringServer(Answer answer)
      : answer_(std::move(answer)), server_([this](RawConnection& connection) { Serve(connection); }) {}
  // The database, whose connection has these further properties.
  Database& Connected(const std::string& more = "") {
    database_.Run("SELECT infusionsoft_connect('URL=" + server_.Url("") + ";OAuthAccessToken=t" + more + "')");
    return database_;
  }

 private:
  void Serve(RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      const size_t begin = request.find(' ') + 1;
      const std::string body = answer_(request.substr(begin, request.find(' ', begin) - begin));
      const std::string status = body.empty() ? "404 Not Found" : "200 OK";
      const std::string not_found = R"({"code":404,"message":"not found","status":"NOT_FOUND","details":[]})";
      if (!connection.SendResponse(status + "\r\nContent-Type: application/json", body.empty() ? not_found : body)) return;
    }
  }

  const Answer answer_;
  RawServer server_;
  Database database_;
};

}  // namespace infusionsoft::sqlite_test
