// SPDX-License-Identifier: MIT
#include "mock_account.h"

#include "request_check.h"

namespace infusionsoft::official {
namespace {

MockCell ReadCell(sqlite3_stmt* statement, int column) {
  constexpr const char* kTypes[] = {"", "integer", "real", "text", "blob", "null"};  // by SQLITE_INTEGER and so on
  const std::string type = kTypes[sqlite3_column_type(statement, column)];
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return {type, text == nullptr ? "" : text};
}

}  // namespace

MockAccount::MockAccount(NumberStyle numbers) : server_(numbers) {
  database_.Run("SELECT infusionsoft_connect('URL=" + server_.url() + ";OAuthAccessToken=token')");
}

std::vector<MockCell> MockAccount::FirstRow(const std::string& sql) {
  std::vector<MockCell> cells;
  sqlite3_stmt* statement = nullptr;
  error_.clear();
  int code = sqlite3_prepare_v2(database_.handle(), sql.c_str(), -1, &statement, nullptr);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) cells.push_back(ReadCell(statement, i));
  } else if (code != SQLITE_DONE) {
    error_ = sql + ": " + sqlite3_errmsg(database_.handle());
  }
  sqlite3_finalize(statement);
  requests_ = server_.TakeRequests();
  sent_ += requests_.size();
  for (size_t i = 0; i < requests_.size(); ++i) {
    const MockRequest& request = requests_[i];
    const bool was_respelled = request.refusal.starts_with(kSpelling) && i + 1 < requests_.size() &&
                               requests_[i + 1].operation == request.operation && requests_[i + 1].refusal.empty();
    if (was_respelled) {
      respelled_.insert(request.operation->path);
    } else if (!request.refusal.empty()) {
      refused_.push_back(sql + ": GET " + request.target + ": " + request.refusal);
    }
  }
  return cells;
}

std::string TableName(const Entity& entity) { return "infusionsoft_" + entity.name; }

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

}  // namespace infusionsoft::official
