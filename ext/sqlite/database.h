// SPDX-License-Identifier: MIT
// Database: what this extension keeps for one SQLite connection: its named accounts and the meter of its statements.
//
// Names belong to one SQLite connection, so that two tenants in one process never see each other's account; the Sessions
// behind them are shared by the process. Threads: used under SQLite's own connection mutex. As SQLite has it, a connection
// belongs to the process that opened it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/api_client.h"
#include "api/session.h"
#include "auth/connection_options.h"
#include "base/process.h"
#include "base/status.h"
#include "profile/profile.h"
#include "query/copy_store.h"
#include "query/statement_memory.h"
#include "sqlite/api.h"
#include "sqlite/copy_file.h"
#include "sqlite/trust.h"

namespace infusionsoft::sqlite {

// An account as one table sees it: its own properties over those of the connection it names.
struct Account {
  // The connection's, "" for the unnamed one: also of a table that builds on a connection and changes nothing about whose
  // account it is. A table with an account of its own goes by the table's name.
  std::string name;
  ConnectionOptions options;
  std::shared_ptr<Session> session;
  std::shared_ptr<const Profile> profile;  // the tables that its connection string names
  // The local copies that are read; null without AutoCache and Offline. What it refers to is the session's.
  std::shared_ptr<const LocalCopies> copies = nullptr;
};

// Of SSLServerCert=*: in the result of infusionsoft_connect, and in SQLite's error log (SQLITE_CONFIG_LOG) whenever an
// account is named in that way, also by a table.
inline constexpr std::string_view kAnyServerWarning =
    "warning: SSLServerCert=* accepts any certificate, so whoever stands between this machine and the server can read and "
    "change "
    "all that is sent, the token too";

// A connection string, and where it comes from.
struct ConnectionText {
  enum class From { kCall, kTable, kEnvironment };
  std::string_view text;
  From from = From::kCall;
  bool is_users = true;     // otherwise it may name no more than anybody may, and loosen no limit (auth/property_powers.h)
  bool is_in_file = false;  // and so are its secrets
};

struct Table;

class Database {
 public:
  explicit Database(sqlite3* handle) : handle_(handle), trust_(handle) {}

  sqlite3* handle() const { return handle_; }
  // False in a child made by fork(), which must neither use nor destroy what this connection holds.
  bool IsOfThisProcess() const { return mark_.IsCurrentByCount(); }
  // kInvalidArgument there says what to do.
  Status CheckProcess() const;
  // The profile whose entities have modules of their own.
  const Profile& built_in() const { return Profile::BuiltIn(); }
  // The tables of the unnamed account, or the built-in ones.
  std::shared_ptr<const Profile> profile() const;

  // infusionsoft_connect: registers (or replaces) the account `name`; "" is the one that tables without their own use.
  Status Connect(const std::string& name, std::string_view connection_string);
  // Makes the unnamed connection from the environment (auth/process_settings.h), where none was made and it names one.
  Status ConnectDefault();
  // infusionsoft_disconnect: forgets the registered account, and deletes its stored tokens and local copies, which others
  // may share: who signs in next may be somebody else. Where the tokens stood, or "" when there were none. After an error
  // everything but the copies is as it was.
  Result<std::string> Disconnect(const std::string& name, const Cancellation& cancellation);
  // The registered account. kInvalidArgument says how to register it.
  Result<Account> Find(const std::string& name);
  // Counts Connect and Disconnect: an account that was resolved before it changed may be an old one.
  int connections_made() const { return connections_made_; }
  // The account of a connection string, which may refer to a registered one; a table's that names no account refers to the
  // unnamed one, and so does every string that is not the user's. kPermissionDenied: it names what only the user's may.
  Result<Account> Resolve(const std::string& owner, const ConnectionText& text);
  // Whether a table's connection string stands alone: it refers to no registered connection, by name or as the unnamed one.
  Result<bool> NamesOwnAccount(std::string_view connection_string) const;
  // Whose the texts of tables are.
  Trust& trust() { return trust_; }

  // The tables of a connection: its file over the built-in profile, with its PseudoColumns shown. A file is read each time:
  // it is being written.
  Result<std::shared_ptr<const Profile>> LoadProfile(const ConnectionOptions& options) const;

  // For signing in without a browser: also a table with a connection string of its own goes by its name, and when there is
  // just one account, it needs no name.
  Result<Account> FindForSignIn(const std::string& name);

  // The tables with a text of their own, from xConnect to xDisconnect. They belong to SQLite. A table that is declared anew is
  // there twice until the last statement that knows the old one is finished; Find gives the new one, or null.
  void AddTable(Table& table) { tables_.push_back(&table); }
  void RemoveTable(Table& table) { std::erase(tables_, &table); }
  Table* FindTable(std::string_view schema, std::string_view name) const;
  const std::vector<Table*>& tables() const { return tables_; }

  // While a table's custom fields are read anew, it may be connected without them.
  void BeginRefresh(std::string schema, std::string name) { refreshing_ = {std::move(schema), std::move(name)}; }
  void EndRefresh() { refreshing_ = {}; }
  bool IsRefreshing(std::string_view schema, std::string_view name) const {
    return refreshing_.first == schema && refreshing_.second == name;
  }

  // All accounts in use here, by the name of the connection or of the table.
  const std::map<std::string, Account>& accounts_in_use() const { return in_use_; }

  // Counts requests from the moment the first cursor opens until the last one closes: one statement, or several that run
  // interleaved.
  RequestBudget& budget() { return budget_; }
  void CursorOpened();
  void CursorClosed();

  // What a cursor that opens now remembers by: one memory for all cursors of a statement. SQLite does not say whose cursor
  // it opens. It is certain while one statement alone is running on this connection; while there are several, each cursor
  // has a memory of its own, because what an older statement was told may be out of date for one that began later.
  std::shared_ptr<StatementMemory> MemoryForCursor();
  // The cursor of an entity's table that was opened last, or null when it is closed.
  sqlite3_vtab_cursor* newest_cursor() const { return newest_cursor_; }
  void set_newest_cursor(sqlite3_vtab_cursor* cursor) { newest_cursor_ = cursor; }

 private:
  // The copies of an account, which are checked; null where none are read.
  Result<std::shared_ptr<const LocalCopies>> OpenCopies(const ConnectionOptions& options, Session& session);

  Status Register(const std::string& name, const ConnectionText& text);

  sqlite3* const handle_;
  const ProcessMark mark_;
  Trust trust_;
  std::map<std::string, Account> registered_;
  std::map<std::string, Account> in_use_;
  std::map<std::string, std::weak_ptr<CopyFile>> copy_files_;  // by path
  int connections_made_ = 0;
  std::vector<Table*> tables_;
  std::pair<std::string, std::string> refreshing_;
  RequestBudget budget_;
  int open_cursors_ = 0;
  std::weak_ptr<StatementMemory> memory_;  // of `memory_owner_`, as long as that has a cursor open
  sqlite3_stmt* memory_owner_ = nullptr;
  std::weak_ptr<RowIdsOfTables> row_ids_;  // as long as any cursor is open
  sqlite3_vtab_cursor* newest_cursor_ = nullptr;
};

}  // namespace infusionsoft::sqlite
