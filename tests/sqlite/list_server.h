// SPDX-License-Identifier: MIT
// ListServer: a database whose lists say exactly what a test wants.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {

class ListServer {
 public:
  // From what is asked for ("/v2/tags?page_size=1000") to the JSON that answers it; "" is a 404.
  using Answer = std::function<std::string(const std::string& target)>;

  // `properties` go into the connection string of the unnamed connection.
  explicit ListServer(Answer answer, const std::string& properties = "")
      : answer_(std::move(answer)), server_([this](RawConnection& connection) { Serve(connection); }) {
    database_.Run("SELECT infusionsoft_connect('" + ConnectionString(properties) + "')");
  }

  Database& database() { return database_; }
  std::string ConnectionString(const std::string& properties = "") const {
    return "URL=" + server_.Url("") + ";OAuthAccessToken=t;" + properties;
  }
  // What was asked for, without escapes other than of spaces.
  std::vector<std::string> targets() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return targets_;
  }
  size_t requests() { return targets().size(); }

 private:
  void Serve(RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      const size_t begin = request.find(' ') + 1;
      const std::string target = request.substr(begin, request.find(' ', begin) - begin);
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        targets_.push_back(target);
      }
      const std::string body = answer_(target);
      const std::string status = body.empty() ? "404 Not Found" : "200 OK";
      if (!connection.SendResponse(status + "\r\nContent-Type: application/json", body.empty() ? "{}" : body)) return;
    }
  }

  const Answer answer_;
  std::mutex mutex_;
  std::vector<std::string> targets_;
  RawServer server_;
  Database database_;
};

}  // namespace infusionsoft::sqlite_test
