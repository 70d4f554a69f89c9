// SPDX-License-Identifier: MIT
#include "sqlite/copy_connections.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <mutex>
#include <new>
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

// The first value of the first row; "" when there is none, or it cannot be had.
std::string ValueOf(sqlite3* handle, const std::string& sql) {
  Result<Statement> statement = Statement::Prepare(handle, sql);
  if (!statement) return "";
  const Result<bool> row = statement->Step();
  return row && *row ? statement->Text(0) : "";
}

}  // namespace

CopyConnection* CopyConnection::open_ = nullptr;

CopyConnection::CopyConnection(sqlite3* handle, const struct stat& info)
    : handle_(handle), device_(info.st_dev), inode_(info.st_ino) {
  const std::lock_guard lock(ForkMutex());
  next_ = std::exchange(open_, this);
}

CopyConnection::~CopyConnection() {
  if (!mark_.IsCurrent()) return;
  sqlite3_close(handle_);
  const std::lock_guard lock(ForkMutex());
  CopyConnection** link = &open_;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
}

bool CopyConnection::IsOpenInParent(const struct stat& info) {
  const std::lock_guard lock(ForkMutex());
  for (const CopyConnection* connection = open_; connection != nullptr; connection = connection->next_) {
    if (!connection->mark_.IsCurrent() && connection->IsOf(info)) return true;
  }
  return false;
}

void CopyConnection::EndTransaction() {
  if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void CopyConnections::Return(std::unique_ptr<CopyConnection> connection) noexcept {
  connection->EndTransaction();
  if (sqlite3_get_autocommit(connection->handle()) == 0) return;
  try {
    idle_.push_back(std::move(connection));
  } catch (const std::bad_alloc&) {
    return;  // it is closed
  }
}

Status CopyConnections::Unusable(const std::string& why) const {
  return InvalidArgument(std::string(kCopyFile.name) + " " + path_ + ": " + why);
}

Status CopyConnections::Failed(sqlite3* handle, const std::string& what) const {
  const std::string said = what + " failed (" + sqlite3_errmsg(handle) + ")";
  switch (sqlite3_errcode(handle) & 0xff) {
    case SQLITE_NOMEM:
    case SQLITE_OK:  // a value could not be bound, which SQLite forgets with the statement, and which only memory can refuse
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

Result<std::unique_ptr<CopyConnection>> CopyConnections::TakeOrMake() {
  Result<std::unique_ptr<CopyConnection>> connection = Take();
  if (!connection || *connection != nullptr) return connection;
  if (Status status = MakeFile(); !status.ok()) return status;
  connection = Take();
  return connection && *connection == nullptr ? Unusable("it was deleted as soon as it was made; try again")
                                              : std::move(connection);
}

Result<std::unique_ptr<CopyConnection>> CopyConnections::Take() {
  if (Status status = CheckDirectory(kCopyFile, path_); !status.ok()) return status;
  struct stat info {};
  // Never by opening it: to close a file takes the locks away that SQLite holds on it in this process.
  if (lstat(path_.c_str(), &info) != 0) {
    idle_.clear();
    if (errno == ENOENT) return std::unique_ptr<CopyConnection>();
    return Unusable(ErrnoText(errno) + "; set CacheLocation to another place");
  }
  if (Status status = CheckFile(kCopyFile, path_, info); !status.ok()) return status;
  if (CopyConnection::IsOpenInParent(info)) {
    return Unusable(
        "the process that forked this one had it open; close its databases before fork(), or set CacheLocation to another "
        "file "
        "here");
  }
  std::erase_if(idle_, [&](const auto& connection) { return !connection->IsOf(info); });
  if (idle_.empty()) return OpenFile(info);
  std::unique_ptr<CopyConnection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

Result<std::unique_ptr<CopyConnection>> CopyConnections::OpenFile(const struct stat& info) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE, nullptr);
  if (handle == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory");
  auto connection = std::make_unique<CopyConnection>(handle, info);
  sqlite3_busy_timeout(handle, static_cast<int>(patience_.count()));
  if (code != SQLITE_OK) return Failed(handle, "opening");
  const std::string size = ValueOf(handle, "PRAGMA page_count");  // first: what is made meanwhile has no more to come
  if (size == "0") return std::unique_ptr<CopyConnection>();
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
// it finds a database without a page. Made under another name, because to close it takes locks away, as above; that name is
// fixed, so that what a killed process left is cleared away, and another one that makes the file may take it from us.
Status CopyConnections::MakeFile() const {
  if (Status status = PrepareDirectory(kCopyFile, path_); !status.ok()) return status;
  const std::string temporary = path_ + ".new";
  constexpr int kMostAttempts = 20;
  int error = EEXIST;
  for (int i = 0; i < kMostAttempts && (error == EEXIST || error == ENOENT); ++i) error = NameEmptyFile(temporary);
  if (error == 0) return FillFile();
  return Unusable("it cannot be made: " + ErrnoText(error) + "; set CacheLocation to another place");
}

// 0 when there is a file of our name now, or errno.
int CopyConnections::NameEmptyFile(const std::string& temporary) const {
  unlink(temporary.c_str());
  FileDescriptor made(
      Uninterrupted([&] { return open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600); }));
  if (!made.valid()) return errno;
  static_cast<void>(made.Close());
  const int error = link(temporary.c_str(), path_.c_str()) == 0 || errno == EEXIST ? 0 : errno;
  unlink(temporary.c_str());
  return error;
}

Status CopyConnections::EnterWal(sqlite3* handle) const {
  const std::string mode = ValueOf(handle, "PRAGMA journal_mode = WAL");
  if (mode.empty()) return Failed(handle, "opening");
  if (mode == "wal") return Status();
  return Unusable("its file system cannot hold a database in WAL mode; set CacheLocation to a local disk");
}

// All in one transaction: a file of copies is either empty or whole. The lock is kept until it is in WAL mode: of two who
// are at it the second one finds it done.
Status CopyConnections::FillFile() const {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE, nullptr);
  if (handle == nullptr) return Status(StatusCode::kOutOfMemory, "out of memory");
  struct stat info {};
  lstat(path_.c_str(), &info);
  const CopyConnection connection(handle, info);
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

}  // namespace infusionsoft::sqlite
