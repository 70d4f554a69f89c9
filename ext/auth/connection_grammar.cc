// SPDX-License-Identifier: MIT
// The grammar of a connection string: pairs, quotes, positions. What the names mean stands in property_table.cc.
//
// No message repeats a value, and a name only when it looks like one: where a ';' or a quote is missing, a piece of a
// secret stands in the place of a name.
#include <algorithm>
#include <utility>

#include "auth/connection_options.h"
#include "auth/property_table.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

bool IsSpace(char c) { return !Trim(std::string_view(&c, 1)).size(); }
bool IsQuote(char c) { return c == '\'' || c == '"'; }

class PairScanner {
 public:
  explicit PairScanner(std::string_view text) : text_(text) {}

  Result<std::vector<PropertyText>> Scan() {
    for (;;) {
      while (at_ < text_.size() && (IsSpace(text_[at_]) || text_[at_] == ';')) ++at_;
      if (at_ == text_.size()) return std::move(pairs_);
      if (Status status = ScanPair(); !status.ok()) return status;
    }
  }

 private:
  Status ScanPair() {
    PropertyText pair;
    pair.position = at_ + 1;
    pair.after_secret = !pairs_.empty() && MayHoldSecret(pairs_.back());
    const size_t stop = text_.find_first_of("=;", at_);
    if (stop == std::string_view::npos || text_[stop] == ';') return NoEqualsSign();
    pair.name = Trim(text_.substr(at_, stop - at_));
    if (pair.name.empty()) return InvalidArgument("a name is missing before '=' at " + Place(stop) + AfterLast());
    at_ = stop + 1;
    while (at_ < text_.size() && text_[at_] != ';' && IsSpace(text_[at_])) ++at_;
    const Status status = at_ < text_.size() && IsQuote(text_[at_]) ? ScanQuoted(pair) : ScanPlain(pair);
    if (status.ok()) pairs_.push_back(std::move(pair));
    return status;
  }

  Status ScanQuoted(PropertyText& pair) {
    const char quote = text_[at_++];
    for (;; ++at_) {
      if (at_ == text_.size()) {
        return InvalidArgument(Name(pair) + ": the value starts with a quote that is never closed");
      }
      if (text_[at_] != quote) {
        pair.value += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
        pair.value += text_[at_++];
      } else {
        break;
      }
    }
    for (++at_; at_ < text_.size() && text_[at_] != ';'; ++at_) {
      if (!IsSpace(text_[at_])) {
        return InvalidArgument(Name(pair) +
                               ": there is text after the closing quote of the value; a quote inside a "
                               "quoted value is written twice");
      }
    }
    return Status();
  }

  Status ScanPlain(PropertyText& pair) {
    const size_t stop = std::min(text_.find(';', at_), text_.size());
    const std::string_view value = Trim(text_.substr(at_, stop - at_));
    if (std::any_of(value.begin(), value.end(), IsQuote)) {
      return InvalidArgument(Name(pair) +
                             ": a value that contains a quote must stand in quotes, with that quote doubled "
                             "inside if it is of the same kind");
    }
    pair.value = value;
    at_ = stop;
    return Status();
  }

  Status NoEqualsSign() const {
    return InvalidArgument("name=value is expected at " + Place(at_) + ", but there is no '='" + AfterLast());
  }
  std::string AfterLast() const {
    if (pairs_.empty()) return "";
    const PropertyText& last = pairs_.back();
    return "; if the value of " + Name(last) + " contains ';', put it in quotes";
  }
  static std::string Place(size_t offset) { return "position " + std::to_string(offset + 1); }
  static std::string Name(const PropertyText& pair) { return DescribeProperty(pair); }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<PropertyText> pairs_;
};

// SQL's ways to quote: 'text', "text", `text` with the quote doubled inside, [text].
Result<std::string> RemoveSqlQuotes(std::string_view argument) {
  if (argument.size() < 2 || std::string_view("'\"`[").find(argument.front()) == std::string_view::npos) {
    return std::string(argument);
  }
  const char quote = argument.front() == '[' ? ']' : argument.front();
  std::string text;
  for (size_t i = 1; i < argument.size(); ++i) {
    if (argument[i] != quote) {
      text += argument[i];
    } else if (i + 1 == argument.size()) {
      return text;
    } else if (quote != ']' && argument[i + 1] == quote) {
      text += argument[i++];
    } else {
      return InvalidArgument("there is text after the closing quote");
    }
  }
  return InvalidArgument("the quote is never closed");
}

}  // namespace

Result<std::vector<PropertyText>> SplitConnectionString(std::string_view text) { return PairScanner(text).Scan(); }

Result<std::string> ValueIn(std::string_view text, std::string_view name) {
  auto pairs = SplitConnectionString(text);
  if (!pairs) return std::move(pairs).status();
  std::string value;
  size_t first = 0;
  for (const PropertyText& pair : *pairs) {
    if (!IsPropertyName(name, pair.name)) continue;
    if (first != 0) return DuplicateProperty(pair, first);
    first = pair.position;
    value = pair.value;
  }
  return value;
}

Result<std::string> JoinModuleArguments(std::span<const char* const> arguments) {
  std::string joined;
  for (size_t i = 0; i < arguments.size(); ++i) {
    auto text = RemoveSqlQuotes(Trim(arguments[i] == nullptr ? "" : arguments[i]));
    // Each argument must be whole by itself: an open quote must not swallow the beginning of the next one.
    Status status = text ? SplitConnectionString(*text).status() : text.status();
    if (!status.ok())
      return status.WithContext(arguments.size() > 1 ? "argument " + std::to_string(i + 1) : "argument");
    if (!joined.empty()) joined += ';';
    joined += *text;
  }
  return joined;
}

}  // namespace infusionsoft
