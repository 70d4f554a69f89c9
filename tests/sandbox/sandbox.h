// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace infusionsoft::sandbox {

// How many rows the account has. What is not set derives from the number of contacts.
struct DataSizes {
  uint64_t contacts = 200;
  std::optional<uint64_t> companies;
  std::optional<uint64_t> tags;
  std::optional<uint64_t> tag_categories;
  std::optional<uint64_t> notes;
  std::optional<uint64_t> tasks;
  std::optional<uint64_t> opportunities;
  std::optional<uint64_t> opportunity_stages;
  std::optional<uint64_t> orders;
  std::optional<uint64_t> products;
  std::optional<uint64_t> users;
};

// What the documents leave open. A client must give right answers under every combination. With
// none of them the sandbox shows the plainest documented behaviour.
enum class Freedom : uint8_t {
  kEqualityIgnoresCase,
  kEqualityIsContains,
  kEqualityTrims,
  kFiltersIgnored,
  kBoundsExclusive,
  kBoundsWholeSeconds,
  // The since_time/until_time filters whose property is not documented test the creation time.
  kBoundsOnCreateTime,
  kOrderDescending,
  kOrderShuffled,
  kNullsLast,
  kEndNull,
  kEndEmpty,
  // The last page with rows still has a token, which leads to a page without rows.
  kEndExtraPage,
  // The second page has no rows but a token.
  kEmptyPage,
  kTokenIsUrl,
  kRowRepeated,
  kSmallPages,
  kNullsExplicit,
  kNullsAbsent,
  kFieldsIgnored,
  // Dates of custom fields are midnights far east of Greenwich.
  kDatesInZone,
};
inline constexpr size_t kFreedoms = 21;
std::string_view FreedomName(Freedom freedom);
std::optional<Freedom> FreedomFromName(std::string_view name);

// What the documents do not promise to keep, and what has no right answer at times: a client must give a right answer under
// every combination, or an error that names the cause. `breaks.h` has more about them.
enum class Break : uint8_t {
  // Properties, also of what tells rows apart: left out, or null.
  kMissing,
  kNull,
  // 5.0 for 5, and ids as such numbers.
  kWholeReals,
  // Numbers and booleans as text, ids as numbers.
  kOtherTypes,
  // Times without seconds, with an odd offset, as dates, as seconds since 1970, with nine decimals.
  kTimeForms,
  // Integers beyond 2^53 in place of text.
  kBigNumbers,
  // Items of a list, and of arrays in rows, that are no objects, or have none of a row's properties.
  kForeignItems,
  kEmptyObjects,
  // Rows of lists without a key that say the same.
  kEqualRows,
  // Different rows with one key, where a row cannot be asked for by it.
  kRepeatedKeys,
  // An order that is asked for: none, broken after the first rows, by the text of ids.
  kOrderIgnored,
  kOrderLate,
  kIdsAsText,
  // All pages but the first answer 404; have no rows but a token; are the first two over and over, with other tokens.
  kNotFoundLater,
  kEmptyForEver,
  kPagesRepeated,
  // Pages have fewer rows than asked for, each another number of them.
  kPageSizes,
  // Of lists by offset: the count is text, is missing, is wrong; the offset is ignored; later pages are empty.
  kCountText,
  kCountMissing,
  kCountWrong,
  kOffsetIgnored,
  kOffsetEmpty,
};
inline constexpr size_t kBreaks = 22;
std::string_view BreakName(Break what);
std::optional<Break> BreakFromName(std::string_view name);

enum class FaultKind : uint8_t {
  k500,
  k502Html,
  // With a Retry-After header.
  k503,
  k429,
  k429RetryAfter,
  // The gateway's own shape of a 429.
  k429SpikeArrest,
  k401,
  // The connection is reset in the middle of the body.
  kReset,
  // The body arrives in small pieces with pauses.
  kSlowBody,
  kTruncatedJson,
  kWrongContentType,
  // Every page names the same next page.
  kSameToken,
  // The token endpoint answers 500.
  kRefresh500,
};
inline constexpr size_t kFaultKinds = 13;
std::string_view FaultName(FaultKind kind);
std::optional<FaultKind> FaultFromName(std::string_view name);

