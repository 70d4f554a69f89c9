// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox.h"

namespace httplib {
class Client;
}

namespace infusionsoft::sandbox {

struct Answer {
  int status = 0;  // 0: the transfer failed
  std::string body;
  std::multimap<std::string, std::string> headers;
  rapidjson::Document json;

  std::string Header(const std::string& name) const;
};

// Speaks to a sandbox over one kept connection.
class TestClient {
 public:
  explicit TestClient(const Sandbox& sandbox, std::string token = "sandbox-access-token");
  ~TestClient();

  void set_token(std::string token) { token_ = std::move(token); }
  // `path` is below /crm/rest, with the query string already encoded.
  Answer Get(const std::string& path);
  Answer GetAbsolute(const std::string& path, const std::multimap<std::string, std::string>& headers);
  Answer Post(const std::string& path, const std::string& form, const std::multimap<std::string, std::string>& headers,
              const std::string& content_type = "application/x-www-form-urlencoded");

  // Follows the page tokens to the end and returns the rows as JSON texts. `query` has no
  // page_token. Fails the test on an answer that is not 200 and after 5000 pages.
  std::vector<std::string> Rows(const std::string& path, const std::string& query = "");
  int pages() const { return pages_; }

 private:
  std::unique_ptr<httplib::Client> client_;
  std::string token_;
  int pages_ = 0;
};

// "filter=" and the encoded text.
std::string FilterQuery(const std::string& filter);
rapidjson::Document Parse(const std::string& text);
std::string Write(const rapidjson::Value& value);
// The text of a string member; empty if it is absent or null.
std::string TextOf(const rapidjson::Value& object, const char* name);
// The `id` of each row.
std::vector<std::string> Ids(const std::vector<std::string>& rows);

}  // namespace infusionsoft::sandbox
