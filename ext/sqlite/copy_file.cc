// SPDX-License-Identifier: MIT
#include "sqlite/copy_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

#include "auth/private_file.h"
#include "base/file_descriptor.h"
#include "sqlite/statement.h"

namespace infusionsoft::sqlite {
namespace {

constexpr int64_t kApplicationId = 0x49464350;  // "IFCP", which tells the file from any other database
constexpr int64_t kFormat = 1;

constexpr const char* kSchema[] = {
    "CREATE TABLE copies(id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, request TEXT NOT NULL, "
    "table_name TEXT NOT NULL, copied_at INTEGER NOT NULL, pages INTEGER NOT NULL, bytes INTEGER NOT NULL, "
    "UNIQUE(account, request))",
    "CREATE TABLE pages(copy INTEGER NOT NULL, number INTEGER NOT NULL, found INTEGER NOT NULL, body BLOB NOT NULL, "
    "UNIQUE(copy, number))",
};

constexpr const char* kColumns = "SELECT id, request, table_name, copied_at, pages, bytes FROM copies WHERE account = ?1";

CopyInfo InfoIn(const Statement& row) {
  return {.id = row.Integer(0),
          .request = row.Text(1),
          .table_name = row.Text(2),
          .copied_at = WallTime(std::chrono::milliseconds(row.Integer(3))),
          .pages = row.Integer(4),
          .bytes = row.Integer(5)};
}

// What committed into a file that is gone stands in its -wal, which must not come to the next file of that name.
constexpr const char* kDeleteIt = "; delete the file and those with -wal and -shm behind its name, and copies are made anew";

// The first value of the first row; "" when there is none, or it cannot be had.
std::string ValueOf(sqlite3* handle, const std::string& sql) {
  Result<Statement> statement = Statement::Prepare(handle, sql);
  if (!statement) return "";
  const Result<bool> row = statement->Step();
  return row && *row ? statement->Text(0) : "";
}

template <typename... Values>
Status Run(sqlite3* handle, const std::string& sql, const Values&... values) {
  Result<Statement> statement = Statement::Prepare(handle, sql);
  if (!statement) return std::move(statement).status();
  int number = 0;
  (statement->Bind(++number, values), ...);
  return statement->Step().status();
}

}  // namespace

class CopyFile::Connection {
 public:
  Connection(sqlite3* handle, const struct stat& info) : handle_(handle), device_(info.st_dev), inode_(info.st_ino) {}
  ~Connection() { sqlite3_close(handle_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sqlite3* handle() const { return handle_; }
  bool IsOf(const struct stat& info) const { return info.st_dev == device_ && info.st_ino == inode_; }

  // Ends the transaction that may be open; what is not committed is undone.
  void EndTransaction() {
    if (sqlite3_get_autocommit(handle_) == 0) static_cast<void>(Execute(handle_, "ROLLBACK"));
  }
  // Gives `connection` back to `file`.
  static void Return(CopyFile& file, std::unique_ptr<Connection> connection) {
    connection->EndTransaction();
    if (sqlite3_get_autocommit(connection->handle()) != 0) file.idle_.push_back(std::move(connection));
  }

 private:
  sqlite3* const handle_;
  const dev_t device_;
  const ino_t inode_;
};

class CopyFile::Reader : public CopyReader {
 public:
  Reader(std::shared_ptr<CopyFile> file, std::unique_ptr<Connection> connection, CopyInfo info)
      : file_(std::move(file)), connection_(std::move(connection)), info_(std::move(info)) {}
  ~Reader() override {
    pages_.reset();
    Connection::Return(*file_, std::move(connection_));
  }

  const CopyInfo& info() const override { return info_; }

  Result<CopiedAnswer> Read(int64_t page) override {
    if (!pages_) {
      Result<Statement> prepared =
          Statement::Prepare(connection_->handle(), "SELECT found, body FROM pages WHERE copy = ?1 AND number = ?2");
      if (!prepared) return file_->Failed(connection_->handle(), "reading");
      pages_.emplace(*std::move(prepared));
    }
    pages_->Bind(1, info_.id);
    pages_->Bind(2, page);
    const Result<bool> row = pages_->Step();
    if (!row) return file_->Failed(connection_->handle(), "reading");
    if (!*row) return file_->Unusable("a page of " + info_.table_name + " is missing" + kDeleteIt);
    CopiedAnswer answer{pages_->Integer(0) != 0, pages_->Blob(1)};
    return pages_->Step() ? Result<CopiedAnswer>(std::move(answer)) : file_->Failed(connection_->handle(), "reading");
  }

 private:
  const std::shared_ptr<CopyFile> file_;
  std::unique_ptr<Connection> connection_;
  const CopyInfo info_;
  std::optional<Statement> pages_;
};

class CopyFile::Writer : public CopyWriter {
 public:
  Writer(std::shared_ptr<CopyFile> file, std::unique_ptr<Connection> connection, CopyKey key, std::string table_name)
      : file_(std::move(file)),
        connection_(std::move(connection)),
        key_(std::move(key)),
        table_name_(std::move(table_name)) {}
  ~Writer() override {
    add_.reset();
    connection_->EndTransaction();  // before the table goes, which would come back with it
    if (Execute(connection_->handle(), "DROP TABLE temp.new_pages").ok()) Connection::Return(*file_, std::move(connection_));
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

  Status Publish(WallTime copied_at) override {
    sqlite3* const handle = connection_->handle();
    constexpr const char* kOld =
        "DELETE FROM pages WHERE copy IN (SELECT id FROM copies WHERE account = ?1 AND request = ?2)";
    constexpr const char* kNew =
        "INSERT INTO copies(account, request, table_name, copied_at, pages, bytes) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const int64_t time = copied_at.time_since_epoch().count();
    if (!Execute(handle, "BEGIN IMMEDIATE").ok()) return Failed();
    if (!Run(handle, kOld, key_.account, key_.request).ok()) return Failed();
    if (!Run(handle, "DELETE FROM copies WHERE account = ?1 AND request = ?2", key_.account, key_.request).ok())
      return Failed();
    if (!Run(handle, kNew, key_.account, key_.request, table_name_, time, pages_, bytes_).ok()) return Failed();
    const int64_t id = sqlite3_last_insert_rowid(handle);
    if (!Run(handle, "INSERT INTO pages SELECT ?1, number, found, body FROM temp.new_pages", id).ok()) return Failed();
    return Execute(handle, "COMMIT").ok() ? Status() : Failed();
  }

 private:
  Status Failed() const { return file_->Failed(connection_->handle(), "writing"); }

  const std::shared_ptr<CopyFile> file_;
  std::unique_ptr<Connection> connection_;
  const CopyKey key_;
  const std::string table_name_;
  std::optional<Statement> add_;
  int64_t pages_ = 0;
  int64_t bytes_ = 0;
};

CopyFile::CopyFile(std::string path, std::chrono::milliseconds patience) : path_(std::move(path)), patience_(patience) {}

CopyFile::~CopyFile() = default;

Status CopyFile::Unusable(const std::string& why) const {
  return InvalidArgument(std::string(kCopyFile.name) + " " + path_ + ": " + why);
}

// What SQLite says of its last failure on `handle`, and what to do about it.
Status CopyFile::Failed(sqlite3* handle, const std::string& what) const {
  const std::string said = what + " failed (" + sqlite3_errmsg(handle) + ")";
  switch (sqlite3_errcode(handle) & 0xff) {
    case SQLITE_NOMEM:
      return Status(StatusCode::kOutOfMemory, "out of memory");
    case SQLITE_BUSY:
      return Status(StatusCode::kUnavailable, Unusable(said + ": another program has been writing to it for " +
                                                       std::to_string(patience_.count()) + " ms; try again")
                                                  .message());
    case SQLITE_FULL:
      return Unusable(said + "; make room on the disk, or set CacheLocation to another one");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Unusable(said + kDeleteIt);
    default:
      return Unusable(said + "; set CacheLocation to a file of your own on a local disk that can be written to");
  }
}

Status CopyFile::Prepare() {
  idle_.clear();  // what is in it is looked at when it is opened
  Result<std::unique_ptr<Connection>> connection = TakeOrMake();
  if (!connection) return std::move(connection).status();
  const bool is_readonly = sqlite3_db_readonly((*connection)->handle(), "main") != 0;
  Connection::Return(*this, *std::move(connection));
  return is_readonly ? Unusable("it cannot be written to; set CacheLocation to a file that can") : Status();
}

Status CopyFile::Check() {
  idle_.clear();
  Result<std::unique_ptr<Connection>> connection = Take();
  if (!connection) return std::move(connection).status();
  if (*connection != nullptr) Connection::Return(*this, *std::move(connection));
  return Status();
}

Result<std::unique_ptr<CopyFile::Connection>> CopyFile::TakeOrMake() {
  Result<std::unique_ptr<Connection>> connection = Take();
  if (!connection || *connection != nullptr) return connection;
  if (Status status = MakeFile(); !status.ok()) return status;
  connection = Take();
  return connection && *connection == nullptr ? Unusable("it was deleted as soon as it was made; try again")
                                              : std::move(connection);
}

Result<std::unique_ptr<CopyFile::Connection>> CopyFile::Take() {
  if (Status status = CheckDirectory(kCopyFile, path_); !status.ok()) return status;
  struct stat info {};
  // Never by opening it: to close a file takes the locks away that SQLite holds on it in this process.
  if (lstat(path_.c_str(), &info) != 0) {
    idle_.clear();
    if (errno == ENOENT) return std::unique_ptr<Connection>();
    return Unusable(ErrnoText(errno) + "; set CacheLocation to another place");
  }
  if (Status status = CheckFile(kCopyFile, path_, info); !status.ok()) return status;
  std::erase_if(idle_, [&](const auto& connection) { return !connection->IsOf(info); });
  if (idle_.empty()) return OpenFile(info);
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

Result<std::unique_ptr<CopyFile::Connection>> CopyFile::OpenFile(const struct stat& info) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE, nullptr);
  if (handle == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory");
  auto connection = std::make_unique<Connection>(handle, info);
  sqlite3_busy_timeout(handle, static_cast<int>(patience_.count()));
  if (code != SQLITE_OK) return Failed(handle, "opening");
  const std::string size = ValueOf(handle, "PRAGMA page_count");  // first: what is made meanwhile has no more to come
  if (size == "0") return std::unique_ptr<Connection>();
  const std::string application = size.empty() ? "" : ValueOf(handle, "PRAGMA application_id");
  const std::string format = application.empty() ? "" : ValueOf(handle, "PRAGMA user_version");
  if (format.empty()) return Failed(handle, "opening");
  if (application != std::to_string(kApplicationId)) {
    return Unusable("it is no file of local copies; CacheLocation must name another place");
  }
  if (format != std::to_string(kFormat)) {
    return Unusable(
        "it was written by a later version of this extension; use that one, or set CacheLocation to another file");
  }
  if (Status status = EnterWal(handle); !status.ok()) return status;  // who made it may have been killed before that
  // What is deleted is overwritten, too: it is the data of somebody's customers.
  for (const char* sql : {"PRAGMA synchronous = NORMAL", "PRAGMA secure_delete = ON"}) {
    if (!Execute(handle, sql).ok()) return Failed(handle, "opening");
  }
  return connection;
}

// It gets its name while it is empty: SQLite drops the -wal and the -journal that a deleted file of that name has left when
// it finds a database without a page. Made under another name, because to close it takes locks away, as above.
Status CopyFile::MakeFile() const {
  if (Status status = PrepareDirectory(kCopyFile, path_); !status.ok()) return status;
  const auto refuse = [&] {
    return Unusable("it cannot be made: " + ErrnoText(errno) + "; set CacheLocation to another place");
  };
  std::string temporary = path_ + ".XXXXXX";
  FileDescriptor made(mkstemp(temporary.data()));  // with mode 0600
  if (!made.valid()) return refuse();
  static_cast<void>(made.Close());
  Status status;
  if (link(temporary.c_str(), path_.c_str()) != 0 && errno != EEXIST) status = refuse();
  unlink(temporary.c_str());
  return status.ok() ? FillFile() : status;
}

Status CopyFile::EnterWal(sqlite3* handle) const {
  const std::string mode = ValueOf(handle, "PRAGMA journal_mode = WAL");
  if (mode.empty()) return Failed(handle, "opening");
  if (mode == "wal") return Status();
  return Unusable("its file system cannot hold a database in WAL mode; set CacheLocation to a local disk");
}

// All in one transaction: a file of copies is either empty or whole. The lock is kept until it is in WAL mode: of two who
// are at it the second one finds it done.
Status CopyFile::FillFile() const {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE, nullptr);
  if (handle == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory");
  const Connection connection(handle, {});
  sqlite3_busy_timeout(handle, static_cast<int>(patience_.count()));
  if (code != SQLITE_OK || !Execute(handle, "BEGIN EXCLUSIVE").ok()) return Failed(handle, "making it");
  const std::string version = ValueOf(handle, "PRAGMA schema_version");  // the transaction has made the first page
  if (version.empty()) return Failed(handle, "making it");
  if (version != "0") return Status();
  std::vector<std::string> statements = {"PRAGMA locking_mode = EXCLUSIVE"};
  statements.insert(statements.end(), std::begin(kSchema), std::end(kSchema));
  statements.push_back("PRAGMA application_id = " + std::to_string(kApplicationId));
  statements.push_back("PRAGMA user_version = " + std::to_string(kFormat));
  statements.push_back("COMMIT");
  for (const std::string& sql : statements) {
    if (!Execute(handle, sql).ok()) return Failed(handle, "making it");
  }
  return EnterWal(handle);
}

Result<std::unique_ptr<CopyReader>> CopyFile::Open(const CopyKey& key) {
  Result<std::unique_ptr<Connection>> connection = Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return std::unique_ptr<CopyReader>();
  sqlite3* const handle = (*connection)->handle();
  std::optional<CopyInfo> info;
  Status status = Execute(handle, "BEGIN");
  if (status.ok()) {
    Result<Statement> statement = Statement::Prepare(handle, std::string(kColumns) + " AND request = ?2");
    status = statement.status();
    if (status.ok()) {
      statement->Bind(1, key.account);
      statement->Bind(2, key.request);
      const Result<bool> row = statement->Step();
      status = row.status();
      if (row && *row) info = InfoIn(*statement);
    }
    if (!status.ok()) status = Failed(handle, "reading");
  }
  if (info)
    return std::unique_ptr<CopyReader>(
        std::make_unique<Reader>(shared_from_this(), *std::move(connection), *std::move(info)));
  Connection::Return(*this, *std::move(connection));
  if (!status.ok()) return status;
  return std::unique_ptr<CopyReader>();
}

Result<std::unique_ptr<CopyWriter>> CopyFile::Make(const CopyKey& key, const std::string& table_name) {
  Result<std::unique_ptr<Connection>> connection = TakeOrMake();
  if (!connection) return std::move(connection).status();
  auto writer = std::make_unique<Writer>(shared_from_this(), *std::move(connection), key, table_name);
  if (Status status = writer->Begin(); !status.ok()) return status;
  return std::unique_ptr<CopyWriter>(std::move(writer));
}

Result<std::vector<CopyInfo>> CopyFile::List(const std::string& account) {
  std::vector<CopyInfo> copies;
  Result<std::unique_ptr<Connection>> connection = Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return copies;
  sqlite3* const handle = (*connection)->handle();
  {
    Result<Statement> statement = Statement::Prepare(handle, std::string(kColumns) + " ORDER BY table_name, request");
    if (!statement) return Failed(handle, "reading");
    statement->Bind(1, account);
    while (true) {
      const Result<bool> row = statement->Step();
      if (!row) return Failed(handle, "reading");
      if (!*row) break;
      copies.push_back(InfoIn(*statement));
    }
  }
  Connection::Return(*this, *std::move(connection));
  return copies;
}

Status CopyFile::Forget(const std::string& account) {
  Result<std::unique_ptr<Connection>> connection = Take();
  if (!connection) return std::move(connection).status();
  if (*connection == nullptr) return Status();
  sqlite3* const handle = (*connection)->handle();
  if (!Execute(handle, "BEGIN IMMEDIATE").ok() ||
      !Run(handle, "DELETE FROM pages WHERE copy IN (SELECT id FROM copies WHERE account = ?1)", account).ok() ||
      !Run(handle, "DELETE FROM copies WHERE account = ?1", account).ok() || !Execute(handle, "COMMIT").ok()) {
    return Failed(handle, "deleting");
  }
  Connection::Return(*this, *std::move(connection));
  return Status();
}

}  // namespace infusionsoft::sqlite
