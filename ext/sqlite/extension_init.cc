// SPDX-License-Identifier: MIT
#include "sqlite/extension_init.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/process.h"
#include "sqlite/explain.h"
#include "sqlite/functions.h"
#include "sqlite/guard.h"
#include "sqlite/system_tables.h"
#include "sqlite/table.h"

namespace infusionsoft::sqlite {
namespace {

// sqlite3_vtab_in and sqlite3_vtab_distinct came with 3.38.
constexpr int kOldestVersion = 3038000;

// SQLite takes `data` over, also when it fails.
template <typename Data>
Status RegisterModule(sqlite3* handle, const std::string& name, const sqlite3_module& methods, Data data) {
  auto owned = std::make_unique<Data>(std::move(data));
  const int code = sqlite3_create_module_v2(handle, name.c_str(), &methods, owned.release(),
                                            [](void* taken) { delete static_cast<Data*>(taken); });
  if (code == SQLITE_OK) return Status();
  if (code == SQLITE_NOMEM) return Status(StatusCode::kOutOfMemory, "out of memory");
  return Status(StatusCode::kInternal, "registering " + name + ": " + sqlite3_errstr(code));
}

// By their names alone: the entities are read when one of their tables is used.
Status RegisterModules(const std::shared_ptr<Database>& database) {
  sqlite3* handle = database->handle();
  for (std::string_view entity : Profile::BuiltInNames()) {
    const Module module{database, std::string(entity)};
    if (Status status = RegisterModule(handle, ModuleName(entity), EntityModule(), module); !status.ok()) return status;
  }
  if (Status status = RegisterModule(handle, "infusionsoft", GenericModule(), Module{database, ""}); !status.ok()) return status;
  for (const SystemTable& table : SystemTables()) {
    RowTableModule module{.database = database, .declaration = table.declaration, .read = table.read};
    if (Status status = RegisterModule(handle, table.name, RowTableMethods(), std::move(module)); !status.ok()) return status;
  }
  RowTableModule explain{.database = database, .declaration = kExplainDeclaration, .read_for = Explain, .argument_column = kExplainArgument};
  return RegisterModule(handle, "infusionsoft_explain", RowTableMethods(), std::move(explain));
}

// What this library has registered with one connection. SQLite owns it by the data of its modules and functions, and so
// frees it with the connection.
struct Registration {
  std::weak_ptr<Database> database;
  size_t functions = 0;  // how many of them
  bool is_complete = false;
};

// By connection. Only the thread that has the connection touches its Registration; the mutex guards the map.
class Registrations {
 public:
  static Registrations& Instance() {
    static constinit PerProcess<Registrations> instance;  // connections may be closed after static objects are destroyed
    return instance.Get();
  }

  // What an earlier load has registered, or a new one.
  std::pair<Registration*, std::shared_ptr<Database>> Find(sqlite3* handle) {
    const std::scoped_lock lock(mutex_);
    Registration& registration = by_handle_[handle];
    std::shared_ptr<Database> database = registration.database.lock();
    if (database == nullptr) {
      database = std::shared_ptr<Database>(new Database(handle), [this](Database* owned) {
        if (owned->IsOfThisProcess()) Remove(owned);
      });
      registration = {.database = database};
    }
    return {&registration, std::move(database)};
  }

  bool HasAny() {
    const std::scoped_lock lock(mutex_);
    return !by_handle_.empty();
  }

 private:
  // Before SQLite frees the connection, whose address may then be another's.
  void Remove(Database* database) {
    {
      const std::scoped_lock lock(mutex_);
      by_handle_.erase(database->handle());
    }
    delete database;
  }

  std::mutex mutex_;
  std::map<sqlite3*, Registration> by_handle_;
};

// Loading again keeps what is there, and goes on where a failed attempt has stopped. Functions come first, because they
// can be refused: SQLite replaces none while a statement runs, such as the SELECT load_extension(...) that calls this.
Status Register(sqlite3* handle) {
  const auto [registration, database] = Registrations::Instance().Find(handle);
  if (registration->is_complete) return Status();
  if (Status status = RegisterFunctions(database, registration->functions); !status.ok()) return status;
  if (Status status = RegisterModules(database); !status.ok()) return status;
  registration->is_complete = true;
  return Status();
}

}  // namespace

int RegisterExtension(sqlite3* handle, char** error) noexcept {
  return Guard(error, [&]() -> Status {
    if (sqlite3_libversion_number() < kOldestVersion) {
      return Status(StatusCode::kInvalidArgument,
                    std::string("infusionsoft needs SQLite 3.38.0 or later; this is ") + sqlite3_libversion());
    }
    return Register(handle);
  });
}

bool HasConnections() noexcept { return Registrations::Instance().HasAny(); }

}  // namespace infusionsoft::sqlite
