// SPDX-License-Identifier: MIT
#include "sqlite/functions.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "api/connection_test.h"
#include "auth/network_options.h"
#include "auth/process_settings.h"
#include "auth/scheme.h"
#include "base/time.h"
#include "base/version.h"
#include "sqlite/approve.h"
#include "sqlite/create_tables.h"
#include "sqlite/guard.h"
#include "sqlite/interrupt.h"
#include "sqlite/refresh_fields.h"

namespace infusionsoft::sqlite {
namespace {

using SharedDatabase = std::shared_ptr<Database>;

Database& DatabaseOf(sqlite3_context* context) { return **static_cast<SharedDatabase*>(sqlite3_user_data(context)); }

Result<std::string> TextArgument(sqlite3_value* value, std::string_view what) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) return InvalidArgument(std::string(what) + " must be text");
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (text == nullptr) throw std::bad_alloc();
  return std::string(text, static_cast<size_t>(sqlite3_value_bytes(value)));
}

void ReturnText(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// The optional connection name before the last `fixed` arguments.
Result<std::string> NameArgument(int count, sqlite3_value** values, int fixed) {
  return count > fixed ? TextArgument(values[0], "the connection's name") : Result<std::string>(std::string());
}

// For functions that change who is signed in, in this process and others.
Status CheckUnrestricted() {
  if (!IsSqlRestricted()) return Status();
  return Status(StatusCode::kPermissionDenied, "INFUSIONSOFT_SQL in the environment lets SQL sign in or out of nothing");
}

// The account of a function that asks the servers.
Result<Account> FindForSending(sqlite3_context* context, const std::string& name) {
  Result<Account> account = DatabaseOf(context).FindForSignIn(name);
  if (!account || !account->options.offline) return account;
  return InvalidArgument("the connection says Offline=true, so nothing is sent; connect without it");
}

// infusionsoft_connect([name,] connection_string)
void Connect(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    Result<std::string> name = NameArgument(count, values, 1);
    if (!name) return std::move(name).status();
    Result<std::string> text = TextArgument(values[count - 1], "the connection string");
    if (!text) return std::move(text).status();
    Database& database = DatabaseOf(context);
    if (Status status = database.Connect(*name, *text); !status.ok()) {
      return status.WithContext("infusionsoft_connect");
    }
    const Result<Account> account = database.Find(*name);
    std::string told = name->empty() ? "connected" : "connected as " + *name;
    if (account && !account->options.offline) {
      if (const std::string missing = MissingToken(account->options); !missing.empty()) told += "; " + missing;
    }
    if (account && AcceptsAnyServer(account->options)) told += "; " + std::string(kAnyServerWarning);
    ReturnText(context, told);
    return Status();
  });
}

// infusionsoft_authorize_url([name])
void AuthorizeUrl(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    if (Status status = CheckUnrestricted(); !status.ok()) return status.WithContext("infusionsoft_authorize_url");
    Result<std::string> name = NameArgument(count, values, 0);
    if (!name) return std::move(name).status();
    const Result<Account> account = DatabaseOf(context).FindForSignIn(*name);
    if (!account) return account.status().WithContext("infusionsoft_authorize_url");
    InterruptCheck interrupt(sqlite3_context_db_handle(context));
    const Result<std::string> url = account->session->credentials().AuthorizeUrl(interrupt.cancellation());
    if (!url) return url.status().WithContext("infusionsoft_authorize_url");
    ReturnText(context, *url);
    return Status();
  });
}

// infusionsoft_exchange_code([name,] code)
void ExchangeCode(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    if (Status status = CheckUnrestricted(); !status.ok()) return status.WithContext("infusionsoft_exchange_code");
    Result<std::string> name = NameArgument(count, values, 1);
    if (!name) return std::move(name).status();
    const Result<std::string> code = TextArgument(values[count - 1], "the code");
    if (!code) return code.status();
    const Result<Account> account = FindForSending(context, *name);
    if (!account) return account.status().WithContext("infusionsoft_exchange_code");
    InterruptCheck interrupt(sqlite3_context_db_handle(context));
    const Status status = account->session->credentials().ExchangeCode(Secret(*code), interrupt.cancellation());
    if (!status.ok()) return status.WithContext("infusionsoft_exchange_code");
    ReturnText(context, "signed in");
    return Status();
  });
}

// infusionsoft_test_connection([name])
void TestConnectionOf(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    Result<std::string> name = NameArgument(count, values, 0);
    if (!name) return std::move(name).status();
    const Result<Account> account = FindForSending(context, *name);
    if (!account) return account.status().WithContext("infusionsoft_test_connection");
    InterruptCheck interrupt(sqlite3_context_db_handle(context));
    const Result<std::string> report = TestConnection(*account->session, account->options, interrupt.cancellation());
    if (!report) return report.status().WithContext("infusionsoft_test_connection");
    ReturnText(context, *report);
    return Status();
  });
}

// infusionsoft_refresh_token([name])
void RefreshToken(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    Result<std::string> name = NameArgument(count, values, 0);
    if (!name) return std::move(name).status();
    const Result<Account> account = FindForSending(context, *name);
    if (!account) return account.status().WithContext("infusionsoft_refresh_token");
    InterruptCheck interrupt(sqlite3_context_db_handle(context));
    const auto end = account->session->credentials().Refresh(interrupt.cancellation());
    if (!end) return end.status().WithContext("infusionsoft_refresh_token");
    if (*end) ReturnText(context, FormatTimestamp({(*end)->time_since_epoch().count()}));  // otherwise NULL
    return Status();
  });
}

