// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "encoding.h"
#include "test_client.h"

namespace infusionsoft::sandbox {
namespace {

std::unique_ptr<Sandbox> With(std::vector<Freedom> freedoms) {
  SandboxOptions options;
  options.sizes.contacts = 1000;
  options.freedoms = std::move(freedoms);
  return Sandbox::Start(options);
}

size_t Count(const Sandbox& sandbox, const std::string& path, const std::string& filter) {
  TestClient client(sandbox);
  return client.Rows(path, FilterQuery(filter)).size();
}

std::string LastToken(const Sandbox& sandbox) {
  TestClient client(sandbox);
  const Answer answer = client.Get("/v2/opportunities/stages");
  const auto token = answer.json.FindMember("next_page_token");
  return token == answer.json.MemberEnd() ? "absent" : Write(token->value);
}

std::string FirstPages(const Sandbox& sandbox) {
  TestClient client(sandbox);
  std::string sizes;
  std::string token;
  for (int page = 0; page < 3; ++page) {
    const Answer answer = client.Get("/v2/contacts?fields=id&page_size=4" + token);
    REQUIRE(answer.status == 200);
    sizes += std::to_string(answer.json["contacts"].Size()) + " ";
    token = "&page_token=" + PercentEncode(TextOf(answer.json, "next_page_token"));
  }
  return sizes;
}

}  // namespace

TEST_CASE("Sandbox: freedoms of text equality", "[sandbox]") {
  const auto sandbox = With({});
  const auto count = [&sandbox](const std::string& filter, std::vector<Freedom> freedoms) {
    sandbox->SetFreedoms(freedoms);
    return Count(*sandbox, "/v2/contacts", filter);
  };
  const std::string ann = "given_name==Ann";
  CHECK(count(ann, {}) > 0);
  CHECK(count(ann, {Freedom::kEqualityIgnoresCase}) > count(ann, {}));
  CHECK(count(ann, {Freedom::kEqualityIsContains}) > count(ann, {}));
  CHECK(count("given_name==leading", {}) == 0);
  CHECK(count("given_name==leading", {Freedom::kEqualityTrims}) > 0);
  CHECK(count("given_name== leading ", {Freedom::kEqualityTrims}) > 0);
  CHECK(count(ann, {Freedom::kFiltersIgnored}) == 1000);
  CHECK(count("given_name==an*", {}) >= count("given_name==Ann*", {}));
}

TEST_CASE("Sandbox: filters choose rows", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const auto ids = Ids(client.Rows("/v2/contacts", "fields=id&page_size=1000"));
  const std::string middle = ids[500];
  CHECK(Count(*sandbox, "/v2/contacts", "contact_id==" + middle) == 1);
  CHECK(Count(*sandbox, "/v2/contacts", "contact_id>" + middle) == 499);
  CHECK(Count(*sandbox, "/v2/contacts", "contact_id>=" + middle + ";contact_id<=" + ids[509]) == 10);
  CHECK(Count(*sandbox, "/v2/contacts", "ids==" + ids[3] + "," + ids[999] + ",1," + ids[3]) == 2);
  const size_t orders = client.Rows("/v2/orders").size();
  const std::string order = Ids(client.Rows("/v2/orders", "page_size=1000"))[7];
  CHECK(Count(*sandbox, "/v2/orders", "id!=" + order) == orders - 1);
  const size_t paid = Count(*sandbox, "/v2/orders", "paid==true");
  CHECK(paid > 0);
  CHECK(Count(*sandbox, "/v2/orders", "paid==false") == orders - paid);
  const size_t due = Count(*sandbox, "/v2/tasks", "has_due_date==true");
  CHECK(due + Count(*sandbox, "/v2/tasks", "has_due_date==false") == client.Rows("/v2/tasks").size());
  CHECK(Count(*sandbox, "/v2/tasks", "user_id==UNASSIGNED") > 0);
  CHECK(Count(*sandbox, "/v2/tags", "category_id==NONE") > 0);
  CHECK(Count(*sandbox, "/v2/users", "include_inactive==true") > Count(*sandbox, "/v2/users", "include_inactive==false"));
  const size_t phones = Count(*sandbox, "/v2/contacts", "phone_number==4801234567;phone_fields==PHONE1,PHONE2,PHONE3");
  CHECK(phones > Count(*sandbox, "/v2/contacts", "phone_number==4801234567;phone_fields==PHONE1"));
}

TEST_CASE("Sandbox: the e-mail filter matches any address", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  for (const std::string& text : client.Rows("/v2/contacts", "fields=id,email_addresses&page_size=1000")) {
    const auto row = Parse(text);
    if (!row["email_addresses"].IsArray() || row["email_addresses"].Size() != 3) continue;
    const std::string third = TextOf(row["email_addresses"][2], "email");
    const auto found = client.Rows("/v2/contacts", "fields=id&" + FilterQuery("email==" + third));
    const auto ids = Ids(found);
    CHECK(std::count(ids.begin(), ids.end(), TextOf(row, "id")) == 1);
    return;
  }
  FAIL("no contact with three addresses");
}

TEST_CASE("Sandbox: freedoms of time bounds", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const auto count = [&sandbox](const std::string& filter, std::vector<Freedom> freedoms) {
    sandbox->SetFreedoms(freedoms);
    return Count(*sandbox, "/v2/tags", filter);
  };
  std::string exact;
  std::string later;
  for (const std::string& row : client.Rows("/v2/tags")) {
    const std::string time = TextOf(Parse(row), "create_time");
    if (time.size() != 20) continue;
    exact = time.substr(0, 19) + ".000Z";
    later = time.substr(0, 19) + ".400Z";
  }
  REQUIRE_FALSE(exact.empty());
  const std::string both = "since_create_time==" + exact + ";until_create_time==" + exact;
  CHECK(count(both, {}) > 0);
  CHECK(count(both, {Freedom::kBoundsExclusive}) == 0);
  CHECK(count("since_create_time==" + later, {Freedom::kBoundsWholeSeconds}) > count("since_create_time==" + later, {}));
  sandbox->SetFreedoms({});
  const std::string notes = "since_time==2022-01-01T00:00:00.000Z";
  const size_t updated = Count(*sandbox, "/v2/notes", notes);
  sandbox->SetFreedom(Freedom::kBoundsOnCreateTime, true);
  CHECK(Count(*sandbox, "/v2/notes", notes) < updated);
}

TEST_CASE("Sandbox: freedoms of order", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const auto ids = [&](std::vector<Freedom> freedoms, const std::string& order) {
    sandbox->SetFreedoms(freedoms);
    return Ids(client.Rows("/v2/contacts", "fields=id&page_size=300" + order));
  };
  const auto plain = ids({}, "");
  auto reversed = plain;
  std::reverse(reversed.begin(), reversed.end());
  CHECK(ids({Freedom::kOrderDescending}, "") == reversed);
  CHECK(ids({}, "&order_by=id%20desc") == reversed);
  CHECK(ids({Freedom::kOrderShuffled}, "&order_by=id%20asc") == plain);
  auto shuffled = ids({Freedom::kOrderShuffled}, "");
  CHECK(shuffled != plain);
  CHECK(std::is_permutation(shuffled.begin(), shuffled.end(), plain.begin(), plain.end()));
}

TEST_CASE("Sandbox: order_by sorts, with absent values at one end", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const auto due = [&](bool nulls_last, const std::string& direction) {
    sandbox->SetFreedom(Freedom::kNullsLast, nulls_last);
    std::vector<std::string> times;
    for (const std::string& row : client.Rows("/v2/tasks", "page_size=70&order_by=due_time%20" + direction)) {
      times.push_back(TextOf(Parse(row), "due_time"));
    }
    return times;
  };
  const auto ascending = due(false, "asc");
  const auto first_due =
      std::find_if(ascending.begin(), ascending.end(), [](const std::string& time) { return !time.empty(); });
  REQUIRE(first_due != ascending.begin());
  // Same spelling, so text order is time order.
  std::vector<std::string> zulu;
  std::copy_if(first_due, ascending.end(), std::back_inserter(zulu),
               [](const std::string& time) { return time.size() == 20; });
  REQUIRE(zulu.size() > 100);
  CHECK(std::is_sorted(zulu.begin(), zulu.end()));
  CHECK(std::count(first_due, ascending.end(), "") == 0);
  CHECK(due(false, "desc").back().empty());
  CHECK(due(true, "asc").back().empty());
  CHECK(due(true, "desc").front().empty());
  std::vector<std::string> names;
  for (const std::string& row : client.Rows("/v2/companies", "order_by=name%20asc")) {
    const std::string name = TextOf(Parse(row), "company_name");
    if (!name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= ' '; })) {
      names.push_back(name);
      for (char& c : names.back()) c = static_cast<char>(std::tolower(c));
    }
  }
  CHECK(std::is_sorted(names.begin(), names.end()));
}

