// SPDX-License-Identifier: MIT
#include "auth/browser_command.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace infusionsoft {
namespace {

std::string Variable(const BrowserEnvironment& environment, const char* name) {
  const char* value = environment.variable(name);
  return value == nullptr ? "" : value;
}

bool IsProgram(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
}

// As a shell finds it, but never in the current directory; "" when there is none.
std::string FindProgram(const BrowserEnvironment& environment, const std::string& name) {
  if (name.empty()) return "";
  if (name.find('/') != std::string::npos) return name.starts_with('/') && IsProgram(name) ? name : "";
  const std::string directories = Variable(environment, "PATH");
  for (std::string_view directory : Split(directories, ':')) {
    if (!directory.starts_with('/')) continue;
    const std::string path = std::string(directory) + "/" + name;
    if (IsProgram(path)) return path;
  }
  return "";
}

std::vector<std::string> CommandLine(std::string_view entry, const std::string& url) {
  std::vector<std::string> words;
  bool has_url = false;
  for (std::string_view part : Split(entry, ' ')) {
    if (part.empty()) continue;
    std::string word(part);
    for (size_t at = 0; (at = word.find("%s", at)) != std::string::npos; at += url.size()) {
      word.replace(at, 2, url);
      has_url = true;
    }
    words.push_back(std::move(word));
  }
  if (!words.empty() && !has_url) words.push_back(url);
  return words;
}

}  // namespace

std::vector<std::vector<std::string>> BrowserCommands(const BrowserEnvironment& environment, const std::string& url) {
  std::vector<std::vector<std::string>> commands;
  const auto add = [&](std::vector<std::string> words) {
    if (words.empty()) return;
    words[0] = FindProgram(environment, words[0]);
    if (!words[0].empty()) commands.push_back(std::move(words));
  };
  const std::string list = Variable(environment, "BROWSER");
  for (std::string_view entry : Split(list, ':')) add(CommandLine(entry, url));
  const bool has_display =
      !Variable(environment, "DISPLAY").empty() || !Variable(environment, "WAYLAND_DISPLAY").empty();
  if (has_display) add({"xdg-open", url});
  return commands;
}

}  // namespace infusionsoft
