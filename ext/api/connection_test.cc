// SPDX-License-Identifier: MIT
#include "api/connection_test.h"

#include <optional>
#include <utility>

#include "base/time.h"
#include "json/document.h"

namespace infusionsoft {
namespace {

void WriteNumber(json::Writer& writer, const char* name, std::optional<int64_t> value) {
  writer.Key(name);
  value ? writer.Integer(*value) : writer.Null();
}

void WriteText(json::Writer& writer, const char* name, const std::optional<std::string>& value) {
  writer.Key(name);
  value ? writer.String(*value) : writer.Null();
}

std::string TextOf(json::Value value) {
  return value.kind() == json::Value::Kind::kString ? std::string(value.String()) : "";
}

std::optional<std::string> FullName(json::Value user) {
  std::string name = TextOf(user.Member("given_name"));
  const std::string family = TextOf(user.Member("family_name"));
  if (!name.empty() && !family.empty()) name += ' ';
  name += family;
  return name.empty() ? std::nullopt : std::optional(name);
}

std::string Report(Session& session, const ConnectionOptions& options, json::Value user, const std::string& tenant,
                   int64_t ms) {
  json::Writer writer;
  writer.BeginObject();
  const auto copy = [&](const char* name, const char* member) {
    writer.Key(name);
    writer.Copy(user.Member(member));
  };
  const bool names_tenant = !user.Member("tenant_id").IsNothing() || tenant.empty();
  names_tenant ? copy("tenant", "tenant_id") : WriteText(writer, "tenant", tenant);
  copy("user_id", "id");
  WriteText(writer, "user", FullName(user));
  copy("email", "email");
  copy("is_admin", "is_admin");
  WriteText(writer, "scheme", PropertyValue("AuthScheme", options));
  std::optional<std::string> expires;
  if (const auto end = session.credentials().AccessTokenEnd()) expires = FormatTimestamp({end->time_since_epoch().count()});
  WriteText(writer, "token_expires", expires);
  WriteNumber(writer, "ms", ms);
  WriteNumber(writer, "requests_left_today", session.client().quota().day_available());
  WriteNumber(writer, "requests_left_this_minute", session.client().quota().minute_available());
  if (session.file_log().on()) WriteNumber(writer, "log_lines_lost", session.file_log().lost_lines());
  writer.EndObject();
  return writer.Take();
}

}  // namespace

Result<std::string> TestConnection(Session& session, const ConnectionOptions& options, const Cancellation& cancellation) {
  const ApiRequest request{"infusionsoft_test_connection", "/v2/oauth/connect/userinfo", {}};
  RequestBudget budget;
  budget.Bound(options, session.clock());
  // The token first, so that the time is that of the request.
  Result<Secret> token = session.credentials().AccessToken(cancellation);
  if (!token) return std::move(token).status();
  const MonotonicTime started = session.clock().Monotonic();
  Result<ApiResponse> response = session.client().Get(request, budget, cancellation);
  if (!response) return std::move(response).status();
  const int64_t ms = (session.clock().Monotonic() - started).count();
  if (!response->found) {
    return Status(StatusCode::kBadResponse,
                  "there is no " + request.path + " at " + options.url + "; check the property URL, or remove it");
  }
  Result<json::Document> user = json::Document::Parse(std::move(response->body));
  if (!user) return user.status();
  if (user->root().kind() != json::Value::Kind::kObject) {
    return Status(StatusCode::kBadResponse,
                  "the answer of " + request.path + " is not a JSON object; check the property URL");
  }
  return Report(session, options, user->root(), response->tenant, ms);
}

}  // namespace infusionsoft
