// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/curl_channel.h"
#include "http/curl_error.h"
#include "http/curl_proxy.h"
#include "http/curl_request.h"
#include "http/curl_tls.h"
#include "http/proxy_route.h"
#include "http/transport.h"
#include "http/url.h"

namespace infusionsoft::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kMaxRedirects = 5;
constexpr size_t kMaxHeaderBytes = size_t{1} << 20;
// A server may announce any length; memory beyond this is taken as it is needed.
constexpr size_t kMaxReserveBytes = size_t{16} << 20;

// What arrives in one exchange, and why it was refused.
struct Sink {
  HttpResponse response;
  size_t max_body_bytes = 0;
  size_t header_bytes = 0;
  bool may_lack_headers = false;
  bool too_large = false;
  bool out_of_memory = false;
};

void AddHeaderLine(Sink& sink, std::string_view line) {
  // An interim response (100 Continue) comes before the real one.
  if (line.starts_with("HTTP/")) return sink.response.headers.clear();
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  sink.response.headers.emplace_back(AsciiLower(Trim(line.substr(0, colon))), Trim(line.substr(colon + 1)));
}

void AddBody(Sink& sink, std::string_view data) {
  std::string& body = sink.response.body;
  if (body.empty() && sink.response.Header("content-encoding").empty()) {
    const auto announced = ParseInt64(sink.response.Header("content-length"));
    if (announced && *announced > 0) body.reserve(std::min(static_cast<size_t>(*announced), kMaxReserveBytes));
  }
  body += data;
}

size_t OnHeader(char* data, size_t size, size_t count, void* context) noexcept {
  Sink& sink = *static_cast<Sink*>(context);
  const size_t bytes = size * count;
  sink.header_bytes += bytes;
  sink.too_large = sink.header_bytes > kMaxHeaderBytes;
  if (sink.too_large) return 0;
  try {
    AddHeaderLine(sink, {data, bytes});
    return bytes;
  } catch (...) {
    if (sink.may_lack_headers) return bytes;
    sink.out_of_memory = true;
    return 0;
  }
}

size_t OnBody(char* data, size_t size, size_t count, void* context) noexcept {
  Sink& sink = *static_cast<Sink*>(context);
  const size_t bytes = size * count;
  sink.too_large = bytes > sink.max_body_bytes - sink.response.body.size();
  if (sink.too_large) return 0;
  try {
    AddBody(sink, {data, bytes});
    return bytes;
  } catch (...) {
    sink.out_of_memory = true;
    return 0;
  }
}

// What is sent and received is not passed on: headers and bodies are logged where their secrets are known.
int OnInfo(CURL*, curl_infotype type, char* data, size_t size, void* context) noexcept {
  if (type != CURLINFO_TEXT) return 0;
  try {
    static_cast<const TransportOptions*>(context)->on_info(Trim({data, size}));
  } catch (...) {
    return 0;  // a line that cannot be told is no reason to fail a request
  }
  return 0;
}

void SetSecurity(const TlsOptions& tls, OptionSetter& options) {
  // All versions know this one. Its successor is of 7.85, and the library that is loaded may be older than the headers.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  options.Set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#pragma GCC diagnostic pop
  options.Set(CURLOPT_FOLLOWLOCATION, 0L);
  SetTls(tls, options);
}

