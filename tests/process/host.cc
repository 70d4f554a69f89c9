// SPDX-License-Identifier: MIT
#include "host.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace infusionsoft::process_test {
namespace {

constexpr unsigned kPatienceSeconds = 60;

int AddRow(void* text, int count, char** cells, char** /*names*/) {
  for (int i = 0; i < count; ++i) *static_cast<std::string*>(text) += std::string(cells[i] == nullptr ? "" : cells[i]) + "|";
  return 0;
}

void WriteAll(int fd, const std::string& text) {
  size_t done = 0;
  ssize_t wrote = 0;
  while (done < text.size() && (wrote = write(fd, text.data() + done, text.size() - done)) > 0)
    done += static_cast<size_t>(wrote);
}

}  // namespace

Database::Database(const std::string& connection) {
  sqlite3_open(":memory:", &handle_);
  sqlite3_enable_load_extension(handle_, 1);
  char* error = nullptr;
  if (sqlite3_load_extension(handle_, EXTENSION, nullptr, &error) != SQLITE_OK) error_ = std::string("error: ") + error;
  sqlite3_free(error);
  const std::string connected = error_.empty() ? Run("SELECT infusionsoft_connect('" + connection + "')") : "";
  if (connected.starts_with("error")) error_ = connected;
}

std::string Database::Run(const std::string& sql) {
  if (!error_.empty()) return error_;
  std::string text;
  char* error = nullptr;
  if (sqlite3_exec(handle_, sql.c_str(), AddRow, &text, &error) != SQLITE_OK) text = std::string("error: ") + error;
  sqlite3_free(error);
  return text;
}

Child::Child(const std::function<std::string()>& body) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  id_ = fork();
  REQUIRE(id_ >= 0);
  if (id_ == 0) {
    close(ends[0]);
    alarm(kPatienceSeconds);
    WriteAll(ends[1], body());
    _exit(0);
  }
  close(ends[1]);
  result_ = ends[0];
}

Child::Child(Child&& other) noexcept : id_(std::exchange(other.id_, 0)), result_(std::exchange(other.result_, -1)) {}

Child::~Child() {
  if (id_ > 0) {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
  if (result_ >= 0) close(result_);
}

std::string Child::Wait() {
  std::string text;
  char buffer[4096];
  ssize_t size = 0;
  while ((size = read(result_, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<size_t>(size));
  int status = 0;
  REQUIRE(waitpid(id_, &status, 0) == id_);
  id_ = 0;
  return WIFSIGNALED(status) ? "killed by signal " + std::to_string(WTERMSIG(status)) : text;
}

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "infusionsoft-process-XXXXXX").string();
  REQUIRE(mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace infusionsoft::process_test
