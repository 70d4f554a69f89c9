// SPDX-License-Identifier: MIT
// LookupPolicy: when a scan of the whole table is worth a request, while rows are looked up one key after another.
//
// SQLite looks rows up key by key (an inner table of a join, a correlated subquery) and tells nobody how many keys will
// come. Looking up all of them costs one request for each distinct key, K; scanning the table once costs its pages, P, and
// nobody knows that number either. This is the ski rental problem, and the answer is to spend on both alike: each request
// for a look-up that memory could not answer pays for one page of a scan, which is read before the next such look-up. When
// the scan is complete, memory answers everything.
//
// Requests in all are at most 2 * min(K, P), whatever the two are. Let a miss be a key that memory cannot answer, L the
// look-ups sent and S the pages sent.
//  - Before a look-up is sent, pages are read until S = L or the scan is complete. So S = L then, and after it S = L - 1.
//  - A key is looked up once, so L <= K. S <= L gives L + S <= 2K. (A page may be read for a key that is then found in it,
//  but
//    only where S < L was the case before.)
//  - A look-up is sent only while the scan is incomplete, so S < P, and S = L before it: L < P before, L <= P after. With
//    S <= P that gives L + S <= 2P.
// A single key costs one request, because the first look-up comes before the first page; no policy can promise a factor
// below 2 without knowing K or P. A look-up whose answer has several pages counts as that many: the first bound then holds
// against the requests of all look-ups, and the second is exceeded by at most the pages of one look-up.
#pragma once

#include <cstdint>

namespace infusionsoft {

class LookupPolicy {
 public:
  // Whether a page of the scan is to be read before the next look-up is sent.
  bool ShouldScan() const { return pages_ < lookups_; }
  void LookupSent() { ++lookups_; }
  void PageSent() { ++pages_; }

 private:
  int64_t lookups_ = 0;  // requests sent for look-ups
  int64_t pages_ = 0;    // requests sent for the scan
};

}  // namespace infusionsoft
