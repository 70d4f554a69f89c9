// SPDX-License-Identifier: MIT
// An HttpRequest as curl wants it: checked, with its headers in a list and its method in options. Only for ext/http/*.cc.
#pragma once

#include <curl/curl.h>

#include <string_view>

#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft::http {

// Request headers; wiped when they go, because one of them is a secret.
class HeaderList {
 public:
  HeaderList() = default;
  ~HeaderList();
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;

  // False when memory is out.
  bool Add(std::string_view name, std::string_view value);
  bool AddLine(const char* line);
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

// Sets options until one fails, and remembers which code that gave.
class OptionSetter {
 public:
  explicit OptionSetter(CURL* easy) : easy_(easy) {}
  template <typename Value>
  void Set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
  }
  CURLcode code() const { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

// Refuses what would turn into another header or request.
Status CheckRequest(const HttpRequest& request);

// Whether sending it twice does no harm, so that curl may retry it on a new connection and a redirect may be followed.
bool IsSafe(const HttpRequest& request);

// Adds all headers of the request; false when memory is out.
bool FillHeaders(const HttpRequest& request, HeaderList& headers);

// Signs in by the request's login, when it has one.
void SetLogin(const HttpRequest& request, OptionSetter& options);

// Method and body. `request` must live until the transfer ends: curl reads the body from it.
void SetMethodAndBody(const HttpRequest& request, OptionSetter& options);

}  // namespace infusionsoft::http
