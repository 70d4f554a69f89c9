// SPDX-License-Identifier: MIT
#include "scenario.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>

#include "sqlite/extension_init.h"

namespace infusionsoft::memory_test {
namespace {

constexpr uint64_t kContacts = 12;

// No limits: the client would wait for the next minute. Times and names are the same in every run.
sandbox::SandboxOptions SmallAccount() {
  sandbox::SandboxOptions options;
  options.sizes.contacts = kContacts;
  options.rate_per_minute = 100'000'000;
  return options;
}

std::string Connect(const std::string& connection) { return "SELECT infusionsoft_connect('" + connection + "')"; }

constexpr const char* kCount = "SELECT count(*), max(id) FROM infusionsoft_contacts";

void Must(const Answer& answer) {
  if (answer.code == SQLITE_OK) return;
  std::fprintf(stderr, "a scenario cannot be prepared: %s\n", answer.text.c_str());
  std::abort();
}

// One statement on a connection that is made once.
Scenario Query(std::string name, std::string more, std::string sql) {
  const auto prepare = [more](Host& host) {
    if (host.database() == nullptr) {
      host.Open();
      Must(host.Run("CREATE TABLE local(id INTEGER PRIMARY KEY, note)"));
      Must(host.Run("INSERT INTO local SELECT value, 'n' || value FROM json_each('[1,3,5,900]')"));
      Must(host.Run(Connect(host.WithToken(more))));
    }
  };
  const auto run = [sql](Host& host) { return host.Run(sql); };
  return {std::move(name), prepare, run, run, 1};
}

Scenario FirstConnect() {
  const auto prepare = [](Host& host) {
    host.Close();
    host.Open();
    // A time-out of its own makes it another account, and so another session.
    host.set_statement(Connect(host.WithToken("Timeout=" + std::to_string(1000 + host.count()))));
  };
  const auto attempt = [](Host& host) { return host.RunStatement(); };
  const auto verify = [](Host& host) {
    Must(host.RunStatement());
    return host.Run(kCount);
  };
  return {"connect", prepare, attempt, verify, 1};
}

// The statement that makes local copies, each time from scratch.
Scenario Copies() {
  Scenario scenario = Query("copies made", "", "SELECT count(*) FROM infusionsoft_contacts");
  scenario.prepare = [](Host& host) {
    if (host.database() == nullptr) host.Open();
    Must(host.Run(Connect(host.WithToken("Pagesize=5;AutoCache=true;CacheTolerance=0;CacheLocation=" + host.folder() + "/copies"))));
  };
  return scenario;
}

Scenario CustomFieldColumns() {
  const auto prepare = [](Host& host) {
    if (host.database() == nullptr) {
      host.Open();
      Must(host.Run(Connect(host.WithToken(""))));
    }
    Must(host.Run("DROP TABLE IF EXISTS people"));
    host.set_statement("CREATE VIRTUAL TABLE people USING infusionsoft_contacts(CustomFields=columns)");
  };
  const auto attempt = [](Host& host) { return host.RunStatement(); };
  const auto verify = [](Host& host) {
    Must(host.Run("CREATE VIRTUAL TABLE IF NOT EXISTS people USING infusionsoft_contacts(CustomFields=columns)"));
    return host.Run("SELECT count(*), (SELECT count(*) FROM people_fields) FROM people");
  };
  return {"custom fields", prepare, attempt, verify, 7};
}

// A refresh spends the refresh token: the new one must be in the file or in the memory of the process, whatever fails.
Scenario Refresh(std::string name, std::string more, int stride) {
  const auto prepare = [more](Host& host) {
    host.set_statement("SELECT infusionsoft_refresh_token() > '2000'");
    if (host.database() != nullptr) return;
    host.Open();
    Must(host.Run(Connect(host.WithTokenFile(more))));
    Must(host.Run(kCount));
  };
  const auto attempt = [](Host& host) { return host.RunStatement(); };
  const auto verify = [](Host& host) {
    const Answer again = host.Run("SELECT infusionsoft_refresh_token() > '2000'");
    return again.code == SQLITE_OK ? host.Run(kCount) : again;
  };
  return {std::move(name), prepare, attempt, verify, stride, true};
}

// A query whose access token the server has stopped to take: 401, a refresh, the request again.
Scenario AfterUnauthorized() {
  Scenario scenario = Refresh("refresh after 401", "", 3);
  const auto prepare = scenario.prepare;
  scenario.prepare = [prepare](Host& host) {
    prepare(host);
    host.set_statement(kCount);
    host.server().ExpireAccessTokens();
  };
  return scenario;
}

Scenario Refused() {
  Scenario scenario = Query("error", "Pagesize=5", "SELECT id FROM infusionsoft_contacts WHERE id > 0");
  const auto prepare = scenario.prepare;
  scenario.prepare = [prepare](Host& host) {
    prepare(host);
    host.server().ClearFaults();
    host.server().AddFault({.kind = sandbox::FaultKind::kWrongContentType, .next = 0, .every = 2, .path = ""});
  };
  scenario.verify = [](Host& host) {
    host.server().ClearFaults();
    return host.Run(kCount);
  };
  return scenario;
}

Scenario CloseWithOpenScan() {
  Scenario scenario = Query("close", "Pagesize=5", kCount);
  const auto prepare = scenario.prepare;
  scenario.prepare = [prepare](Host& host) {
    host.Close();
    prepare(host);
  };
  scenario.attempt = [](Host& host) {
    sqlite3_stmt* scan = nullptr;
    sqlite3_prepare_v2(host.database(), "SELECT id, given_name FROM infusionsoft_contacts", -1, &scan, nullptr);
    const int first = scan != nullptr ? sqlite3_step(scan) : SQLITE_NOMEM;
    sqlite3_finalize(scan);
    const int closed = host.Close();
    return Answer{first == SQLITE_ROW ? closed : first, ""};
  };
  scenario.verify = [prepare](Host& host) {
    host.Close();
    prepare(host);
    return host.Run(kCount);
  };
  return scenario;
}

}  // namespace

const std::vector<Scenario>& Scenarios() {
  static const std::vector<Scenario> kScenarios{
      FirstConnect(),
      Query("list", "Pagesize=5", "SELECT id, given_name, email, update_time, custom_fields FROM infusionsoft_contacts"),
      Query("join", "Pagesize=5", "SELECT note, email FROM local LEFT JOIN infusionsoft_contacts USING (id)"),
      Query("in", "", "SELECT id FROM infusionsoft_contacts WHERE email IN ('a@example.com', 'b@example.com') OR id IN (1, 2)"),
      Query("parents", "MaxConcurrency=4", "SELECT count(*) FROM infusionsoft_contact_tags WHERE contact_id IN (1, 2, 3)"),
      Query("system tables", "", "SELECT count(*) FROM infusionsoft_connection_properties"),
      Copies(),
      CustomFieldColumns(),
      Refresh("refresh", "", 1),
      Refresh("refresh, sealed", "TokenKey=a long text for a key", 5),
      AfterUnauthorized(),
      Refused(),
      CloseWithOpenScan(),
  };
  return kScenarios;
}

Host::Host() {
  server_ = sandbox::Sandbox::Start(SmallAccount());
  std::string name = (std::filesystem::temp_directory_path() / "infusionsoft-memory-XXXXXX").string();
  if (server_ == nullptr || mkdtemp(name.data()) == nullptr) std::abort();
  folder_ = name;
}

Host::~Host() {
  Close();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Host::Open() {
  char* error = nullptr;
  if (sqlite3_open(":memory:", &database_) != SQLITE_OK || sqlite::RegisterExtension(database_, &error) != SQLITE_OK) std::abort();
}

int Host::Close() {
  const int code = sqlite3_close(database_);
  if (code == SQLITE_OK) database_ = nullptr;
  return code;
}

// Only what SQLite hands over is copied, so that a lack of memory here is told like any other.
Answer Host::Run(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  Answer answer;
  try {
    answer.code = sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
    while (answer.code == SQLITE_OK && (answer.code = sqlite3_step(statement)) == SQLITE_ROW) {
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        if (cell == nullptr && sqlite3_column_type(statement, i) != SQLITE_NULL) throw std::bad_alloc();
        answer.text.append(cell != nullptr ? cell : "NULL").append("|");
      }
      answer.code = SQLITE_OK;
    }
    if (answer.code == SQLITE_DONE) answer.code = SQLITE_OK;
    if (answer.code != SQLITE_OK) answer.text = sqlite3_errmsg(database_);
  } catch (const std::bad_alloc&) {
    answer = {SQLITE_NOMEM, ""};
  }
  sqlite3_finalize(statement);
  return answer;
}

std::string Host::WithToken(const std::string& more) const {
  return "URL=" + server_->api_url() + ";OAuthAccessToken=" + server_->options().access_token + ";" + more;
}

std::string Host::WithTokenFile(const std::string& more) const {
  const sandbox::SandboxOptions& options = server_->options();
  return "InitiateOAuth=REFRESH;URL=" + server_->api_url() + ";OAuthAccessTokenURL=" + server_->token_url() +
         ";OAuthClientId=" + options.client_id + ";OAuthClientSecret=" + options.client_secret +
         ";OAuthRefreshToken=" + options.refresh_token + ";OAuthSettingsLocation=" + folder_ + "/tokens.txt;" + more;
}

}  // namespace infusionsoft::memory_test
