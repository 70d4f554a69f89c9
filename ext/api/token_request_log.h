// SPDX-License-Identifier: MIT
// TokenRequestLog: a transport that writes down what passes through it, for the requests that Credentials sends.
//
// These hold secrets in their headers and bodies, so the record has only method, path, status, time and size, and of an
// error answer the OAuth error word; Logfile has the rest without the secrets. Threads: as HttpTransport.
#pragma once

#include "api/request_log.h"
#include "base/clock.h"
#include "http/transport.h"

namespace infusionsoft {

class TokenRequestLog : public http::HttpTransport {
 public:
  // All references outlive this object.
  TokenRequestLog(http::HttpTransport& transport, Clock& clock, RequestLog& log)
      : transport_(transport), clock_(clock), log_(log) {}

  Result<http::HttpResponse> Send(const http::HttpRequest& request, const Cancellation& cancellation) override;

 private:
  void WriteDown(const Result<http::HttpResponse>& response, RequestRecord record);

  http::HttpTransport& transport_;
  Clock& clock_;
  RequestLog& log_;
};

}  // namespace infusionsoft
