// SPDX-License-Identifier: MIT
// INFUSIONSOFT_ROWID_BITS is set by tests that compile this file into a program of their own, in front of the library's.
#include "query/row_hash.h"

#include <stdexcept>
#include <string>

#include "auth/crypto.h"

#ifndef INFUSIONSOFT_ROWID_BITS
#define INFUSIONSOFT_ROWID_BITS 63
#endif

namespace infusionsoft {
namespace {

KeyedHash Draw() {
  const Result<std::string> key = RandomBytes(KeyedHash::kKeyBytes);
  if (!key) throw std::runtime_error(key.status().message());
  return KeyedHash(*key);
}

}  // namespace

const KeyedHash& ProcessHash() {
  static const KeyedHash hash = Draw();
  return hash;
}

RowHash RowHash::OfProcess() { return RowHash(ProcessHash(), INFUSIONSOFT_ROWID_BITS); }

}  // namespace infusionsoft
