// SPDX-License-Identifier: MIT
// The copies against an independent reading: the HTTP transport, and SQLite's own JSON functions. Nothing of the
// planner, the pager, the JSON reader or the cells has a part in it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "account.h"
#include "answer.h"
#include "http/transport.h"

namespace infusionsoft::differential {
namespace {

// The API's offset without a colon is the one form of it that SQLite's date functions do not read.
constexpr const char* kTimeOf =
    "strftime('%Y-%m-%dT%H:%M:%fZ', CASE WHEN substr({}, -5, 1) IN ('+', '-') THEN substr({}, 1, length({}) - 2) || "
    "':' || "
    "substr({}, -2) ELSE {} END)";

// What is compared: expressions over the copy, and the same over `value`, one item of a page.
struct Check {
  const char* table;
  const char* path;
  const char* items;
  const char* columns;     // of the copy, as one text
  const char* properties;  // of the item; T(path) is a time
};

constexpr Check kChecks[] = {
    {"companies", "/v2/companies?fields=email_address,update_time", "companies",
     "id||'|'||ifnull(company_name,'-')||'|'||ifnull(email,'-')||'|'||ifnull(update_time,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.company_name','-')||'|'||ifnull(value->>'$.email_address.email','-')||'|'|"
     "|ifnull(T('$.update_time'),'-')"},
    {"contacts", "/v2/contacts?fields=id,given_name,update_time,company,score_value", "contacts",
     "id||'|'||ifnull(given_name,'-')||'|'||update_time||'|'||ifnull(company_id,'-')||'|'||CAST(score_value AS "
     "INTEGER)",
     "value->>'$.id'||'|'||ifnull(value->>'$.given_name','-')||'|'||T('$.update_time')||'|'||ifnull(value->>'$.company."
     "id','-')||'|'||(value->>'$.score_value')"},
    {"notes", "/v2/notes", "notes", "id||'|'||ifnull(contact_id,'-')||'|'||ifnull(title,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.contact_id','-')||'|'||ifnull(value->>'$.title','-')"},
    {"opportunities", "/v2/opportunities", "opportunities",
     "id||'|'||ifnull(contact_id,'-')||'|'||ifnull(opportunity_title,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.contact.id','-')||'|'||ifnull(value->>'$.opportunity_title','-')"},
    {"opportunity_stages", "/v2/opportunities/stages", "stages", "id||'|'||ifnull(name,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.name','-')"},
    {"orders", "/v2/orders", "orders", "id||'|'||order_time||'|'||ifnull(contact_id,'-')",
     "value->>'$.id'||'|'||T('$.order_time')||'|'||ifnull(value->>'$.contact.id','-')"},
    {"products", "/v2/products", "products", "id||'|'||ifnull(sku,'-')||'|'||ifnull(active,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.sku','-')||'|'||ifnull(value->>'$.active','-')"},
    {"tag_categories", "/v2/tags/categories", "tag_categories", "id||'|'||ifnull(name,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.name','-')"},
    {"tags", "/v2/tags", "tags", "id||'|'||ifnull(name,'-')||'|'||ifnull(category_id,'-')",
     "value->>'$.id'||'|'||ifnull(value->>'$.name','-')||'|'||ifnull(value->>'$.category.id','-')"},
    {"tasks", "/v2/tasks", "tasks", "id||'|'||ifnull(due_time,'-')||'|'||ifnull(completed,'-')",
     "value->>'$.id'||'|'||ifnull(T('$.due_time'),'-')||'|'||ifnull(value->>'$.completed','-')"},
    {"users", "/v2/users", "users", "id||'|'||ifnull(given_name,'-')||'|'||create_time",
     "value->>'$.id'||'|'||ifnull(value->>'$.given_name','-')||'|'||T('$.create_time')"},
};

http::TransportOptions Options() {
  http::TransportOptions options;
  options.user_agent = "verify";
  return options;
}

class Reader {
 public:
  explicit Reader(Account& account) : account_(account), transport_(http::MakeCurlTransport(Options())) {
    sqlite3_open(":memory:", &json_);
  }
  ~Reader() { sqlite3_close(json_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // The texts of all items of the list at `path`, page after page.
  std::vector<std::string> Read(const std::string& path, const std::string& items, const std::string& properties) {
    std::vector<std::string> texts;
    std::string token;
    do {
      const char separator = path.find('?') == std::string::npos ? '?' : '&';
      const std::string body = Quote(Get(path + (token.empty() ? "" : separator + ("page_token=" + token))));
      const std::string each = "SELECT " + Expand(properties) + " FROM json_each(" + body + ", '$." + items + "')";
      for (std::string& text : ReadTexts(json_, each)) texts.push_back(std::move(text));
      token = ReadTexts(json_, "SELECT " + body + "->>'$.next_page_token'")[0];
    } while (!token.empty());
    return texts;
  }

 private:
  // T('$.path') -> the time at this path of `value`, as the tables write it.
  static std::string Expand(std::string properties) {
    for (size_t at = properties.find("T('"); at != std::string::npos; at = properties.find("T('", at + 1)) {
      const size_t end = properties.find("')", at) + 2;
      const std::string value = "(value->>" + properties.substr(at + 2, end - at - 3) + ")";
      std::string time = kTimeOf;
      for (size_t hole = time.find("{}"); hole != std::string::npos; hole = time.find("{}")) time.replace(hole, 2, value);
      properties.replace(at, end - at, time);
    }
    return properties;
  }

  std::string Get(const std::string& path) {
    http::HttpRequest request;
    request.url = SandboxServer::api_url() + path;
    request.secret_header_name = "Authorization";
    request.secret_header_value = Secret("Bearer " + account_.server().options().access_token);
    const Result<http::HttpResponse> response = transport_->Send(request, Cancellation());
    if (!response || response->status != 200) {
      std::fprintf(stderr, "GET %s failed\n", path.c_str());
      std::exit(2);
    }
    return response->body;
  }

  Account& account_;
  std::unique_ptr<http::HttpTransport> transport_;
  sqlite3* json_ = nullptr;
};

bool Same(const std::string& table, std::vector<std::string> copy, std::vector<std::string> served) {
  std::ranges::sort(copy);
  std::ranges::sort(served);
  if (copy == served && !copy.empty()) return true;
  std::fprintf(stderr, "%s: %zu rows in the copy, %zu from the server\n", table.c_str(), copy.size(), served.size());
  for (size_t i = 0; i < copy.size() && i < served.size(); ++i) {
    if (copy[i] == served[i]) continue;
    std::fprintf(stderr, "  copy:   %s\n  server: %s\n", copy[i].c_str(), served[i].c_str());
    break;
  }
  return false;
}

// The rows below all parents, as "parent|id|time".
std::vector<std::string> ReadChildren(Reader& reader, const std::vector<std::string>& parents, const std::string& before,
                                      const std::string& after, const std::string& items, const std::string& id) {
  std::vector<std::string> texts;
  for (const std::string& parent : parents) {
    const std::string properties = "'" + parent + "|'||(value->>'" + id + "')||'|'||T('$.applied_time')";
    for (std::string& text : reader.Read(before + parent + after, items, properties)) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

bool VerifyReference(Account& account) {
  Reader reader(account);
  sqlite3* const reference = account.reference_database();
  bool same = true;
  for (const Check& check : kChecks) {
    const std::string table = std::string("infusionsoft_") + check.table;
    const auto copy = ReadTexts(reference, std::string("SELECT ") + check.columns + " FROM " + table);
    same = Same(table, copy, reader.Read(check.path, check.items, check.properties)) && same;
  }
  const auto contacts = reader.Read("/v2/contacts?fields=id", "contacts", "value->>'$.id'");
  same = Same("infusionsoft_contact_tags",
              ReadTexts(reference, "SELECT contact_id||'|'||tag_id||'|'||applied_time FROM infusionsoft_contact_tags"),
              ReadChildren(reader, contacts, "/v2/contacts/", "/tags", "tags", "$.tag.id")) &&
         same;
  const auto tags = reader.Read("/v2/tags", "tags", "value->>'$.id'");
  same = Same("infusionsoft_tagged_contacts",
              ReadTexts(reference, "SELECT tag_id||'|'||contact_id||'|'||applied_time FROM infusionsoft_tagged_contacts"),
              ReadChildren(reader, tags, "/v2/tags/", "/contacts", "contacts", "$.id")) &&
         same;
  return same;
}

}  // namespace infusionsoft::differential
