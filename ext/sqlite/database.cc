// SPDX-License-Identifier: MIT
#include "sqlite/database.h"

#include <atomic>
#include <set>
#include <span>
#include <utility>

#include "auth/network_options.h"
#include "auth/private_file.h"
#include "auth/process_settings.h"
#include "auth/property_powers.h"
#include "sqlite/statement.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

std::shared_ptr<const Profile> BuiltInProfile() { return {std::shared_ptr<void>(), &Profile::BuiltIn()}; }

}  // namespace

Status Database::CheckProcess() const {
  if (mark_.IsCurrent()) return Status();
  return InvalidArgument(
      "this database connection was opened before fork(), by the parent process; open the database again in this process");
}

Status Database::Connect(const std::string& name, std::string_view connection_string) {
  return Register(name, {.text = connection_string, .is_users = !IsSqlRestricted()});
}

Status Database::ConnectDefault() {
  if (registered_.contains("")) return Status();
  const Result<std::optional<std::string>> text = DefaultConnection();
  if (!text || !*text) return text.status();
  return Register("", {.text = **text, .from = ConnectionText::From::kEnvironment}).WithContext("INFUSIONSOFT_CONNECTION");
}

Status Database::Register(const std::string& name, const ConnectionText& text) {
  const Result<CustomFields> custom_fields = CustomFieldsIn(text.text);
  if (custom_fields && *custom_fields == CustomFields::kColumns) {
    return InvalidArgument("CustomFields=columns is for CREATE VIRTUAL TABLE, which stores the columns; give it there");
  }
  Result<Account> account = Resolve(name, text);
  if (!account) return std::move(account).status();
  registered_[name] = *std::move(account);
  ++connections_made_;
  return Status();
}

Result<std::string> Database::Disconnect(const std::string& name, const Cancellation& cancellation) {
  const Result<Account> account = Find(name);
  if (!account) return account.status();
  // Also those that a table has by a property of its own.
  const auto forget_copies = [&](const Account& used) {
    if (used.session != account->session || used.copies == nullptr) return Status();
    return used.copies->store->Forget(used.copies->owner);
  };
  if (Status status = forget_copies(*account); !status.ok()) return status;
  for (const auto& [owner, used] : in_use_) {
    if (Status status = forget_copies(used); !status.ok()) return status;
  }
  Result<std::string> place = account->session->credentials().Forget(cancellation);
  if (!place) return place;
  registered_.erase(name);
  // Also of the tables that build upon it.
  std::erase_if(in_use_,
                [&](const auto& used) { return used.second.name == name && used.second.session == account->session; });
  ++connections_made_;
  return place;
}

Result<Account> Database::Find(const std::string& name) {
  if (Status status = CheckProcess(); !status.ok()) return status;
  if (name.empty()) {
    if (Status status = ConnectDefault(); !status.ok()) return status;
  }
  const auto found = registered_.find(name);
  if (found != registered_.end()) return found->second;
  if (name.empty()) {
    return InvalidArgument(
        "no account is connected; run SELECT infusionsoft_connect('<connection string>') first, or name it in CREATE "
        "VIRTUAL "
        "TABLE ... USING infusionsoft_...('<connection string>')");
  }
  std::string known;
  for (const auto& [other, account] : registered_) {
    if (!other.empty()) known += (known.empty() ? "'" : ", '") + other + "'";
  }
  return InvalidArgument("no connection is registered as '" + name + "' (" +
                         (known.empty() ? "none has a name" : "there is " + known) + "); run SELECT infusionsoft_connect('" +
                         name + "', '<connection string>') first");
}

Result<Account> Database::Resolve(const std::string& owner, const ConnectionText& text) {
  if (Status status = CheckProcess(); !status.ok()) return status;
  if (!text.is_users) {
    if (Status status = trust_.CheckForeign(text.text); !status.ok()) return status;
  }
  Result<ConnectionOptions> options = ParseConnectionString(text.text);
  if (!options) return std::move(options).status();
  const bool has_base = !text.is_users || text.from == ConnectionText::From::kTable;
  std::shared_ptr<Session> base_session;
  std::string base_name;
  if (!options->connection.empty() || (has_base && !NamesAccount(*options))) {
    const Result<Account> base = Find(options->connection);
    if (!base) return base.status();
    base_session = base->session;
    base_name = base->name;
    options = ParseConnectionString(text.text, base->options);
    if (!options) return std::move(options).status();
    if (Status limits = text.is_users ? Status() : CheckLimits(*options, base->options); !limits.ok()) return limits;
  }
  if (text.is_in_file) {
    const auto secrets = LiteralSecretsIn(text.text);
    if (!secrets) return secrets.status();
    for (const std::string_view name : *secrets) options->given[name] = PropertySource::kDatabaseFile;
  }
  Result<std::shared_ptr<Session>> session = Session::Share(*options);
  if (!session) return std::move(session).status();
  Result<std::shared_ptr<const Profile>> profile = LoadProfile(*options);
  if (!profile) return std::move(profile).status();
  if (AcceptsAnyServer(*options)) sqlite3_log(SQLITE_WARNING, "infusionsoft: %s", kAnyServerWarning.data());
  const std::string& name = *session == base_session ? base_name : owner;
  Result<std::shared_ptr<const LocalCopies>> copies = OpenCopies(*options, **session);
  if (!copies) return std::move(copies).status();
  Account account{name, *std::move(options), *std::move(session), *std::move(profile), *std::move(copies)};
  account.session->file_log().Write({.module = LogModule::kSqlite}, owner, [&](LogLine& line) {
    line.Add("event", text.from == ConnectionText::From::kTable ? "table" : "connect").Add("url", account.options.url);
  });
  in_use_.insert_or_assign(owner, account);
  return account;
}

