// SPDX-License-Identifier: MIT
// A libcurl that is older than the headers of the build: the loader takes it, because its name and its symbols are the same.
#include <curl/curl.h>
#include <dlfcn.h>

#include <catch2/catch.hpp>
#include <cstdarg>

#include "http/transport_support.h"
#include "support/raw_server.h"

#undef curl_easy_setopt

namespace {

bool is_old = false;  // as 7.81
constexpr int kNewestOption = 315;

template <typename Function>
Function* Real(const char* name, Function* /*like*/) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// In place of the library's, for this program. All values are as wide as a pointer.
extern "C" CURLcode curl_easy_setopt(CURL* easy, CURLoption option, ...) {
  va_list values;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wvarargs"  // an enumeration that is as wide as an int
  va_start(values, option);
#pragma GCC diagnostic pop
  void* const value = va_arg(values, void*);
  va_end(values);
  if (is_old && option % 10000 > kNewestOption) return CURLE_UNKNOWN_OPTION;
  return Real("curl_easy_setopt", &curl_easy_setopt)(easy, option, value);
}

extern "C" curl_version_info_data* curl_version_info(CURLversion age) {
  static curl_version_info_data old;
  curl_version_info_data* const real = Real("curl_version_info", &curl_version_info)(age);
  if (!is_old) return real;
  old = *real;
  old.version_num = 0x075100;
  return &old;
}

namespace infusionsoft::http {
namespace {

TEST_CASE("CurlTransport: a library that is older than its headers serves requests", "[http]") {
  RawServer server([](RawConnection& connection) { connection.SendResponse("200 OK", connection.ReadRequest()); });
  TransportOptions options = HangGuardOptions();
  options.proxy.server = "127.0.0.1";
  options.proxy.port = server.port();
  HttpRequest request = Post("http://behind.invalid/x", "body");
  request.login = Login{Login::Scheme::kBasic, "me", Secret("hunter2")};
  is_old = true;
  const auto response = MakeCurlTransport(options)->Send(request, Cancellation());
  is_old = false;
  INFO(response.status().message());
  REQUIRE(response.ok());
  CHECK(response->body.starts_with("POST http://behind.invalid/x HTTP/1.1\r\n"));
}

}  // namespace
}  // namespace infusionsoft::http
