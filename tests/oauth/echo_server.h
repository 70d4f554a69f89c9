// SPDX-License-Identifier: MIT
// A server that fails in every way and repeats in its answer all that it was sent, as some gateways do.
#pragma once

#include <httplib.h>

#include <mutex>
#include <string>
#include <thread>

namespace infusionsoft::oauth_test {

class EchoServer {
 public:
  EchoServer();
  ~EchoServer();
  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;

  // Requests below this address get `kind` as their answer: a status with JSON, or "malformed", "html", "foreign" (JSON of
  // another shape, with status 200).
  std::string Url(const std::string& kind) const { return "http://127.0.0.1:" + std::to_string(port_) + "/" + kind; }
  // All paths and query strings so far; all headers and bodies.
  std::string Targets() const;
  std::string Contents() const;

 private:
  void Answer(const httplib::Request& request, httplib::Response& response);

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::string targets_;
  std::string contents_;
};

}  // namespace infusionsoft::oauth_test
