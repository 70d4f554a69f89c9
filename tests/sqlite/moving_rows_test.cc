// SPDX-License-Identifier: MIT
// Rows that change places while their list is read page by page.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "support.h"
#include "support/raw_server.h"

namespace infusionsoft::sqlite_test {
namespace {

using Rows = std::vector<std::string>;

struct Row {
  int id;
  int day;  // of the update time
};

// Contacts in pages, as one reader after another finds them: the token of page n is "n".
class Pages {
 public:
  explicit Pages(std::vector<std::vector<Row>> pages)
      : pages_(std::move(pages)), server_([this](RawConnection& connection) { Serve(connection); }) {
    database_.Run("SELECT infusionsoft_connect('URL=" + server_.Url("") + ";OAuthAccessToken=t')");
    database_.Run("SELECT infusionsoft_connect('unsorted', 'URL=" + server_.Url("") +
                  ";OAuthAccessToken=t;OrderPushdown=false')");
    database_.Run("CREATE VIRTUAL TABLE temp.unsorted USING infusionsoft_contacts(Connection=unsorted)");
  }
  Database& database() { return database_; }

 private:
  void Serve(RawConnection& connection) {
    for (std::string request; !(request = connection.ReadRequest()).empty();) {
      const std::string name = "page_token=";
      const size_t at = request.find(name);
      const size_t page = at == std::string::npos ? 0 : std::stoul(request.substr(at + name.size()));
      if (!connection.SendResponse("200 OK\r\nContent-Type: application/json", Body(page))) return;
    }
  }

  std::string Body(size_t page) const {
    std::string rows;
    for (const Row& row : pages_[page]) {
      const std::string day = (row.day < 10 ? "0" : "") + std::to_string(row.day);
      rows += (rows.empty() ? "" : ",") + std::string("{\"id\":\"") + std::to_string(row.id) +
              "\",\"update_time\":\"2026-01-" + day + "T00:00:00.000Z\"}";
    }
    const std::string token = page + 1 < pages_.size() ? ",\"next_page_token\":\"" + std::to_string(page + 1) + "\"" : "";
    return "{\"contacts\":[" + rows + "]" + token + "}";
  }

  const std::vector<std::vector<Row>> pages_;
  RawServer server_;
  Database database_;
};

TEST_CASE("MovingRows: a row that moves to a later page is delivered once, as it was first seen", "[sqlite]") {
  // Contact 1 was changed after the first page was read, contact 3 was pushed onto the next page by a new row before it.
  Pages pages({{{1, 1}, {2, 2}, {3, 3}}, {{3, 3}, {4, 4}, {1, 9}}});
  const std::string all = "SELECT id, substr(update_time, 9, 2) FROM ";
  const Rows once = {"1|01", "2|02", "3|03", "4|04"};
  CHECK(pages.database().Run(all + "infusionsoft_contacts") == once);
  CHECK(pages.database().Run(all + "infusionsoft_contacts ORDER BY update_time") == once);
  CHECK(pages.database().Run(all + "unsorted ORDER BY update_time") == once);
  CHECK(pages.database().Cell("SELECT count(*) FROM infusionsoft_contacts") == "4");
  CHECK(pages.database().Cell("SELECT count(*), sum(id) FROM infusionsoft_contacts WHERE update_time > '2025'") == "4|10");
}

TEST_CASE("MovingRows: the newest first, while new ones push the others onto later pages", "[sqlite]") {
  Pages pages({{{4, 4}, {3, 3}}, {{4, 4}, {3, 3}, {2, 2}}, {{2, 2}, {1, 1}}});
  const std::string newest = "SELECT id FROM infusionsoft_contacts ORDER BY update_time DESC";
  CHECK(pages.database().Run(newest) == Rows{"4", "3", "2", "1"});
  CHECK(pages.database().Run(newest + " LIMIT 3") == Rows{"4", "3", "2"});
  CHECK(pages.database().Run(newest + " LIMIT 2 OFFSET 1") == Rows{"3", "2"});
}

TEST_CASE("MovingRows: pages that contradict the order that was asked for are an error that names the cure", "[sqlite]") {
  Pages pages({{{1, 1}, {3, 3}}, {{2, 2}, {4, 4}}});
  const Outcome sorted =
      pages.database().Try("SELECT id FROM infusionsoft_contacts WHERE update_time > '2026' ORDER BY update_time");
  CHECK(sorted.code == SQLITE_ERROR);
  CHECK(sorted.error.find("infusionsoft_contacts: ") != std::string::npos);
  CHECK(sorted.error.find("order of update_time") != std::string::npos);
  CHECK(sorted.error.find("OrderPushdown=false") != std::string::npos);
  CHECK(sorted.rows == Rows{"1", "3"});  // what was right until then

  CHECK(pages.database().Run("SELECT id FROM unsorted ORDER BY update_time") == Rows{"1", "2", "3", "4"});
  CHECK(pages.database().Run("SELECT id FROM unsorted ORDER BY id DESC LIMIT 2") == Rows{"4", "3"});
  // What asks for no order accepts any.
  CHECK(pages.database().Cell("SELECT group_concat(id) FROM infusionsoft_contacts") == "1,3,2,4");
  CHECK(pages.database().Run("SELECT id FROM infusionsoft_contacts ORDER BY update_time, id") == Rows{"1", "2", "3", "4"});
}

TEST_CASE("MovingRows: without the order of the server MIN and MAX are those of all rows", "[sqlite]") {
  Pages pages({{{2, 2}, {3, 3}}, {{1, 1}}});
  const std::string error = pages.database().Error("SELECT id FROM infusionsoft_contacts ORDER BY id");
  CHECK(error.find("order of id") != std::string::npos);
  CHECK(pages.database().Cell("SELECT min(id) FROM unsorted") == "1");
  CHECK(pages.database().Cell("SELECT max(id) FROM unsorted") == "3");
}

}  // namespace
}  // namespace infusionsoft::sqlite_test
