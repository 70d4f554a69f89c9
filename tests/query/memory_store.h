// SPDX-License-Identifier: MIT
// MemoryStore: a CopyStore without a file.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "query/copy_store.h"

namespace infusionsoft {

struct StoredCopy {
  CopyInfo info;
  std::vector<CopiedAnswer> pages;
};

class MemoryStore : public CopyStore {
 public:
  using Copies = std::map<std::tuple<std::string, std::string, std::string>, std::shared_ptr<StoredCopy>>;

  Result<std::shared_ptr<CopySnapshot>> TakeSnapshot() override {
    return std::shared_ptr<CopySnapshot>(std::make_shared<Snapshot>(copies, open_));
  }
  Result<std::unique_ptr<CopyWriter>> Make(const std::string& table_name) override {
    return std::unique_ptr<CopyWriter>(std::make_unique<Writer>(*this, table_name));
  }
  Result<std::vector<CopyInfo>> List(const std::string&, const std::string&) override { return std::vector<CopyInfo>(); }
  Status Forget(const std::string&) override { return Status(); }

  // How many snapshots are held, by themselves or for their readers.
  long OpenSnapshots() const { return open_.use_count() - 1; }

  Copies copies;
  int64_t made = 0;

 private:
  struct Snapshot : CopySnapshot, std::enable_shared_from_this<Snapshot> {
    Snapshot(Copies at_its_time, std::shared_ptr<int> counted) : copies(std::move(at_its_time)), open(std::move(counted)) {}
    Result<std::unique_ptr<CopyReader>> Open(const CopyKey& key) override {
      const auto found = copies.find({key.owner, key.grant, key.request});
      if (found == copies.end()) return std::unique_ptr<CopyReader>();
      return std::unique_ptr<CopyReader>(std::make_unique<Reader>(shared_from_this(), found->second));
    }
    const Copies copies;
    const std::shared_ptr<int> open;
  };
  struct Reader : CopyReader {
    Reader(std::shared_ptr<Snapshot> of, std::shared_ptr<StoredCopy> read)
        : snapshot(std::move(of)), copy(std::move(read)) {}
    const CopyInfo& info() const override { return copy->info; }
    Result<CopiedAnswer> Read(int64_t page) override { return copy->pages[static_cast<size_t>(page)]; }
    const std::shared_ptr<Snapshot> snapshot;
    const std::shared_ptr<StoredCopy> copy;
  };
  struct Writer : CopyWriter {
    Writer(MemoryStore& to, const std::string& table) : store(to) { copy->info.table_name = table; }
    Status Add(bool found, std::string_view body) override {
      copy->pages.push_back({found, std::string(body)});
      return Status();
    }
    Status Publish(const CopyKey& key, WallTime copied_at) override {
      copy->info.id = ++store.made;
      copy->info.request = key.request;
      copy->info.copied_at = copied_at;
      copy->info.pages = static_cast<int64_t>(copy->pages.size());
      std::erase_if(store.copies, [&](const auto& each) {
        return std::get<0>(each.first) == key.owner && std::get<1>(each.first) != key.grant;
      });
      store.copies[{key.owner, key.grant, key.request}] = copy;
      return Status();
    }
    MemoryStore& store;
    std::shared_ptr<StoredCopy> copy = std::make_shared<StoredCopy>();
  };

  const std::shared_ptr<int> open_ = std::make_shared<int>();  // shared by all snapshots
};

}  // namespace infusionsoft
