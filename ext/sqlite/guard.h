// SPDX-License-Identifier: MIT
// Guard: the C boundary. Status inside, SQLite's result codes outside, and no exception past it.
#pragma once

#include <exception>
#include <new>
#include <string>

#include "base/status.h"
#include "sqlite/api.h"

namespace infusionsoft::sqlite {

// Never SQLITE_IOERR: from xNext it would roll back the user's transaction, as SQLITE_NOMEM and SQLITE_INTERRUPT do, which
// are kept for what they say. Never SQLITE_BUSY: busy handlers would loop.
inline int ResultCode(const Status& status) {
  switch (status.code()) {
    case StatusCode::kOk:
      return SQLITE_OK;
    case StatusCode::kUnauthenticated:
    case StatusCode::kPermissionDenied:
      return SQLITE_AUTH;
    case StatusCode::kConstraint:
      return SQLITE_CONSTRAINT;
    case StatusCode::kReadOnly:
      return SQLITE_READONLY;
    case StatusCode::kInterrupted:
      return SQLITE_INTERRUPT;
    case StatusCode::kOutOfMemory:
      return SQLITE_NOMEM;
    default:
      return SQLITE_ERROR;
  }
}

// Runs `body`, which returns a Status; exceptions become Statuses. Only std::bad_alloc and bugs can throw here.
template <typename Body>
Status Catching(Body&& body) noexcept {
  try {
    try {
      return body();
    } catch (const std::bad_alloc&) {
      return Status(StatusCode::kOutOfMemory, "out of memory");
    } catch (const std::exception& error) {
      return Status(StatusCode::kInternal, std::string("internal error: ") + error.what());
    } catch (...) {
      return Status(StatusCode::kInternal, "internal error");
    }
  } catch (...) {
    return Status(StatusCode::kOutOfMemory, "");  // there was no room even for the message
  }
}

// For callbacks with a place for an error message (sqlite3_vtab::zErrMsg, xConnect's pzErr): the old one is freed.
template <typename Body>
int Guard(char** message, Body&& body) noexcept {
  const Status status = Catching(body);
  if (!status.ok() && message != nullptr && status.code() != StatusCode::kOutOfMemory) {
    sqlite3_free(*message);
    *message = sqlite3_mprintf("%s", status.message().c_str());
    if (*message == nullptr) return SQLITE_NOMEM;  // or SQLite would make up a message of its own
  }
  return ResultCode(status);
}

// For SQL functions.
template <typename Body>
void GuardFunction(sqlite3_context* context, Body&& body) noexcept {
  const Status status = Catching(body);
  if (status.ok()) return;
  if (status.code() == StatusCode::kOutOfMemory) {
    sqlite3_result_error_nomem(context);
    return;
  }
  sqlite3_result_error(context, status.message().c_str(), -1);
  sqlite3_result_error_code(context, ResultCode(status));
}

}  // namespace infusionsoft::sqlite
