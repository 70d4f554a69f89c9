// SPDX-License-Identifier: MIT
#include "script.h"

#include <array>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

namespace infusionsoft::sql_tests {
namespace {

using Kind = Record::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 8> kNames = {{
    {"statement ok", Kind::kStatementOk},
    {"statement error", Kind::kStatementError},
    {"query", Kind::kQuery},
    {"same", Kind::kSame},
    {"requests", Kind::kRequests},
    {"plan", Kind::kPlan},
    {"sandbox", Kind::kSandbox},
    {"run", Kind::kRun},
}};

constexpr std::string_view kSeparator = "----";

bool HasSql(Kind kind) {
  return kind == Kind::kStatementOk || kind == Kind::kStatementError || kind == Kind::kQuery || kind == Kind::kSame;
}

class Reader {
 public:
  Reader(std::string path, const std::map<std::string, std::string>& variables)
      : path_(std::move(path)), file_(path_), variables_(variables) {}

  Script Read() {
    if (!file_) Fail("cannot be read");
    std::string line;
    while (script_.error.empty() && NextLine(line)) {
      if (line.empty() || line.starts_with('#')) continue;
      ReadRecord(line);
    }
    if (script_.error.empty() && script_.records.empty()) Fail("no records");
    return std::move(script_);
  }

 private:
  void Fail(const std::string& what) {
    if (script_.error.empty()) script_.error = path_ + ":" + std::to_string(line_) + ": " + what;
  }

  bool NextLine(std::string& line) {
    if (!std::getline(file_, line)) return false;
    ++line_;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    size_t from = 0;
    while ((from = line.find("${", from)) != std::string::npos) {
      const size_t end = line.find('}', from);
      const auto found =
          end == std::string::npos ? variables_.end() : variables_.find(line.substr(from + 2, end - from - 2));
      if (found == variables_.end()) {
        Fail("unknown variable in " + line);
        return true;
      }
      line.replace(from, end - from + 1, found->second);
      from += found->second.size();
    }
    return true;
  }

  // The lines up to an empty one, or to the separator. True at the separator.
  bool ReadBlock(std::vector<std::string>& lines) {
    std::string line;
    while (NextLine(line) && !line.empty()) {
      if (line == kSeparator) return true;
      lines.push_back(line);
    }
    return false;
  }

  std::string ReadSql(bool& separated) {
    std::vector<std::string> lines;
    separated = ReadBlock(lines);
    std::string sql;
    for (const std::string& line : lines) sql += line + "\n";
    if (sql.empty()) Fail("a record without SQL");
    return sql;
  }

  void ReadRecord(const std::string& line) {
    Record record;
    record.line = line_;
    std::optional<Kind> kind;
    for (const auto& [name, meaning] : kNames) {
      if (!line.starts_with(name) || (line.size() > name.size() && line[name.size()] != ' ')) continue;
      kind = meaning;
      record.argument = line.substr(std::min(line.size(), name.size() + 1));
    }
    if (!kind) return Fail("unknown record: " + line);
    record.kind = *kind;
    if (HasSql(*kind)) ReadBody(record);
    script_.records.push_back(std::move(record));
  }

  void ReadBody(Record& record) {
    bool separated = false;
    record.sql = ReadSql(separated);
    const bool needs_second_part = record.kind == Kind::kQuery || record.kind == Kind::kSame;
    if (separated != needs_second_part) return Fail(needs_second_part ? "---- is missing" : "---- has no meaning here");
    if (record.kind == Kind::kQuery && ReadBlock(record.expected)) Fail("a second ----");
    if (record.kind == Kind::kSame) {
      record.other_sql = ReadSql(separated);
      if (separated) Fail("a second ----");
    }
  }

  const std::string path_;
  std::ifstream file_;
  const std::map<std::string, std::string>& variables_;
  int line_ = 0;
  Script script_;
};

}  // namespace

Script ReadScript(const std::string& path, const std::map<std::string, std::string>& variables) {
  return Reader(path, variables).Read();
}

}  // namespace infusionsoft::sql_tests
