// SPDX-License-Identifier: MIT
#include "sqlite/copy_file.h"

#include <optional>
#include <utility>

#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

constexpr const char* kColumns = "SELECT id, request, table_name, copied_at, pages, bytes FROM copies WHERE account = ?1";

CopyInfo InfoIn(const Statement& row) {
  return {.id = row.Integer(0),
          .request = row.Text(1),
          .table_name = row.Text(2),
          .copied_at = WallTime(std::chrono::milliseconds(row.Integer(3))),
          .pages = row.Integer(4),
          .bytes = row.Integer(5)};
}

std::string AccountOf(const std::string& owner, const std::string& grant) {
  return grant.empty() ? owner : owner + ":" + grant;
}

// All accounts of the owner ?1: ';' comes behind ':'.
constexpr const char* kOfOwner = "(account = ?1 OR (account > ?1 || ':' AND account < ?1 || ';'))";

template <typename... Values>
Status Run(sqlite3* handle, const std::string& sql, const Values&... values) {
  Result<Statement> statement = Statement::Prepare(handle, sql);
  if (!statement) return std::move(statement).status();
  int number = 0;
  (statement->Bind(++number, values), ...);
  return statement->Step().status();
}

// Deletes the copies that a condition holds for, in the transaction that is open.
template <typename... Values>
Status Delete(sqlite3* handle, const std::string& condition, const Values&... values) {
  Status status = Run(handle, "DELETE FROM pages WHERE copy IN (SELECT id FROM copies WHERE " + condition + ")", values...);
  return status.ok() ? Run(handle, "DELETE FROM copies WHERE " + condition, values...) : status;
}

}  // namespace

// A transaction that begins with the first thing that is read in it.
class CopyFile::Snapshot : public CopySnapshot, public std::enable_shared_from_this<CopyFile::Snapshot> {
 public:
  Snapshot(std::shared_ptr<CopyFile> file, std::unique_ptr<CopyConnection> connection)
      : file_(std::move(file)), connection_(std::move(connection)) {}
  ~Snapshot() override { file_->connections_.Return(std::move(connection_)); }

  Result<std::unique_ptr<CopyReader>> Open(const CopyKey& key) override;

  sqlite3* handle() const { return connection_->handle(); }
  Status Failed() const { return file_->connections_.Failed(handle(), "reading"); }
  Status Unusable(const std::string& why) const { return file_->connections_.Unusable(why); }

 private:
  const std::shared_ptr<CopyFile> file_;
  std::unique_ptr<CopyConnection> connection_;
};

class CopyFile::Reader : public CopyReader {
 public:
  Reader(std::shared_ptr<Snapshot> snapshot, CopyInfo info) : snapshot_(std::move(snapshot)), info_(std::move(info)) {}

  const CopyInfo& info() const override { return info_; }

  Result<CopiedAnswer> Read(int64_t page) override {
    if (!pages_) {
      Result<Statement> prepared =
          Statement::Prepare(snapshot_->handle(), "SELECT found, body FROM pages WHERE copy = ?1 AND number = ?2");
      if (!prepared) return snapshot_->Failed();
      pages_.emplace(*std::move(prepared));
    }
    pages_->Bind(1, info_.id);
    pages_->Bind(2, page);
    const Result<bool> row = pages_->Step();
    if (!row) return snapshot_->Failed();
    if (!*row) return snapshot_->Unusable("a page of " + info_.table_name + " is missing" + kDeleteIt);
    CopiedAnswer answer{pages_->Integer(0) != 0, pages_->Blob(1)};
    return pages_->Step() ? Result<CopiedAnswer>(std::move(answer)) : snapshot_->Failed();
  }

 private:
  const std::shared_ptr<Snapshot> snapshot_;  // outlives what is prepared in it
  const CopyInfo info_;
  std::optional<Statement> pages_;
};

Result<std::unique_ptr<CopyReader>> CopyFile::Snapshot::Open(const CopyKey& key) {
  Result<Statement> statement = Statement::Prepare(handle(), std::string(kColumns) + " AND request = ?2");
  if (!statement) return Failed();
  statement->Bind(1, AccountOf(key.owner, key.grant));
  statement->Bind(2, key.request);
  const Result<bool> row = statement->Step();
  if (!row) return Failed();
  if (!*row) return std::unique_ptr<CopyReader>();
  return std::unique_ptr<CopyReader>(std::make_unique<Reader>(shared_from_this(), InfoIn(*statement)));
}

class CopyFile::Writer : public CopyWriter {
 public:
  Writer(std::shared_ptr<CopyFile> file, std::unique_ptr<CopyConnection> connection, std::string table_name)
      : file_(std::move(file)), connection_(std::move(connection)), table_name_(std::move(table_name)) {}
  ~Writer() override {
    add_.reset();
    connection_->EndTransaction();  // before the table goes, which would come back with it
    const int code = sqlite3_exec(connection_->handle(), "DROP TABLE temp.new_pages", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) file_->connections_.Return(std::move(connection_));
  }

