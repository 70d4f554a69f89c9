// SPDX-License-Identifier: MIT
// tests_sql EXTENSION FILE...: runs .test and .sql files against the real extension and a fresh sandbox for each file.
//
// A file is a list of records; '#' begins a comment line, an empty line ends a record's SQL or rows.
//
//   statement ok               The SQL on the next lines succeeds. Its rows are not looked at.
//   statement error A ... B    It fails, and its message holds A and, after it, B (any number of parts).
//   query                      The SQL, then a line "----", then exactly its rows in this order: values separated by '|',
//                              NULL for NULL, (empty) for ''. No rows after "----" means: no rows.
//   same                       Two statements with "----" between them give the same rows in the same order, at least one.
//   same empty                 The same, and no rows.
//   requests N                 The SQL before (of `same`: its first part) sent exactly N API requests.
//   requests <= N              At most N.
//   plan TEXT                  EXPLAIN QUERY PLAN of the SQL after it (of `same`: of its first part) holds TEXT.
//   plan not TEXT              It does not.
//   run FILE                   Runs a .sql file, named from the folder of this file.
//   sandbox freedom NAME on    The server uses one of its freedoms from now on; "off" ends that.
//   sandbox fault TEXT         A fault, such as "500:next=2" (sandbox.h: FaultFromText).
//   sandbox clear              No more faults.
//   sandbox expire             All access tokens have expired.
//
// A .sql file of the project is run with the account connected, without a name and as `account`. Each statement must succeed; a
// query must give a row, because one without shows its reader nothing; and where the comment before it ends in "1 request." or
// "3 requests.", it must send just these.
//
// Variables: ${connection} a connection string that works; ${servers} only its URL properties; ${url} the server's address;
// ${n} differs from file to file.
//
// No message of an error may ever hold one of the sandbox's secrets; this is checked for every statement of every file.
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox.h"
#include "script.h"

namespace infusionsoft::sql_tests {
namespace {

using sandbox::Sandbox;
using Kind = Record::Kind;

struct Outcome {
  std::vector<std::string> rows;
  bool is_query = false;  // has columns, with or without rows
  std::optional<std::string> error;
  uint64_t requests = 0;
};

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

std::string Cell(sqlite3_stmt* statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return "NULL";
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  const std::string value = text == nullptr ? "" : text;
  if (value.empty()) return "(empty)";
  std::string escaped;
  for (const char c : value) escaped += c == '\n' ? std::string("\\n") : std::string(1, c);
  return escaped;
}

// One statement, or several separated by ';': the rows of all.
Outcome Execute(sqlite3* handle, const std::string& sql) {
  Outcome outcome;
  const char* rest = sql.c_str();
  while (*rest != '\0') {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(handle, rest, -1, &prepared, &rest) != SQLITE_OK) {
      outcome.error = sqlite3_errmsg(handle);
      return outcome;
    }
    const Statement statement(prepared);
    if (statement == nullptr) continue;
    outcome.is_query = sqlite3_column_count(statement.get()) > 0;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
      std::string row;
      for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) row += (i == 0 ? "" : "|") + Cell(statement.get(), i);
      outcome.rows.push_back(std::move(row));
    }
    if (code != SQLITE_DONE) {
      outcome.error = sqlite3_errmsg(handle);
      return outcome;
    }
  }
  return outcome;
}

// The parts of "A ... B" in their order.
bool HoldsParts(std::string_view text, std::string_view pattern) {
  constexpr std::string_view kGap = " ... ";
  while (true) {
    const size_t gap = pattern.find(kGap);
    const std::string_view part = pattern.substr(0, gap);
    const size_t found = text.find(part);
    if (found == std::string_view::npos) return false;
    if (gap == std::string_view::npos) return true;
    text.remove_prefix(found + part.size());
    pattern.remove_prefix(gap + kGap.size());
  }
}

std::string Lines(const std::vector<std::string>& rows) {
  std::string text;
  for (const std::string& row : rows) text += "    " + row + "\n";
  return text.empty() ? "    (no rows)\n" : text;
}

class Runner {
 public:
  Runner(std::string file, const char* extension) : file_(std::move(file)), extension_(extension) {}

