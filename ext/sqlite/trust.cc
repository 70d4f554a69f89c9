// SPDX-License-Identifier: MIT
#include "sqlite/trust.h"

#include "auth/approvals.h"
#include "auth/crypto.h"
#include "auth/process_settings.h"
#include "auth/property_powers.h"
#include "base/clock.h"
#include "base/text.h"
#include "sqlite/interrupt.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

std::string ApproveCall(const TableText& text) {
  return "SELECT infusionsoft_approve(" + QuoteText(text.schema) + ", " + QuoteText(text.table) + ")";
}

Status Refuse(const Status& powers, const TableText& text, const Status& why_unknown) {
  std::string message = "this table's text, which you have neither written nor approved here, " + powers.message();
  if (!why_unknown.ok()) message += " (" + why_unknown.message() + ")";
  message += ". If you trust the database file, allow it with " + ApproveCall(text) +
             ", or with INFUSIONSOFT_TRUSTED=<path of the file> in the environment";
  return Status(powers.code(), std::move(message));
}

Status RefuseRestricted(const Status& powers) {
  return Status(powers.code(), "the text " + powers.message() +
                                   ", and INFUSIONSOFT_SQL in the environment lets SQL use the connections that there are, "
                                   "columns and limits only");
}

}  // namespace

std::string IdentityOf(std::span<const char* const> arguments) {
  constexpr size_t kSchema = 1;
  constexpr size_t kTable = 2;
  std::string identity;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (i != kSchema && i != kTable) identity.append(arguments[i]).push_back('\0');
  }
  return identity;
}

std::string Trust::FileOf(const std::string& schema) const {
  const char* path = sqlite3_db_filename(handle_, schema.c_str());
  return path == nullptr ? "" : path;
}

Result<bool> Trust::IsUsers(const TableText& text) const {
  const auto powers = PowersIn(text.connection);
  if (!powers) return powers.status();
  if (powers->empty()) return false;  // and it makes no difference
  const Status refused = RefusePowers(*powers);
  if (IsSqlRestricted()) return refused.ok() ? Result<bool>(false) : RefuseRestricted(refused);
  if (text.is_new || text.schema == "temp" || known_.contains(Sha256Hex(text.identity))) return true;
  if (IsTrustedFile(FileOf(text.schema))) return true;
  const Result<bool> is_approved = Approvals(SystemClock()).Contain(text.identity);
  if (is_approved && *is_approved) return true;
  return refused.ok() ? Result<bool>(false) : Refuse(refused, text, is_approved.status());
}

Status Trust::CheckForeign(std::string_view connection_string) const {
  const auto powers = PowersIn(connection_string);
  if (!powers) return powers.status();
  const Status refused = RefusePowers(*powers);
  return refused.ok() ? refused : RefuseRestricted(refused);
}

Status Trust::Remember(const TableText& text) {
  known_.insert(Sha256Hex(text.identity));
  InterruptCheck interrupt(handle_);
  return Approvals(SystemClock()).Add(text.identity, interrupt.cancellation());
}

void Trust::NoteCreated(const TableText& text) {
  const auto powers = PowersIn(text.connection);
  if (text.schema == "temp" || !powers || powers->empty()) return;
  const std::string file = FileOf(text.schema);
  if (const Status status = Remember(text); !status.ok() && !IsTrustedFile(file)) {
    sqlite3_log(
        SQLITE_WARNING,
        "infusionsoft: table %s works on this connection and will then need approval, by %s, because this one cannot be "
        "remembered: %s",
        text.table.c_str(), ApproveCall(text).c_str(), status.message().c_str());
  }
  const auto secrets = LiteralSecretsIn(text.connection);
  if (file.empty() || !secrets) return;
  for (const std::string_view name : *secrets) {
    sqlite3_log(SQLITE_WARNING,
                "infusionsoft: %s of table %s stands in clear text in %s; env:NAME or file:PATH keeps a secret out of it",
                std::string(name).c_str(), text.table.c_str(), file.c_str());
  }
}

Status Trust::Approve(const TableText& text) {
  if (IsSqlRestricted()) {
    return Status(StatusCode::kPermissionDenied, "INFUSIONSOFT_SQL in the environment lets SQL approve nothing");
  }
  const auto powers = PowersIn(text.connection);
  if (!powers || powers->empty()) return powers.status();
  return Remember(text);
}

}  // namespace infusionsoft::sqlite
