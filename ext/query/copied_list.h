// SPDX-License-Identifier: MIT
// CopiedList: one list, or one object, read from its local copy, which is made first where there is none that may be used.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/status.h"
#include "query/copy_store.h"
#include "query/fetch.h"
#include "query/list_request.h"

namespace infusionsoft {

// "GET /v2/contacts?fields=id,email", for people.
std::string ReadableRequest(const CopyInfo& copy);

class CopiedList {
 public:
  // Sends through the context that it is given for everything that the copy shall have.
  using Download = std::function<Status(const ScanContext& context)>;

  // `context.copies` is not null. A statement that has read a copy reads no other one of the same list, and makes none,
  // however long it runs (statement_copies.h). Errors are those of the download, which say whether there is an older copy;
  // kInvalidArgument for what is not there with Offline=true; those of the store.
  static Result<CopiedList> Open(const ScanContext& context, const ListRequest& request, const Download& download);
  // Whether Open would send nothing. `memory` is the statement's, or null.
  static bool IsThere(const LocalCopies& copies, const ListRequest& request, StatementMemory* memory);

  bool has_more() const { return next_page_ < reader_->info().pages; }
  // The next page, which there is. All of them are of the same copy.
  Result<std::shared_ptr<const ApiAnswer>> Next(const ScanContext& context, ApiRequest::Accepts accepts, Keep keep);

 private:
  CopiedList(std::string path, std::string memory_key, std::unique_ptr<CopyReader> reader)
      : path_(std::move(path)), memory_key_(std::move(memory_key)), reader_(std::move(reader)) {}

  std::string path_;
  std::string memory_key_;
  std::unique_ptr<CopyReader> reader_;
  int64_t next_page_ = 0;
};

}  // namespace infusionsoft