// Strikes the next `next` requests, or every `every`-th one, or both. All but kRefresh500 concern
// API requests, and of these only the ones whose path contains `path`.
struct Fault {
  FaultKind kind = FaultKind::k500;
  uint32_t next = 0;
  uint32_t every = 0;
  std::string path;
};
// "KIND", "KIND:next=N", "KIND:every=K", "KIND:next=N:path=TEXT"; alone, KIND strikes once.
std::optional<Fault> FaultFromText(std::string_view text);

struct SandboxOptions {
  int port = 0;  // 0: a free one
  uint64_t seed = 1;
  DataSizes sizes;
  std::vector<Freedom> freedoms;
  std::vector<Break> breaks;
  std::vector<Fault> faults;
  std::string client_id = "sandbox-client-id";
  std::string client_secret = "sandbox-client-secret";
  // Tokens that are valid from the start; empty for none. The access token does not expire by
  // itself.
  std::string access_token = "sandbox-access-token";
  std::string refresh_token = "sandbox-refresh-token";
  // A personal access token, accepted as a bearer token and in X-Keap-API-Key.
  std::string api_key = "KeapAK-sandbox";
  // The grants that a gateway may offer and the vendor's cloud does not: client_credentials, and password for this user.
  bool gateway_grants = false;
  std::string user = "sandbox-user";
  std::string password = "sandbox-password";
  // Answers whoever asks, as what stands behind a gateway does that has looked at that already.
  bool trusts_everyone = false;
  int token_lifetime_seconds = 86'400;
  // A spent refresh token is good until the one that it gave is used, for clients that die before they have written that
  // down. The documents promise no such grace.
  bool refresh_grace = false;
  // The authorise page redirects at once, as if the person had clicked Allow.
  bool auto_allow = false;
  bool pkce = false;  // takes code_challenge and code_verifier, which the vendor's documents do not name
  int latency_ms = 0;
  // Requests per minute and token; 0 for no enforcement (the headers then show the documented
  // limit).
  int rate_per_minute = 0;
  int retry_after_seconds = 1;
  int slow_body_pause_ms = 20;
};

struct SeenRequest {
  std::string method;
  std::string path;
  std::string query;  // as sent, still encoded
  int status = 0;
};

// A local stand-in for the API and its sign-in pages, listening on 127.0.0.1. All methods may be
// called from any thread while it serves.
class Sandbox {
 public:
  // Null when the port cannot be bound.
  static std::unique_ptr<Sandbox> Start(const SandboxOptions& options = {});
  // Stops the server and joins its threads.
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  int port() const;
  std::string url() const;            // "http://127.0.0.1:PORT"
  std::string api_url() const;        // url() + "/crm/rest", to which "/v2/..." is added
  std::string authorize_url() const;  // url() + "/app/oauth/authorize"
  std::string token_url() const;      // url() + "/token"
  const SandboxOptions& options() const;

  void SetFreedom(Freedom freedom, bool on);
  // Replaces whatever was set.
  void SetFreedoms(const std::vector<Freedom>& freedoms);
  void AddFault(const Fault& fault);
  void ClearFaults();
  void SetLatency(int milliseconds);
  void SetRatePerMinute(int requests);
  void SetAutoAllow(bool on);
  void SetTokenLifetime(int seconds);

  // All access tokens issued so far (and the fixed one) answer "expired" from now on.
  void ExpireAccessTokens();
  void RevokeRefreshTokens();
  // Whether a refresh with this token would succeed now.
  bool AcceptsRefreshToken(const std::string& token) const;

  std::vector<SeenRequest> Requests() const;
  // Requests below /crm/rest only.
  uint64_t api_requests() const;
  void ClearRequests();
  // Successful grants, and all requests to the token endpoint.
  uint64_t refresh_count() const;
  uint64_t exchange_count() const;
  uint64_t token_requests() const;
  // The largest number of API requests that were in progress at once.
  uint64_t peak_concurrency() const;
  // From now on API requests whose path contains `path` wait until `count` of them are in progress at once, in all at most 20
  // seconds; then they pass, and so do all others. Begins to count the peak anew, of these alone.
  void HoldUntilTogether(uint64_t count, const std::string& path);

 private:
  class Impl;
  explicit Sandbox(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace infusionsoft::sandbox
