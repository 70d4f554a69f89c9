// SPDX-License-Identifier: MIT
#include "api/session.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <utility>

#include "auth/network_options.h"
#include "auth/scheme.h"
#include "base/process.h"
#include "base/version.h"

namespace infusionsoft {
namespace {

// Two sessions must not differ in what one of them logs.
std::string LogKey(const LogSettings& settings) {
  if (settings.path.empty()) return "";
  std::string key = "\n" + settings.path;
  for (const int64_t number :
       {int64_t{settings.verbosity}, settings.modules, settings.max_bytes, int64_t{settings.max_files}}) {
    key += "\n" + std::to_string(number);
  }
  return key;
}

class Registry {
 public:
  Result<std::shared_ptr<Session>> Share(const ConnectionOptions& options) {
    std::shared_ptr<Session> dropped;  // destroyed after the lock is released: it closes connections
    std::lock_guard lock(mutex_);
    const std::string key = options.AccountKey() + LogKey(options.log_settings());
    Known& known = sessions_[key];
    std::shared_ptr<Session> session = known.session.lock();
    if (!session) {
      Result<std::shared_ptr<Session>> made = Session::Make(options, SessionParts());
      if (!made) return std::move(made).status();
      session = *std::move(made);
      known.session = session;
    } else if (Status status = session->file_log().Check(); !status.ok()) {
      return status;
    }
    std::shared_ptr<Session> held = known.held.lock();
    if (!held) known.held = held = ForUsers(session);
    dropped = Keep(session);
    std::erase_if(sessions_, [](const auto& entry) { return entry.second.session.expired(); });
    return held;
  }

 private:
  struct Known {
    std::weak_ptr<Session> session;
    std::weak_ptr<Session> held;  // the same, as its users hold it
  };

  // The session rests when the last of its users lets go.
  static std::shared_ptr<Session> ForUsers(const std::shared_ptr<Session>& session) {
    auto let_go = [session = session, mark = ProcessMark()](Session*) mutable {
      if (mark.IsCurrent()) session->Rest();
      session.reset();  // now: what is called here lives on with the weak pointers
    };
    return std::shared_ptr<Session>(session.get(), std::move(let_go));
  }

  // Moves `session` to the front of the kept ones; returns the one that falls off the end.
  std::shared_ptr<Session> Keep(const std::shared_ptr<Session>& session) {
    std::erase(kept_, session);
    kept_.push_front(session);
    if (kept_.size() <= Session::kKeptSessions) return nullptr;
    std::shared_ptr<Session> last = std::move(kept_.back());
    kept_.pop_back();
    return last;
  }

  std::mutex mutex_;
  std::map<std::string, Known> sessions_;
  std::deque<std::shared_ptr<Session>> kept_;
};

std::string WithoutTrailingSlashes(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

Result<std::shared_ptr<Session>> Session::Share(const ConnectionOptions& options) {
  // Never destroyed: at process exit the handlers of OpenSSL and libcurl run in no known order with ours, and other
  // threads may still be in a request.
  static constinit PerProcess<Registry> registry;
  return registry.Get().Share(options);
}

std::unique_ptr<http::HttpTransport> Session::OpenTransport(const ConnectionOptions& options, Logging& logging) {
  http::TransportOptions transport;
  transport.timeout = options.timeout;
  transport.connect_timeout = options.support.connect_timeout;
  transport.max_response_bytes = static_cast<size_t>(options.support.max_response_bytes);
  transport.user_agent = "infusionsoft-sqlite/" + std::string(kVersion);
  transport.tls = TlsOptionsOf(options);
  transport.proxy = ProxyOptionsOf(options);
  constexpr int kTlsVerbosity = 4;
  if (logging.log.Wants(LogModule::kHttp, kTlsVerbosity)) {
    transport.on_info = [&logging](std::string_view text) {
      logging.log.Write({.module = LogModule::kHttp, .verbosity = kTlsVerbosity}, "",
                        [&](LogLine& line) { line.Add("curl", MaskHeaderLine(text)); });
    };
  }
  return http::MakeCurlTransport(transport);
}

Result<std::shared_ptr<Session>> Session::Make(const ConnectionOptions& options, SessionParts parts) {
  if (parts.clock == nullptr) parts.clock = &SystemClock();
  if (parts.browser == nullptr) parts.browser = &SystemBrowser();
  auto logging = std::make_unique<Logging>(options, *parts.clock);
  if (Status status = logging->log.Check(); !status.ok()) return status;
  if (!parts.transport) parts.transport = OpenTransport(options, *logging);
  parts.retry_policy.max_attempts = options.support.max_attempts;
  std::unique_ptr<TokenStore> store = std::move(parts.token_store);
  if (!store) {
    // Touches no file before there is a token to keep.
    Result<std::unique_ptr<TokenStore>> opened =
        OpenTokenStore(options.oauth_settings_location, TokenOwner(options), *parts.clock, options.token_key);
    if (!opened) return std::move(opened).status();
    store = *std::move(opened);
  }
  // Destroyed in a child of this process, it would say goodbye on the parent's connections and wait for threads that the
  // child has not got.
  const auto destroy = [mark = ProcessMark()](Session* session) {
    if (mark.IsCurrent()) delete session;
  };
  return std::shared_ptr<Session>(new Session(options, std::move(parts), std::move(store), std::move(logging)), destroy);
}

Session::Session(const ConnectionOptions& options, SessionParts parts, std::unique_ptr<TokenStore> store,
                 std::unique_ptr<Logging> logging)
    : options_(options),
      logging_(std::move(logging)),
      log_(logging_->log, logging_->mask),
      clock_(*parts.clock),
      transport_(std::move(parts.transport)),
      token_transport_(std::make_unique<TokenRequestLog>(*transport_, clock_, log_)),
      credentials_(std::make_unique<Credentials>(options_, *token_transport_, std::move(store), clock_, *parts.browser)),
      client_(std::make_unique<ApiClient>(WithoutTrailingSlashes(options_.url), *transport_, *credentials_, clock_, log_,
                                          std::move(parts.retry_policy))) {}

}  // namespace infusionsoft
