// SPDX-License-Identifier: MIT
// Which version of a copy a statement reads, and how many snapshots that takes.
#include "query/statement_copies.h"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "query/memory_store.h"

namespace infusionsoft {
namespace {

class Versions {
 public:
  void Copy(const std::string& request, const std::string& body) {
    auto writer = store_->Make("t");
    REQUIRE((*writer)->Add(true, body) == Status());
    REQUIRE((*writer)->Publish({"owner", "", request}, WallTime()) == Status());
  }
  // What one scan of the statement reads; "none" when there is no copy.
  std::string Scan(const std::string& request) {
    const CopyKey key{"owner", "", request};
    auto found = copies_.Find(store_, key);
    REQUIRE(found.ok());
    if (found->reader == nullptr) return "none";
    copies_.Take(store_, key, found->snapshot);
    return found->reader->Read(0)->body;
  }

  std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
  StatementCopies copies_;
};

TEST_CASE("StatementCopies: what was taken stays, and what was not is the newest there is", "[query]") {
  Versions versions;
  CHECK(versions.Scan("/a") == "none");
  versions.Copy("/a", "a1");
  versions.Copy("/b", "b1");
  CHECK(versions.Scan("/a") == "a1");
  versions.Copy("/a", "a2");
  versions.Copy("/b", "b2");
  CHECK(versions.Scan("/a") == "a1");
  CHECK(versions.Scan("/b") == "b2");
  versions.store_->copies.clear();
  CHECK(versions.Scan("/a") == "a1");
  CHECK(versions.Scan("/b") == "b2");
  CHECK(versions.Scan("/c") == "none");
}

TEST_CASE("StatementCopies: lists that nobody copies meanwhile share a snapshot", "[query]") {
  Versions versions;
  for (int i = 0; i < 100; ++i) versions.Copy("/" + std::to_string(i), "one");
  for (int i = 0; i < 100; ++i) CHECK(versions.Scan("/" + std::to_string(i)) == "one");
  CHECK(versions.store_->OpenSnapshots() == 1);
  // Of another one, which comes later, those that were copied before it.
  versions.Copy("/late", "late");
  versions.Copy("/5", "two");
  CHECK(versions.Scan("/late") == "late");
  CHECK(versions.store_->OpenSnapshots() == 2);
  CHECK(versions.Scan("/5") == "one");
  CHECK(versions.store_->OpenSnapshots() == 2);
  versions.copies_ = StatementCopies();
  CHECK(versions.store_->OpenSnapshots() == 0);
}

TEST_CASE("StatementCopies: stores are told apart", "[query]") {
  Versions versions;
  versions.Copy("/a", "here");
  CHECK(versions.Scan("/a") == "here");
  versions.store_ = std::make_shared<MemoryStore>();
  CHECK(versions.Scan("/a") == "none");
  versions.Copy("/a", "there");
  CHECK(versions.Scan("/a") == "there");
}

TEST_CASE("StatementCopies: there is a bound on snapshots, and what is taken beyond it is not held", "[query]") {
  Versions versions;
  const auto name = [](size_t i) { return "/" + std::to_string(i); };
  for (size_t i = 0; i < 3 * StatementCopies::kMaxSnapshots; ++i) {
    versions.Copy(name(i), "one");
    CHECK(versions.Scan(name(i)) == "one");
  }
  CHECK(versions.store_->OpenSnapshots() == static_cast<long>(StatementCopies::kMaxSnapshots));
  for (size_t i = 0; i < 3 * StatementCopies::kMaxSnapshots; ++i) versions.Copy(name(i), "two");
  for (size_t i = 0; i < 3 * StatementCopies::kMaxSnapshots; ++i) {
    CHECK(versions.copies_.HasTaken(versions.store_, {"owner", "", name(i)}));
    CHECK(versions.Scan(name(i)) == (i < StatementCopies::kMaxSnapshots ? "one" : "two"));
  }
  CHECK(versions.store_->OpenSnapshots() == static_cast<long>(StatementCopies::kMaxSnapshots));
}

}  // namespace
}  // namespace infusionsoft
