// SPDX-License-Identifier: MIT
// ValueGenerator: SQL literals to compare a column with: its own values, changed ones, and nonsense.
#pragma once

#include <string>

#include "account.h"
#include "random.h"

namespace infusionsoft::differential {

// Of a text literal.
bool EndsInSpace(const std::string& literal);

class ValueGenerator {
 public:
  explicit ValueGenerator(Random& random) : random_(random) {}

  // A literal for a comparison with `column`.
  std::string Value(const ColumnInfo& column);
  // A time of `column`, written in one of many ways.
  std::string Moment(const ColumnInfo& column);
  // A value of `column` in another case, or with other spaces at its end; under NOCASE mostly in another case.
  std::string Alike(const ColumnInfo& column, bool no_case = false);
  // The same of a value that ends in a space, if there is one.
  std::string AlikeWithSpace(const ColumnInfo& column);
  // A literal for LIKE or GLOB.
  std::string LikePattern(const ColumnInfo& column);
  std::string GlobPattern(const ColumnInfo& column);

 private:
  std::string Sample(const ColumnInfo& column);
  // The text of a sample, without its quotes.
  std::string SampleText(const ColumnInfo& column);
  std::string Nonsense();
  std::string NumberLike(const std::string& literal);
  std::string TextLike(const std::string& text);
  std::string TimeLike(const std::string& text);
  std::string Zoned(const std::string& text);

  Random& random_;
};

}  // namespace infusionsoft::differential
