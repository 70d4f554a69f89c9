// SPDX-License-Identifier: MIT
// Smaller SQL, token by token. It knows no grammar: what is no SQL any more is answered by no database.
#include <algorithm>
#include <cctype>
#include <string_view>

#include "shrink.h"

namespace infusionsoft::differential {
namespace {

struct Token {
  std::string text;
  std::string space;  // behind it
};

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':' || c == '.'; }

// The length of the token at the front of `sql`: quoted, a word or a number, or one character.
size_t TokenLength(std::string_view sql) {
  const bool is_blob = sql.starts_with("x'") || sql.starts_with("X'");
  const size_t start = is_blob ? 1 : 0;
  if (sql[start] == '\'' || sql[start] == '"') {
    for (size_t end = start + 1; end < sql.size(); ++end) {
      if (sql[end] != sql[start]) continue;
      if (end + 1 < sql.size() && sql[end + 1] == sql[start]) {
        ++end;
      } else {
        return end + 1;
      }
    }
    return sql.size();
  }
  size_t end = 0;
  while (end < sql.size() && IsWordCharacter(sql[end])) ++end;
  return end == 0 ? 1 : end;
}

std::vector<Token> Tokens(std::string_view sql) {
  std::vector<Token> tokens;
  while (!sql.empty()) {
    const size_t size = TokenLength(sql);
    const size_t next = std::min(sql.find_first_not_of(' ', size), sql.size());
    tokens.push_back({std::string(sql.substr(0, size)), std::string(sql.substr(size, next - size))});
    sql.remove_prefix(next);
  }
  return tokens;
}

std::string Joined(const std::vector<Token>& tokens, size_t without_first = 0, size_t without_end = 0) {
  std::string sql;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i < without_first || i >= without_end) sql += tokens[i].text + tokens[i].space;
  }
  return sql;
}

std::vector<std::string> SmallerLiterals(const std::string& literal) {
  if (literal.starts_with('\'') && literal.size() > 2) {
    const std::string text = literal.substr(1, literal.size() - 2);
    return {"''", "'" + text.substr(0, text.size() / 2) + "'", "'" + text.substr(text.size() / 2) + "'"};
  }
  if (std::isdigit(static_cast<unsigned char>(literal[0])) != 0 && literal.size() > 1) {
    const bool is_whole = literal.find_first_not_of("0123456789") == std::string::npos;
    return {"0", "1", is_whole ? literal.substr(0, literal.size() / 2) : "2"};
  }
  return {};
}

// Where the parenthesis that is open at `at` is closed, or the end.
size_t EndOfGroup(const std::vector<Token>& tokens, size_t at) {
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (tokens[at].text == "(") ++depth;
    if (tokens[at].text == ")" && --depth < 0) return at;
  }
  return at;
}

// The end of the list item that begins at `at`.
size_t EndOfItem(const std::vector<Token>& tokens, size_t at) {
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (tokens[at].text == "(") ++depth;
    if (tokens[at].text == ")" && --depth < 0) return at;
    if (tokens[at].text == "," && depth == 0) return at + 1;
  }
  return at;
}

}  // namespace

std::vector<std::string> SmallerTexts(const std::string& sql) {
  std::vector<std::string> smaller;
  // Without its order a LIMIT chooses other rows.
  if (sql.find(" LIMIT ") != std::string::npos) return smaller;
  const std::vector<Token> tokens = Tokens(sql);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string& text = tokens[i].text;
    if (text == "AND" || text == "WHERE") smaller.push_back(Joined(tokens, i, EndOfGroup(tokens, i)));
    if (text == "COLLATE") smaller.push_back(Joined(tokens, i, i + 2));
    if (text == "NOT") smaller.push_back(Joined(tokens, i, i + 1));
    if (text == "," || text == "(") smaller.push_back(Joined(tokens, i + 1, EndOfItem(tokens, i + 1)));
    if (text == ",") smaller.push_back(Joined(tokens, i, EndOfGroup(tokens, i)));
    for (const std::string& literal : SmallerLiterals(text)) {
      std::vector<Token> simpler = tokens;
      simpler[i].text = literal;
      smaller.push_back(Joined(simpler));
    }
  }
  return smaller;
}

}  // namespace infusionsoft::differential
