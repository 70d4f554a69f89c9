// SPDX-License-Identifier: MIT
// What a scan costs beyond what nobody can avoid: in one run, the same contacts are
//   (a) fetched page by page with libcurl and dropped,
//   (b) fetched and parsed with RapidJSON, nothing more,
//   (c) selected through the extension: `SELECT sum(length(...)) FROM infusionsoft_contacts` over every column, and
//   (d) the same over three columns that all of the row is asked for.
// Prints seconds and ratios. Ratios of one run can be compared between machines; seconds cannot. The peak memory is this
// program's own; the server is another process.
//
//   scan_bench <infusionsoft.so> <infusionsoft-sandbox> [contacts]
#include <curl/curl.h>
#include <rapidjson/document.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr char kToken[] = "sandbox-access-token";

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << "scan_bench: " << what << "\n";
  std::exit(1);
}

double Seconds(const std::function<void()>& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The sandbox as a process of its own, ended with this object.
class Server {
 public:
  Server(const std::string& program, const std::string& contacts) {
    char ready[] = "/tmp/scan_bench_XXXXXX";
    const int file = mkstemp(ready);
    if (file < 0) Fail("no temporary file");
    close(file);
    unlink(ready);
    process_ = fork();
    if (process_ == 0) {
      if (freopen("/dev/null", "w", stdout) == nullptr) _exit(126);
      execl(program.c_str(), program.c_str(), "--contacts", contacts.c_str(), "--ready-file", ready, nullptr);
      _exit(127);
    }
    for (int tries = 0; tries < 600 && url_.empty(); ++tries) {
      std::ifstream stream(ready);
      if (!(stream >> url_)) usleep(50000);
      if (waitpid(process_, nullptr, WNOHANG) != 0) Fail("the sandbox did not start: " + program);
    }
    unlink(ready);
    if (url_.empty()) Fail("the sandbox is not ready after 30 s");
  }
  ~Server() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  std::string api() const { return url_ + "/crm/rest"; }

 private:
  pid_t process_ = 0;
  std::string url_;
};

size_t Append(char* data, size_t size, size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

// Goes through the list with one curl handle; `use` sees each body.
size_t FetchAll(const std::string& url, const std::string& columns, const std::function<void(std::string&)>& use) {
  CURL* curl = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, (std::string("Authorization: Bearer ") + kToken).c_str());
  std::string token;
  size_t bytes = 0;
  do {
    std::string body;
    std::string page = url + "/v2/contacts?page_size=1000&fields=" + columns;
    if (!token.empty()) {
      char* escaped = curl_easy_escape(curl, token.c_str(), 0);
      page += "&page_token=" + std::string(escaped);
      curl_free(escaped);
    }
    curl_easy_setopt(curl, CURLOPT_URL, page.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    if (curl_easy_perform(curl) != CURLE_OK) Fail("fetching a page");
    bytes += body.size();
    const std::string mark = "\"next_page_token\":\"";
    const size_t at = body.rfind(mark);
    token.clear();
    if (at != std::string::npos) token = body.substr(at + mark.size(), body.find('"', at + mark.size()) - at - mark.size());
    use(body);
  } while (!token.empty());
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return bytes;
}

std::string QueryOne(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) Fail(sqlite3_errmsg(database));
  std::string value;
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW && sqlite3_column_text(statement, 0) != nullptr) {
    value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  } else if (code != SQLITE_DONE) {
    Fail(sqlite3_errmsg(database));
  }
  sqlite3_finalize(statement);
  return value;
}

sqlite3* Open(const char* library, const std::string& api) {
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  sqlite3_enable_load_extension(database, 1);
  char* error = nullptr;
  if (sqlite3_load_extension(database, library, nullptr, &error) != SQLITE_OK) Fail(error);
  QueryOne(database, "SELECT infusionsoft_connect('URL=" + api + ";OAuthAccessToken=" + kToken + "')");
  return database;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) Fail("usage: scan_bench <infusionsoft.so> <infusionsoft-sandbox> [contacts]");
  const std::string contacts = count > 3 ? arguments[3] : "100000";
  const Server server(arguments[2], contacts);
  sqlite3* database = Open(arguments[1], server.api());

  const std::string sum = QueryOne(database,
                                   "SELECT group_concat('coalesce(length(\"' || name || '\"),0)', '+') FROM infusionsoft_columns "
                                   "WHERE table_name = 'infusionsoft_contacts' AND NOT hidden");

  const double memory_before = PeakMegabytes();
  std::string rows;
  const double all_columns = Seconds([&] {
    rows = QueryOne(database, "SELECT count(*) || ' rows, ' || sum(" + sum + ") || ' characters' FROM infusionsoft_contacts");
  });
  const double memory_after = PeakMegabytes();
  const double three_columns = Seconds([&] {
    QueryOne(database, "SELECT count(email) + count(billing_locality) + sum(length(custom_fields)) FROM infusionsoft_contacts");
  });

  // The scan's own list of properties, so that (a) and (b) fetch the same pages.
  const std::string properties = QueryOne(database,
                                          "SELECT substr(query, 8, instr(query, '&page_size') - 8) FROM infusionsoft_requests "
                                          "WHERE query LIKE 'fields=%' ORDER BY id LIMIT 1");
  size_t bytes = 0;
  const double fetch = Seconds([&] { bytes = FetchAll(server.api(), properties, [](std::string&) {}); });
  const double parse = Seconds([&] {
    FetchAll(server.api(), properties, [](std::string& body) {
      rapidjson::Document document;
      document.ParseInsitu(body.data());
      if (document.HasParseError()) Fail("a page is not JSON");
    });
  });
  sqlite3_close(database);

  std::printf("%s; %.1f MB of JSON\n", rows.c_str(), static_cast<double>(bytes) / 1e6);
  std::printf("(a) fetch and drop, libcurl          %7.2f s\n", fetch);
  std::printf("(b) fetch and parse, RapidJSON       %7.2f s   b/a %.2f\n", parse, parse / fetch);
  std::printf("(c) SELECT, all columns              %7.2f s   c/a %.2f   c/b %.2f\n", all_columns, all_columns / fetch, all_columns / parse);
  std::printf("(d) SELECT, 3 columns                %7.2f s   d/a %.2f\n", three_columns, three_columns / fetch);
  std::printf("peak memory: %.1f MB before the scan, %.1f MB after it\n", memory_before, memory_after);
  return 0;
}