// Where a redirect leads when it stays with the same scheme, host and port; nothing otherwise.
std::optional<std::string> RedirectTarget(const std::string& from, const HttpResponse& response) {
  constexpr std::array<int, 5> kRedirects{301, 302, 303, 307, 308};
  if (std::find(kRedirects.begin(), kRedirects.end(), response.status) == kRedirects.end()) return std::nullopt;
  const std::string location(response.Header("location"));
  if (location.empty()) return std::nullopt;
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> joined(curl_url(), curl_url_cleanup);
  if (!joined || curl_url_set(joined.get(), CURLUPART_URL, from.c_str(), 0) != CURLUE_OK ||
      curl_url_set(joined.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK) {
    return std::nullopt;
  }
  char* text = nullptr;
  if (curl_url_get(joined.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
  const auto target = ParseUrl(text);
  const auto origin = ParseUrl(from);
  const bool stays = target.ok() && origin.ok() && target->scheme == origin->scheme && target->host == origin->host &&
                     target->port == origin->port;
  return stays ? std::optional<std::string>(text) : std::nullopt;
}

class CurlTransport : public HttpTransport {
 public:
  explicit CurlTransport(const TransportOptions& options) : options_(options) {}

  Result<HttpResponse> Send(const HttpRequest& request, const Cancellation& cancellation) override {
    if (InitCurlOnce() != CURLE_OK) return Status(StatusCode::kInternal, "libcurl cannot start");
    if (Status status = CheckRequest(request); !status.ok()) return status;
    if (Status status = CheckTlsFiles(options_.tls); !status.ok()) return status;
    auto channel = pool_.Take();
    if (!channel->IsUsable()) return Status(StatusCode::kOutOfMemory, "out of memory for an HTTP request");
    auto response = FollowRedirects(*channel, request, cancellation);
    pool_.Return(std::move(channel));
    return response;
  }

  void CloseIdle(size_t keep) override { pool_.Trim(keep); }

 private:
  Result<HttpResponse> FollowRedirects(CurlChannel& channel, const HttpRequest& request, const Cancellation& cancellation) {
    const auto start = steady_clock::now();
    std::string url = request.url;
    for (int redirects = 0;; ++redirects) {
      const auto passed = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
      auto response = Exchange(channel, request, url, passed, cancellation);
      if (!response || !IsSafe(request) || redirects == kMaxRedirects) return response;
      auto target = RedirectTarget(url, *response);
      if (!target) return response;
      url = *std::move(target);
    }
  }

  Result<HttpResponse> Exchange(CurlChannel& channel, const HttpRequest& request, const std::string& url_text,
                                milliseconds passed, const Cancellation& cancellation) const {
    const auto url = ParseUrl(url_text);
    if (!url) return url.status();
    const TransportOptions transport = OptionsFor(request);
    if (transport.timeout.count() > 0 && passed >= transport.timeout) return TimeoutError(*url, transport);
    const auto route = RouteTo(*url, options_.proxy, environment_);
    if (!route) return route.status();
    HeaderList headers;
    if (!FillHeaders(request, headers)) return Status(StatusCode::kOutOfMemory, "out of memory for an HTTP request");
    Sink sink;
    sink.max_body_bytes = transport.max_response_bytes;
    sink.may_lack_headers = request.answer_room > 0;
    sink.response.body.reserve(request.answer_room);
    std::array<char, CURL_ERROR_SIZE> detail{};

    const EasyHandle easy(curl_easy_init());
    if (easy == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory for an HTTP request");
    OptionSetter options(easy.get());
    OwnSockets(options);
    SetConnection(transport, passed, options);
    SetSecurity(options_.tls, options);
    if (Status status = SetProxy(*route, options); !status.ok()) return status;
    SetLogin(request, options);
    SetMethodAndBody(request, options);
    // All that this libcurl can undo, or nothing, because undoing takes memory; what a server compresses all the same is undone.
    options.Set(CURLOPT_ACCEPT_ENCODING, request.answer_room == 0 ? "" : "identity");
    options.Set(CURLOPT_URL, url_text.c_str());
    // Where libcurl finds no memory for the query of a URL, it sends the request without (seen in 7.88). It needs none for a
    // text of our own; of an HTTP proxy it asks for the whole URL, and that is an error then.
    const bool asks_proxy = *route && !(*route)->tunnel && !(*route)->IsSocks();
    if (!asks_proxy) options.Set(CURLOPT_REQUEST_TARGET, TargetOf(*url).c_str());
    options.Set(CURLOPT_HTTPHEADER, headers.get());
    options.Set(CURLOPT_ERRORBUFFER, detail.data());
    options.Set(CURLOPT_HEADERFUNCTION, &OnHeader);
    options.Set(CURLOPT_HEADERDATA, &sink);
    options.Set(CURLOPT_WRITEFUNCTION, &OnBody);
    options.Set(CURLOPT_WRITEDATA, &sink);
    if (options.code() == CURLE_OUT_OF_MEMORY) return Status(StatusCode::kOutOfMemory, "out of memory for an HTTP request");
    if (options.code() != CURLE_OK) {
      return Status(StatusCode::kInternal, std::string("libcurl refuses an option: ") + curl_easy_strerror(options.code()));
    }

    const auto code = channel.Run(easy.get(), cancellation);
    if (!code) return Status(StatusCode::kInterrupted, "interrupted while waiting for " + HostAndPort(*url));
    if (sink.out_of_memory) return Status(StatusCode::kOutOfMemory, "out of memory for the answer of " + HostAndPort(*url));
    if (sink.too_large) {
      return Status(StatusCode::kBadResponse, "the answer of " + HostAndPort(*url) + " is larger than the limit of " +
                                                  std::to_string(transport.max_response_bytes) +
                                                  (request.max_response_bytes ? " bytes" : " bytes (MaxResponseSize)"));
    }
    if (*code != CURLE_OK) return TransferError(*url, *route, easy.get(), *code, detail.data(), transport);
    return Finish(*route, easy.get(), std::move(sink.response));
  }

  TransportOptions OptionsFor(const HttpRequest& request) const {
    TransportOptions transport = options_;
    transport.timeout = request.timeout.value_or(options_.timeout);
    transport.max_response_bytes = request.max_response_bytes.value_or(options_.max_response_bytes);
    return transport;
  }

  void SetConnection(const TransportOptions& transport, milliseconds passed, OptionSetter& options) const {
    options.Set(CURLOPT_NOSIGNAL, 1L);
    options.Set(CURLOPT_TIMEOUT_MS,
                transport.timeout.count() > 0 ? static_cast<long>((transport.timeout - passed).count()) : 0L);
    if (options_.on_info) {
      options.Set(CURLOPT_VERBOSE, 1L);
      options.Set(CURLOPT_DEBUGFUNCTION, &OnInfo);
      options.Set(CURLOPT_DEBUGDATA, &options_);
    }
    options.Set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    options.Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    options.Set(CURLOPT_TCP_KEEPALIVE, 1L);
    if (!options_.user_agent.empty()) options.Set(CURLOPT_USERAGENT, options_.user_agent.c_str());
#if LIBCURL_VERSION_NUM >= 0x075700
    // Otherwise a cancelled or timed-out call would still wait for the resolver's thread.
    if (curl_version_info(CURLVERSION_NOW)->version_num >= 0x075700) options.Set(CURLOPT_QUICK_EXIT, 1L);
#endif
  }

  static Result<HttpResponse> Finish(const std::optional<ProxyRoute>& route, CURL* easy, HttpResponse response) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (route && status == 407) return ProxyLoginError(*route);  // of a request without a tunnel
    curl_off_t received = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
    response.status = static_cast<int>(status);
    response.wire_bytes = received;
    return response;
  }

  const TransportOptions options_;
  const ProxyEnvironment environment_ = ReadProxyEnvironment();
  ChannelPool pool_;
};

}  // namespace

std::unique_ptr<HttpTransport> MakeCurlTransport(const TransportOptions& options) {
  return std::make_unique<CurlTransport>(options);
}

}  // namespace infusionsoft::http
