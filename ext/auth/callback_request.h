// SPDX-License-Identifier: MIT
// What a browser sends to the callback URL, and the pages it is shown. Pure: no sockets.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/status.h"

namespace infusionsoft {

struct CallbackReading {
  enum class Kind {
    kIncomplete,  // the request goes on
    kOther,       // answer with `http_status` and `page`, and go on waiting
    kCode,        // the sign-in's code; the page depends on what comes of it
    kRefused,     // with the right state: the sign-in is over; answer with `http_status` and `page`, and report `failure`
  };
  Kind kind = Kind::kIncomplete;
  int http_status = 0;
  std::string page;
  Secret code;
  Status failure;
  bool foreign = false;  // kOther: an answer with the state of another sign-in, or with none
};

// `received` is what a connection has sent so far; `path` is the callback's ("/" at least).
CallbackReading ReadCallback(std::string_view received, std::string_view path, std::string_view state);

// A whole HTTP/1.1 response with a small page; `title` and `text` are escaped here.
std::string CallbackPage(std::string_view title, std::string_view text);
std::string HttpAnswer(int http_status, std::string_view page);

}  // namespace infusionsoft
