// SPDX-License-Identifier: MIT
// The project's own files, as text.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace infusionsoft {

struct SourceFile {
  std::string path;  // from the project's folder on
  std::string text;
};

inline std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::vector<SourceFile> FilesBelow(const std::string& folder) {
  const std::filesystem::path root(SOURCE_FOLDER);
  std::vector<SourceFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (!entry.is_regular_file()) continue;
    files.push_back({std::filesystem::relative(entry.path(), root).string(), ReadText(entry.path())});
  }
  return files;
}

inline std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// "a | b" of "| a | b |", without spaces around.
inline std::vector<std::string> TableCells(std::string_view line) {
  std::vector<std::string> cells;
  if (!line.starts_with("| ")) return cells;
  line.remove_prefix(1);
  while (!line.empty()) {
    const size_t end = line.find('|');
    std::string cell(line.substr(0, end));
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    cells.push_back(std::move(cell));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  if (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

}  // namespace infusionsoft