Result<std::shared_ptr<const LocalCopies>> Database::OpenCopies(const ConnectionOptions& options, Session& session) {
  if (!options.auto_cache && !options.offline) return std::shared_ptr<const LocalCopies>();
  const Result<std::string> path = PrivatePath(kCopyFile, options.cache_location, "copies.db");
  if (!path) return path.status();
  std::erase_if(copy_files_, [](const auto& entry) { return entry.second.expired(); });
  std::shared_ptr<CopyFile> file = copy_files_[*path].lock();
  if (file == nullptr) file = std::make_shared<CopyFile>(*path);
  copy_files_[*path] = file;
  if (Status status = options.offline ? file->Check() : file->Prepare(); !status.ok()) return status;
  Credentials& credentials = session.credentials();
  const auto grant = [&credentials] { return credentials.Grant(); };
  const auto grant_in_use = [&credentials] { return credentials.GrantInUse(); };
  return std::shared_ptr<const LocalCopies>(std::make_shared<LocalCopies>(
      LocalCopies{std::move(file), options.DataOwner(), grant, grant_in_use, options.cache_tolerance, options.offline,
                  session.clock(), session.file_log()}));
}

Result<bool> Database::NamesOwnAccount(std::string_view connection_string) const {
  const Result<ConnectionOptions> options = ParseConnectionString(connection_string);
  if (!options) return options.status();
  return options->connection.empty() && NamesAccount(*options);
}

std::shared_ptr<const Profile> Database::profile() const {
  const auto unnamed = registered_.find("");
  return unnamed == registered_.end() ? BuiltInProfile() : unnamed->second.profile;
}

Result<std::shared_ptr<const Profile>> Database::LoadProfile(const ConnectionOptions& options) const {
  if (options.profile_path.empty() && options.pseudo_columns.empty()) return BuiltInProfile();
  std::vector<ProfileFile> files;
  if (!options.profile_path.empty()) {
    Result<ProfileFile> file = ReadProfileFile(options.profile_path);
    if (!file) return std::move(file).status();
    files.push_back(*std::move(file));
  }
  Result<Profile> profile = Profile::BuiltIn().With(files);
  if (profile) profile = profile->WithShownInputs(options.pseudo_columns);
  if (!profile) return std::move(profile).status();
  return std::shared_ptr<const Profile>(std::make_shared<Profile>(*std::move(profile)));
}

Result<Account> Database::FindForSignIn(const std::string& name) {
  if (Status status = CheckProcess(); !status.ok()) return status;
  if (name.empty()) {
    if (Status status = ConnectDefault(); !status.ok()) return status;
  }
  const auto registered = registered_.find(name);
  if (registered != registered_.end()) return registered->second;
  const auto used = in_use_.find(name);
  if (used != in_use_.end()) return used->second;
  std::set<std::string> accounts;
  for (const auto& [known, account] : in_use_) accounts.insert(account.name);
  if (name.empty() && accounts.size() == 1) return in_use_.begin()->second;
  if (name.empty() && !accounts.empty()) {
    std::string names;
    for (const std::string& known : accounts) names += (names.empty() ? "'" : ", '") + known + "'";
    return InvalidArgument("there are several accounts; give the name of one as the first argument: " + names);
  }
  return Find(name);
}

Table* Database::FindTable(std::string_view schema, std::string_view name) const {
  for (auto table = tables_.rbegin(); table != tables_.rend(); ++table) {
    if ((*table)->schema == schema && (*table)->table_name == name) return *table;
  }
  return nullptr;
}

void Database::CursorOpened() {
  if (open_cursors_++ != 0) return;
  // Of the process, as the log is: connections may share an account.
  static std::atomic<int64_t> statements = 0;
  budget_.Reset(++statements);
}

void Database::CursorClosed() { --open_cursors_; }

// All cursors that share a memory were opened by its owner, and SQLite closes them when a run of that statement ends: the
// next run finds none.
std::shared_ptr<StatementMemory> Database::MemoryForCursor() {
  std::shared_ptr<RowIdsOfTables> row_ids = row_ids_.lock();
  if (row_ids == nullptr) row_ids_ = row_ids = std::make_shared<RowIdsOfTables>();
  sqlite3_stmt* const running = OnlyRunningStatement(handle_);
  if (running == nullptr) return std::make_shared<StatementMemory>(AnswerCache::kMaxBytes, std::move(row_ids));
  std::shared_ptr<StatementMemory> memory = memory_.lock();
  if (memory == nullptr || memory_owner_ != running) {
    memory = std::make_shared<StatementMemory>(AnswerCache::kMaxBytes, std::move(row_ids));
    memory_ = memory;
    memory_owner_ = running;
  }
  return memory;
}

}  // namespace infusionsoft::sqlite