TEST_CASE("Sandbox: forms of the end of a list", "[sandbox]") {
  CHECK(LastToken(*With({})) == "absent");
  CHECK(LastToken(*With({Freedom::kEndNull})) == "null");
  CHECK(LastToken(*With({Freedom::kEndEmpty})) == "\"\"");
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const std::string seven = "page_size=7";
  CHECK(client.Rows("/v2/opportunities/stages", seven).size() == 7);
  CHECK(client.pages() == 1);
  sandbox->SetFreedom(Freedom::kEndExtraPage, true);
  CHECK(client.Rows("/v2/opportunities/stages", seven).size() == 7);
  CHECK(client.pages() == 2);
}

TEST_CASE("Sandbox: freedoms of pages", "[sandbox]") {
  CHECK(FirstPages(*With({})) == "4 4 4 ");
  CHECK(FirstPages(*With({Freedom::kSmallPages})) == "2 2 2 ");
  CHECK(FirstPages(*With({Freedom::kEmptyPage})) == "4 0 4 ");
  const auto plain = With({});
  TestClient client(*plain);
  const auto rows = client.Rows("/v2/contacts", "fields=id&page_size=3");
  for (const Freedom freedom : {Freedom::kSmallPages, Freedom::kEmptyPage, Freedom::kTokenIsUrl}) {
    plain->SetFreedoms({freedom});
    CHECK(client.Rows("/v2/contacts", "fields=id&page_size=3") == rows);
  }
  plain->SetFreedoms({Freedom::kRowRepeated});
  const auto repeated = client.Rows("/v2/contacts", "fields=id&page_size=3");
  CHECK(repeated.size() == 1499);
  CHECK(repeated[3] == repeated[2]);
  CHECK(std::set(repeated.begin(), repeated.end()) == std::set(rows.begin(), rows.end()));
  CHECK(client.Rows("/v2/contacts", "fields=id&page_size=1") == rows);
}

