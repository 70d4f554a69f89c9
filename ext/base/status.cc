// SPDX-License-Identifier: MIT
#include "base/status.h"

namespace infusionsoft {

std::string_view StatusCodeName(StatusCode code) {
  switch (code) {
    case StatusCode::kOk:
      return "ok";
    case StatusCode::kInvalidArgument:
      return "invalid argument";
    case StatusCode::kUnauthenticated:
      return "unauthenticated";
    case StatusCode::kPermissionDenied:
      return "permission denied";
    case StatusCode::kNotFound:
      return "not found";
    case StatusCode::kConstraint:
      return "constraint";
    case StatusCode::kReadOnly:
      return "read only";
    case StatusCode::kLimitExceeded:
      return "limit exceeded";
    case StatusCode::kUnavailable:
      return "unavailable";
    case StatusCode::kUnreachable:
      return "unreachable";
    case StatusCode::kBadResponse:
      return "bad response";
    case StatusCode::kInterrupted:
      return "interrupted";
    case StatusCode::kOutOfMemory:
      return "out of memory";
    case StatusCode::kInternal:
      return "internal";
  }
  return "unknown";
}

Status Status::WithContext(std::string_view prefix) const {
  if (ok()) return *this;
  std::string message(prefix);
  message += ": ";
  message += message_;
  return Status(code_, std::move(message));
}

}  // namespace infusionsoft
