// SPDX-License-Identifier: MIT
#include "http/curl_error.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file_descriptor.h"
#include "base/text.h"
#include "http/curl_proxy.h"
#include "http/curl_tls.h"

namespace infusionsoft::http {
namespace {

std::string Seconds(std::chrono::milliseconds duration) {
  return FormatDouble(static_cast<double>(duration.count()) / 1000) + " s";
}

bool WasConnected(CURL* easy) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds);
  return microseconds > 0;
}

// The errno with which the process is refused as many descriptors as a look-up or a connection takes; 0: it gets them.
int DescriptorShortage() {
  std::array<FileDescriptor, 3> taken;
  for (FileDescriptor& one : taken) {
    const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == EMFILE || errno == ENFILE ? errno : 0;
    one = FileDescriptor(fd);
  }
  return 0;
}

// OpenSSL, and curl where it has no code of its own for it, tell a lack of memory in words only.
bool IsOutOfMemory(CURLcode code, std::string_view detail) {
  constexpr std::array<std::string_view, 2> kWords{"malloc failure", "out of memory"};
  return code == CURLE_OUT_OF_MEMORY ||
         std::ranges::any_of(kWords, [&](std::string_view words) { return AsciiLower(detail).find(words) != std::string::npos; });
}

Status ConnectTimeoutError(const std::string& where, const TransportOptions& options) {
  auto waited = options.connect_timeout;
  if (options.timeout.count() > 0) waited = std::min(waited, options.timeout);
  return Status(StatusCode::kUnavailable, "could not connect to " + where + " within " + Seconds(waited) +
                                              ": check the network, the proxy or the URL property");
}

}  // namespace

std::string NoSocketReason(CURL* easy) {
  long number = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
  if (number == 0) number = DescriptorShortage();
  return number == 0 ? "no route" : ErrnoText(static_cast<int>(number));
}

std::string HostAndPort(const Url& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port);
}

Status TimeoutError(const Url& url, const TransportOptions& options) {
  return Status(StatusCode::kUnavailable, "no complete answer from " + HostAndPort(url) + " within " +
                                              Seconds(options.timeout) + ": try later or raise the Timeout property");
}

Status TransferError(const Url& url, const std::optional<ProxyRoute>& route, CURL* easy, CURLcode code,
                     std::string_view detail, const TransportOptions& options) {
  const std::string where = HostAndPort(url);
  const auto unavailable = [](std::string message) { return Status(StatusCode::kUnavailable, std::move(message)); };
  if (IsOutOfMemory(code, detail)) return Status(StatusCode::kOutOfMemory, "out of memory while talking to " + where);
  const bool of_lookup = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
  if (const int shortage = of_lookup ? DescriptorShortage() : 0; shortage != 0) {
    return unavailable("no host name could be looked up to reach " + where + " (" + ErrnoText(shortage) +
                       "): close files or connections of this program, or raise its limit");
  }
  const bool of_proxy = route && route->scheme == "https" && (!route->tunnel || FailedBeforeTunnel(*route, easy));
  if (auto status = TlsError(of_proxy ? route->Name() : where, of_proxy, easy, code, detail)) return *std::move(status);
  if (route) {
    if (auto status = ProxyError(*route, where, easy, code, detail)) return *std::move(status);
  }
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Status(StatusCode::kUnreachable,
                    "the host name of " + where + " is not known: check the network or the URL property");
    case CURLE_COULDNT_CONNECT:
      return unavailable("could not connect to " + where + " (" + NoSocketReason(easy) +
                         "): check the network, the proxy or the URL property");
    case CURLE_OPERATION_TIMEDOUT:
      return WasConnected(easy) ? TimeoutError(url, options)
                                : ConnectTimeoutError(where + (route ? " through " + route->Name() : ""), options);
    case CURLE_PARTIAL_FILE:
      return unavailable(where + " ended its answer early, the rest is missing: try again");
    case CURLE_GOT_NOTHING:
      return unavailable(where + " closed the connection without an answer: try again");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return Status(StatusCode::kBadResponse, where + " does not answer in HTTP: check the URL property");
    case CURLE_BAD_CONTENT_ENCODING:
      return Status(StatusCode::kBadResponse, where + " sent an answer whose compression is damaged");
    default:
      return unavailable("the connection with " + where + " failed (" + curl_easy_strerror(code) + "): try again");
  }
}

}  // namespace infusionsoft::http