TEST_CASE("Sandbox: a token that is a URL is not a token", "[sandbox]") {
  const auto sandbox = With({Freedom::kTokenIsUrl});
  TestClient client(*sandbox);
  const std::string token = TextOf(client.Get("/v2/contacts?page_size=3").json, "next_page_token");
  CHECK(token.rfind(sandbox->api_url() + "/v2/contacts?page_token=", 0) == 0);
  CHECK(client.Get("/v2/contacts?page_size=3&page_token=" + PercentEncode(token)).status == 400);
}

TEST_CASE("Sandbox: freedoms of absent values and of fields", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const std::string query = "fields=id,given_name&page_size=1000";
  const auto kinds = [&](std::vector<Freedom> freedoms) {
    sandbox->SetFreedoms(freedoms);
    std::set<std::string> out;
    for (const std::string& text : client.Rows("/v2/contacts", query)) {
      const auto row = Parse(text);
      out.insert(!row.HasMember("given_name") ? "missing" : row["given_name"].IsNull() ? "null" : "text");
      if (row.HasMember("family_name")) out.insert("unasked");
    }
    return out;
  };
  using Kinds = std::set<std::string>;
  CHECK(kinds({}) == Kinds{"missing", "null", "text"});
  CHECK(kinds({Freedom::kNullsExplicit}) == Kinds{"null", "text"});
  CHECK(kinds({Freedom::kNullsAbsent}) == Kinds{"missing", "text"});
  CHECK(kinds({Freedom::kFieldsIgnored}).count("unasked") == 1);
}