  Status Begin() {
    constexpr const char* kTable = "CREATE TEMP TABLE new_pages(number INTEGER PRIMARY KEY, found INTEGER, body BLOB)";
    if (!Execute(connection_->handle(), kTable).ok()) return Failed();
    Result<Statement> add = Statement::Prepare(connection_->handle(), "INSERT INTO temp.new_pages VALUES (?1, ?2, ?3)");
    if (!add) return Failed();
    add_.emplace(*std::move(add));
    return Status();
  }

  Status Add(bool found, std::string_view body) override {
    add_->Bind(1, pages_++);
    add_->Bind(2, int64_t{found});
    add_->BindBlob(3, body);
    bytes_ += static_cast<int64_t>(body.size());
    return add_->Step() ? Status() : Failed();
  }

  Status Publish(const CopyKey& key, WallTime copied_at) override {
    sqlite3* const handle = connection_->handle();
    const std::string replaced = std::string(kOfOwner) + " AND (account <> ?2 OR request = ?3)";
    constexpr const char* kNew =
        "INSERT INTO copies(account, request, table_name, copied_at, pages, bytes) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const int64_t time = copied_at.time_since_epoch().count();
    const std::string account = AccountOf(key.owner, key.grant);
    if (!Execute(handle, "BEGIN IMMEDIATE").ok()) return Failed();
    if (!Delete(handle, replaced, key.owner, account, key.request).ok()) return Failed();
    if (!Run(handle, kNew, account, key.request, table_name_, time, pages_, bytes_).ok()) return Failed();
    const int64_t id = sqlite3_last_insert_rowid(handle);
    if (!Run(handle, "INSERT INTO pages SELECT ?1, number, found, body FROM temp.new_pages", id).ok()) return Failed();
    return Execute(handle, "COMMIT").ok() ? Status() : Failed();
  }

 private:
  Status Failed() const { return file_->connections_.Failed(connection_->handle(), "writing"); }

  const std::shared_ptr<CopyFile> file_;
  std::unique_ptr<CopyConnection> connection_;
  const std::string table_name_;
  std::optional<Statement> add_;
  int64_t pages_ = 0;
  int64_t bytes_ = 0;
};

CopyFile::CopyFile(std::string path, std::chrono::milliseconds patience) : connections_(std::move(path), patience) {}

Status CopyFile::Prepare() {
  connections_.CloseIdle();  // what is in it is looked at when it is opened
  Result<std::unique_ptr<CopyConnection>> connection = connections_.TakeOrMake();
  if (!connection) return std::move(connection).status();
  const bool is_readonly = sqlite3_db_readonly((*connection)->handle(), "main") != 0;
  connections_.Return(*std::move(connection));
  return is_readonly ? connections_.Unusable("it cannot be written to; set CacheLocation to a file that can") : Status();
}

Status CopyFile::Check() {
  connections_.CloseIdle();
  Result<std::unique_ptr<CopyConnection>> connection = connections_.Take();
  if (!connection) return std::move(connection).status();
  if (*connection != nullptr) connections_.Return(*std::move(connection));
  return Status();
}

Result<std::shared_ptr<CopySnapshot>> CopyFile::TakeSnapshot() {
  Result<std::unique_ptr<CopyConnection>> connection = connections_.Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return std::shared_ptr<CopySnapshot>();
  auto snapshot = std::make_shared<Snapshot>(shared_from_this(), *std::move(connection));
  if (!Execute(snapshot->handle(), "BEGIN").ok()) return snapshot->Failed();
  return std::shared_ptr<CopySnapshot>(std::move(snapshot));
}

Result<std::unique_ptr<CopyWriter>> CopyFile::Make(const std::string& table_name) {
  Result<std::unique_ptr<CopyConnection>> connection = connections_.TakeOrMake();
  if (!connection) return std::move(connection).status();
  auto writer = std::make_unique<Writer>(shared_from_this(), *std::move(connection), table_name);
  if (Status status = writer->Begin(); !status.ok()) return status;
  return std::unique_ptr<CopyWriter>(std::move(writer));
}

Result<std::vector<CopyInfo>> CopyFile::List(const std::string& owner, const std::string& grant) {
  std::vector<CopyInfo> copies;
  Result<std::unique_ptr<CopyConnection>> connection = connections_.Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return copies;
  sqlite3* const handle = (*connection)->handle();
  {
    Result<Statement> statement = Statement::Prepare(handle, std::string(kColumns) + " ORDER BY table_name, request");
    if (!statement) return connections_.Failed(handle, "reading");
    statement->Bind(1, AccountOf(owner, grant));
    while (true) {
      const Result<bool> row = statement->Step();
      if (!row) return connections_.Failed(handle, "reading");
      if (!*row) break;
      copies.push_back(InfoIn(*statement));
    }
  }
  connections_.Return(*std::move(connection));
  return copies;
}

Status CopyFile::Forget(const std::string& owner) {
  Result<std::unique_ptr<CopyConnection>> connection = connections_.Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return Status();
  sqlite3* const handle = (*connection)->handle();
  if (!Execute(handle, "BEGIN IMMEDIATE").ok() || !Delete(handle, kOfOwner, owner).ok() || !Execute(handle, "COMMIT").ok())
    return connections_.Failed(handle, "deleting");
  connections_.Return(*std::move(connection));
  return Status();
}

}  // namespace infusionsoft::sqlite