  // True when every record is right. A failure prints where, what and why.
  bool Run() {
    sandbox_ = Sandbox::Start();
    if (sandbox_ == nullptr) return Fail(0, "the sandbox does not start");
    if (!OpenDatabase()) return false;
    const bool is_sql = file_.ends_with(".sql");
    if (is_sql && !ConnectAccount()) return false;
    return is_sql ? RunScript(ReadSqlFile(file_)) : RunScript(ReadScript(file_, Variables()));
  }

 private:
  bool RunScript(const Script& script) {
    if (!script.error.empty()) {
      std::fprintf(stderr, "%s\n", script.error.c_str());
      return false;
    }
    bool ok = true;
    for (const Record& record : script.records) ok = RunRecord(record) && ok;
    if (!plans_.empty()) ok = Fail(plans_.back().line, "a plan without SQL after it");
    if (ok) std::printf("%s: %zu records, all right\n", file_.c_str(), script.records.size());
    return ok;
  }

  bool ConnectAccount() {
    const std::string connection = Variables()["connection"];
    const Outcome outcome = Execute(database_.get(), "SELECT infusionsoft_connect('" + connection +
                                                         "'), infusionsoft_connect('account', '" + connection + "')");
    return !outcome.error || Fail(0, *outcome.error);
  }

  bool Fail(int line, const std::string& what) const {
    std::fprintf(stderr, "%s:%d: %s\n", file_.c_str(), line, what.c_str());
    return false;
  }

  bool OpenDatabase() {
    sqlite3* handle = nullptr;
    sqlite3_open(":memory:", &handle);
    database_.reset(handle);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    char* message = nullptr;
    if (sqlite3_load_extension(handle, extension_, nullptr, &message) == SQLITE_OK) return true;
    const std::string text = message == nullptr ? "no message" : message;
    sqlite3_free(message);
    return Fail(0, std::string("loading ") + extension_ + ": " + text);
  }

  std::map<std::string, std::string> Variables() const {
    const std::string servers = "URL=" + sandbox_->api_url() + ";OAuthAuthorizationURL=" + sandbox_->authorize_url() +
                                ";OAuthAccessTokenURL=" + sandbox_->token_url();
    return {{"connection", "InitiateOAuth=OFF;OAuthAccessToken=" + sandbox_->options().access_token + ";" + servers},
            {"servers", servers},
            {"url", sandbox_->url()},
            {"n", std::to_string(sandbox_->port())}};
  }

  bool RunRecord(const Record& record) {
    switch (record.kind) {
      case Kind::kPlan:
        plans_.push_back(record);
        return true;
      case Kind::kRequests:
        return CheckRequests(record);
      case Kind::kSandbox:
        return SetSandbox(record);
      case Kind::kRun:
        return RunFile(record);
      case Kind::kExample:
        return RunExample(record);
      default:
        return RunSql(record);
    }
  }

  bool RunSql(const Record& record) {
    bool ok = CheckPlans(record);
    const uint64_t before = sandbox_->api_requests();
    Outcome outcome = Execute(database_.get(), record.sql);
    last_requests_ = sandbox_->api_requests() - before;
    if (outcome.error && HoldsSecret(*outcome.error)) ok = Fail(record.line, "a secret in the message: " + *outcome.error);
    if (record.kind == Kind::kStatementError) return CheckError(record, outcome) && ok;
    if (outcome.error) return Fail(record.line, *outcome.error);
    if (record.kind == Kind::kQuery && outcome.rows != record.expected) {
      return Fail(record.line,
                  "these rows were expected:\n" + Lines(record.expected) + "  these came:\n" + Lines(outcome.rows));
    }
    if (record.kind == Kind::kSame) ok = CheckSame(record, outcome) && ok;
    return ok;
  }

  bool RunFile(const Record& record) {
    const Script script = ReadSqlFile(std::filesystem::path(file_).parent_path() / record.argument);
    if (!script.error.empty()) return Fail(record.line, script.error);
    for (const Record& example : script.records) {
      if (!RunExample(example)) return Fail(record.line, "in " + record.argument);
    }
    return true;
  }

  bool RunExample(const Record& record) {
    const uint64_t before = sandbox_->api_requests();
    const Outcome outcome = Execute(database_.get(), record.sql);
    last_requests_ = sandbox_->api_requests() - before;
    if (outcome.error) return Fail(record.line, *outcome.error);
    if (outcome.is_query && outcome.rows.empty()) return Fail(record.line, "no rows");
    if (record.argument.empty() || record.argument == std::to_string(last_requests_)) return true;
    return Fail(record.line, "the comment says " + record.argument + " requests, but " + std::to_string(last_requests_) +
                                 " were sent:\n" + LastRequests());
  }

