// SPDX-License-Identifier: MIT
#include "sqlite/extension_init.h"

#include <memory>
#include <string>
#include <utility>

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
  return Status(StatusCode::kInternal, "registering " + name + ": " + sqlite3_errstr(code));
}

// By their names alone: the entities are read when one of their tables is used.
Status RegisterAll(sqlite3* handle) {
  const auto database = std::make_shared<Database>(handle);
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
  if (Status status = RegisterModule(handle, "infusionsoft_explain", RowTableMethods(), std::move(explain)); !status.ok()) return status;
  return RegisterFunctions(database);
}

}  // namespace

int RegisterExtension(sqlite3* handle, char** error) noexcept {
  return Guard(error, [&]() -> Status {
    if (sqlite3_libversion_number() < kOldestVersion) {
      return Status(StatusCode::kInvalidArgument,
                    std::string("infusionsoft needs SQLite 3.38.0 or later; this is ") + sqlite3_libversion());
    }
    return RegisterAll(handle);
  });
}

}  // namespace infusionsoft::sqlite
