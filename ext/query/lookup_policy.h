// SPDX-License-Identifier: MIT
// LookupPolicy: when a scan of the whole table is worth a request, while rows are looked up one key after another.
//
// Looking up all keys costs one request for each distinct one, K; scanning the table once costs its pages, P. This is the
// ski rental problem. In a join, or a correlated subquery, SQLite tells nobody how many keys will come. Then the answer is
// to spend on both alike: each request for a look-up that memory could not answer pays for one page of a scan, which is read
// before the next such look-up. When the scan is complete, memory answers everything.
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
//
// An IN list says how many keys there are, R from the present one on. Read to its end, it keeps both bounds with less; where
// a LIMIT may end it before, it is as a join:
//  - Where fewer pages than R are expected, the scan goes first, as long as S < L + R. If it ends, S <= P was all; if not,
//    the look-ups follow, and S <= L + R = K.
//  - Once L + S + R <= 2 (S + 1), the look-ups alone keep the second bound, because P is S + 1 at least: no page is read.
//
// Where it is known how many pages the scan has, as it was read before in the session, requests are min(K, P) for an IN
// list. In a join the look-ups go on until they have cost as much as the scan would, and then it is read at once: K
// requests, or 2P. If the table has changed its size since, the first bound holds still, and the second with the size that
// it had.
#pragma once

#include <cstdint>

namespace infusionsoft {

// What is known before a look-up that memory cannot answer.
struct LookupOutlook {
  int64_t keys = 0;              // that are certain to come, this one among them; 0: nobody knows how many
  double pages = 0;              // that the whole scan is expected to have; 0: nothing is expected
  bool pages_are_known = false;  // it had so many when it was last read
};

class LookupPolicy {
 public:
  // Whether a page of the scan is to be read before the next look-up is sent. Asked only while the scan is incomplete.
  bool ShouldScan(const LookupOutlook& outlook) const {
    const auto pages_left = static_cast<int64_t>(outlook.pages) - pages_;
    const bool is_expected = pages_left > 0;  // otherwise it has turned out longer than expected
    if (is_expected && outlook.pages_are_known && outlook.keys == 0) {
      return static_cast<int64_t>(outlook.pages) <= lookups_;
    }
    if (outlook.keys > 0) {
      if (is_expected && pages_left < outlook.keys && pages_ < lookups_ + outlook.keys) return true;
      if (is_expected && outlook.pages_are_known) return false;
      if (lookups_ + pages_ + outlook.keys <= 2 * (pages_ + 1)) return false;
    }
    return pages_ < lookups_;
  }
  bool HasBegun() const { return lookups_ > 0; }
  void LookupSent() { ++lookups_; }
  void PageSent() { ++pages_; }

 private:
  int64_t lookups_ = 0;  // requests sent for look-ups
  int64_t pages_ = 0;    // requests sent for the scan
};

}  // namespace infusionsoft