  std::string LastRequests() const {
    std::string sent;
    const auto all = sandbox_->Requests();
    for (size_t i = all.size() - std::min<size_t>(all.size(), last_requests_); i < all.size(); ++i) {
      sent += "    " + all[i].path + "?" + all[i].query + "\n";
    }
    return sent;
  }

  bool CheckError(const Record& record, const Outcome& outcome) const {
    if (!outcome.error) return Fail(record.line, "an error was expected; it succeeded with\n" + Lines(outcome.rows));
    if (!HoldsParts(*outcome.error, record.argument)) {
      return Fail(record.line, "the message should hold: " + record.argument + "\n  it is: " + *outcome.error);
    }
    return true;
  }

  bool CheckSame(const Record& record, const Outcome& outcome) const {
    const Outcome other = Execute(database_.get(), record.other_sql);
    if (other.error) return Fail(record.line, "second part: " + *other.error);
    if (outcome.rows != other.rows) {
      return Fail(record.line, "the first gives\n" + Lines(outcome.rows) + "  and the second\n" + Lines(other.rows));
    }
    const bool expects_none = record.argument == "empty";
    if (outcome.rows.empty() != expects_none) {
      return Fail(record.line, expects_none ? "no rows were expected" : "both give no rows, which proves little");
    }
    return true;
  }

  bool CheckPlans(const Record& record) {
    if (plans_.empty()) return true;
    std::string text;
    const Outcome outcome = Execute(database_.get(), "EXPLAIN QUERY PLAN " + record.sql);
    if (outcome.error) text = *outcome.error;
    for (const std::string& row : outcome.rows) text += row + "\n";
    bool ok = true;
    for (const Record& plan : plans_) {
      const bool negated = plan.argument.starts_with("not ");
      const std::string wanted = plan.argument.substr(negated ? 4 : 0);
      if ((text.find(wanted) == std::string::npos) != negated) {
        ok = Fail(plan.line, "plan: " + plan.argument + "\n  it is:\n" + text);
      }
    }
    plans_.clear();
    return ok;
  }

  bool CheckRequests(const Record& record) const {
    const bool at_most = record.argument.starts_with("<= ");
    std::istringstream text(record.argument.substr(at_most ? 3 : 0));
    uint64_t wanted = 0;
    if (!(text >> wanted)) return Fail(record.line, "requests N, or requests <= N");
    if (at_most ? last_requests_ <= wanted : last_requests_ == wanted) return true;
    return Fail(record.line, "requests " + record.argument + ", but " + std::to_string(last_requests_) + " were sent:\n" +
                                 LastRequests());
  }

  bool SetSandbox(const Record& record) const {
    std::istringstream words(record.argument);
    std::string what, name, state;
    words >> what >> name >> state;
    const auto freedom = sandbox::FreedomFromName(name);
    const auto fault = sandbox::FaultFromText(name);
    if (what == "freedom" && freedom && (state == "on" || state == "off")) {
      sandbox_->SetFreedom(*freedom, state == "on");
    } else if (what == "fault" && fault) {
      sandbox_->AddFault(*fault);
    } else if (what == "clear") {
      sandbox_->ClearFaults();
    } else if (what == "expire") {
      sandbox_->ExpireAccessTokens();
    } else {
      return Fail(record.line, "the sandbox does not know: " + record.argument);
    }
    return true;
  }

  bool HoldsSecret(std::string_view text) const {
    const sandbox::SandboxOptions& options = sandbox_->options();
    for (const std::string& secret : {options.client_secret, options.access_token, options.refresh_token, options.api_key}) {
      if (text.find(secret) != std::string_view::npos) return true;
    }
    return false;
  }

  const std::string file_;
  const char* const extension_;
  std::unique_ptr<Sandbox> sandbox_;  // outlives the connections to it
  Database database_;
  std::vector<Record> plans_;  // for the next SQL
  uint64_t last_requests_ = 0;
};

}  // namespace
}  // namespace infusionsoft::sql_tests

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: tests_sql EXTENSION FILE...\n", stderr);
    return 2;
  }
  bool ok = true;
  for (int i = 2; i < argc; ++i) ok = infusionsoft::sql_tests::Runner(argv[i], argv[1]).Run() && ok;
  return ok ? 0 : 1;
}