// infusionsoft_disconnect([name])
void Disconnect(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    if (Status status = CheckUnrestricted(); !status.ok()) return status.WithContext("infusionsoft_disconnect");
    Result<std::string> name = NameArgument(count, values, 0);
    if (!name) return std::move(name).status();
    InterruptCheck interrupt(sqlite3_context_db_handle(context));
    const Result<std::string> place = DatabaseOf(context).Disconnect(*name, interrupt.cancellation());
    if (!place) return place.status().WithContext("infusionsoft_disconnect");
    const std::string who = name->empty() ? "disconnected" : "disconnected " + *name;
    ReturnText(context, who + (place->empty() ? "; it had no stored tokens"
                                              : "; deleted the tokens in " + *place +
                                                    "; a program that runs keeps its access token until that ends"));
    return Status();
  });
}

// infusionsoft_create_tables(name [, prefix])
void CreateTablesOf(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    const Result<std::string> name = TextArgument(values[0], "the connection's name");
    if (!name) return name.status().WithContext("infusionsoft_create_tables");
    const Result<std::string> prefix =
        count > 1 ? TextArgument(values[1], "the prefix") : Result<std::string>(std::string());
    if (!prefix) return prefix.status().WithContext("infusionsoft_create_tables");
    const Result<int64_t> tables = CreateTables(DatabaseOf(context), *name, *prefix);
    if (!tables) return tables.status().WithContext("infusionsoft_create_tables");
    sqlite3_result_int64(context, *tables);
    return Status();
  });
}

// infusionsoft_refresh_fields([schema,] table)
void RefreshFields(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    const Result<std::string> schema =
        count > 1 ? TextArgument(values[0], "the schema's name") : Result<std::string>(std::string());
    if (!schema) return schema.status();
    const Result<std::string> table = TextArgument(values[count - 1], "the table's name");
    if (!table) return table.status();
    const Result<int64_t> fields = RefreshFields(DatabaseOf(context), *schema, *table);
    if (!fields) return fields.status().WithContext("infusionsoft_refresh_fields");
    sqlite3_result_int64(context, *fields);
    return Status();
  });
}

// infusionsoft_approve([schema,] table)
void ApproveTable(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  GuardFunction(context, [&]() -> Status {
    const Result<std::string> schema =
        count > 1 ? TextArgument(values[0], "the schema's name") : Result<std::string>(std::string());
    if (!schema) return schema.status();
    const Result<std::string> table = TextArgument(values[count - 1], "the table's name");
    if (!table) return table.status();
    const Result<std::string> properties = Approve(DatabaseOf(context), *schema, *table);
    if (!properties) return properties.status().WithContext("infusionsoft_approve");
    ReturnText(context, *properties);
    return Status();
  });
}

// infusionsoft_profile()
void ProfileText(sqlite3_context* context, int, sqlite3_value**) noexcept {
  GuardFunction(context, [&]() -> Status {
    ReturnText(context, Profile::BuiltInText());
    return Status();
  });
}

void Version(sqlite3_context* context, int, sqlite3_value**) noexcept { ReturnText(context, kVersion); }

struct Function {
  const char* name;
  int arguments;
  void (*body)(sqlite3_context*, int, sqlite3_value**) noexcept;
};

constexpr std::array<Function, 20> kFunctions = {{
    {"infusionsoft_approve", 1, ApproveTable},
    {"infusionsoft_approve", 2, ApproveTable},
    {"infusionsoft_connect", 1, Connect},
    {"infusionsoft_connect", 2, Connect},
    {"infusionsoft_authorize_url", 0, AuthorizeUrl},
    {"infusionsoft_authorize_url", 1, AuthorizeUrl},
    {"infusionsoft_exchange_code", 1, ExchangeCode},
    {"infusionsoft_exchange_code", 2, ExchangeCode},
    {"infusionsoft_refresh_token", 0, RefreshToken},
    {"infusionsoft_refresh_token", 1, RefreshToken},
    {"infusionsoft_disconnect", 0, Disconnect},
    {"infusionsoft_disconnect", 1, Disconnect},
    {"infusionsoft_create_tables", 1, CreateTablesOf},
    {"infusionsoft_create_tables", 2, CreateTablesOf},
    {"infusionsoft_profile", 0, ProfileText},
    {"infusionsoft_refresh_fields", 1, RefreshFields},
    {"infusionsoft_refresh_fields", 2, RefreshFields},
    {"infusionsoft_test_connection", 0, TestConnectionOf},
    {"infusionsoft_test_connection", 1, TestConnectionOf},
    {"infusionsoft_version", 0, Version},
}};

}  // namespace

Status RegisterFunctions(const SharedDatabase& database, size_t& registered) {
  for (; registered < kFunctions.size(); ++registered) {
    const Function& function = kFunctions[registered];
    auto data = std::make_unique<SharedDatabase>(database);
    // SQLite takes the data over, also when it fails.
    const int code = sqlite3_create_function_v2(database->handle(), function.name, function.arguments,
                                                SQLITE_UTF8 | SQLITE_DIRECTONLY, data.release(), function.body, nullptr,
                                                nullptr, [](void* owned) { delete static_cast<SharedDatabase*>(owned); });
    if (code == SQLITE_NOMEM) return Status(StatusCode::kOutOfMemory, "out of memory");
    if (code == SQLITE_BUSY) {
      return InvalidArgument(std::string("the function ") + function.name +
                             " exists already, as another copy of this library makes it; use that one, or finish all "
                             "statements of this connection first");
    }
    if (code != SQLITE_OK) return Status(StatusCode::kInternal, std::string("registering ") + function.name);
  }
  return Status();
}

}  // namespace infusionsoft::sqlite