TEST_CASE("Sandbox: faults that replace the answer", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const auto strike = [&](FaultKind kind) {
    sandbox->AddFault({kind, 1, 0, ""});
    Answer answer = client.Get("/v2/users");
    CHECK(client.Get("/v2/users").status == 200);
    return answer;
  };
  CHECK(strike(FaultKind::k500).status == 500);
  const Answer html = strike(FaultKind::k502Html);
  CHECK(html.status == 502);
  CHECK(html.Header("Content-Type").rfind("text/html", 0) == 0);
  CHECK(strike(FaultKind::k503).Header("Retry-After") == "1");
  CHECK(strike(FaultKind::k429).Header("Retry-After").empty());
  const Answer limited = strike(FaultKind::k429RetryAfter);
  CHECK(limited.Header("Retry-After") == "1");
  CHECK(TextOf(limited.json, "code") == "429");
  CHECK(strike(FaultKind::k429SpikeArrest).json.HasMember("fault"));
  CHECK(strike(FaultKind::k401).status == 401);
}

TEST_CASE("Sandbox: faults that damage the answer", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  const std::string whole = client.Get("/v2/users").body;
  const auto strike = [&](FaultKind kind) {
    sandbox->AddFault({kind, 1, 0, ""});
    Answer answer = client.Get("/v2/users");
    CHECK(client.Get("/v2/users").body == whole);
    return answer;
  };
  CHECK(strike(FaultKind::kReset).status == 0);
  CHECK(strike(FaultKind::kSlowBody).body == whole);
  CHECK(strike(FaultKind::kTruncatedJson).json.HasParseError());
  CHECK(strike(FaultKind::kWrongContentType).Header("Content-Type") == "text/html");
}

TEST_CASE("Sandbox: the same page token for ever", "[sandbox]") {
  const auto sandbox = With({});
  sandbox->AddFault({FaultKind::kSameToken, 0, 1, ""});
  TestClient client(*sandbox);
  const auto next = [&client](const std::string& token) {
    const std::string extra = token.empty() ? "" : "&page_token=" + PercentEncode(token);
    return TextOf(client.Get("/v2/contacts?page_size=2" + extra).json, "next_page_token");
  };
  const std::string first = next("");
  CHECK_FALSE(first.empty());
  CHECK(next(first) == first);
}

TEST_CASE("Sandbox: faults strike by turn and by path", "[sandbox]") {
  const auto sandbox = With({});
  TestClient client(*sandbox);
  sandbox->AddFault(*FaultFromText("500:every=3:path=/users"));
  std::string seen;
  for (int i = 0; i < 6; ++i) {
    seen += client.Get("/v2/users").status == 200 ? "." : "x";
    CHECK(client.Get("/v2/opportunities/stages").status == 200);
  }
  CHECK(seen == "..x..x");
  sandbox->ClearFaults();
  CHECK(client.Get("/v2/users").status == 200);
  CHECK_FALSE(FaultFromText("500:every=x"));
  CHECK_FALSE(FaultFromText("501"));
}

}  // namespace infusionsoft::sandbox
