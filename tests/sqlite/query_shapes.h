// SPDX-License-Identifier: MIT
// The shapes of SQL that people write, and what each costs in requests: the table that query_shapes_test.cc measures.
#pragma once

#include <span>

namespace infusionsoft::sqlite_test {

// One shape. In its texts {c1}, {c2}, {c3} and {e1} are contacts' ids, the last one's of a contact with e-mails, {o1} an
// order's, {t1} a tag's, {email} the first address of {c1}, {family} its name, {mid} a time that half of the contacts were
// changed after. `few` is a local table of three
// contacts' ids that has been analysed, `many` one of 250 numbers, some of which are ids.
//
// `least` and `sent` are SQL over a copy of the account, in which pages(n) is how many pages n rows take: 25 are a page.
struct QueryShape {
  const char* about;  // what it is an example of
  const char* sql;
  const char* least;   // requests of a careful person who knows the API and the sizes of the tables
  const char* sent;    // the most that may be sent; "" = no more than the least
  const char* reason;  // why more than the least is sent; "" where it is not
  const char* asks;    // what the query string of the last request must hold; "" = anything
};

std::span<const QueryShape> QueryShapes();

}  // namespace infusionsoft::sqlite_test
