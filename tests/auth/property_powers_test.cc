// SPDX-License-Identifier: MIT
// What a connection string can do, and what it may do when its author is not known.
#include "auth/property_powers.h"

#include <catch2/catch.hpp>

#include "auth/property_table.h"
#include "temp_dir.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

Status Refused(const std::string& text) {
  const auto powers = PowersIn(text);
  return powers ? RefusePowers(*powers) : powers.status();
}

ConnectionOptions Parsed(const std::string& text) {
  const auto options = ParseConnectionString(text);
  INFO(options.status().message());
  REQUIRE(options);
  return *options;
}

TEST_CASE("PropertyPowers: what anybody's text may name is columns, limits and a registered connection", "[auth]") {
  CHECK(Refused("Connection=shop;Table=orders;CustomFields=columns;PseudoColumns=*=*;Pagesize=5;OrderPushdown=false").ok());
  CHECK(
      Refused("MaxRows=1;MaxRequests=2;QueryTimeout=3;Timeout=4;MaxConcurrency=5;Readonly=true;Other='MaxAttempts=1'").ok());
  for (const PropertyInfo& info : ConnectionProperties()) {
    INFO(info.name);
    const bool is_free = info.power == PropertyPower::kNone || info.power == PropertyPower::kLimit;
    const std::string value = info.name == "ProfileSettings" ? "'APIKey=x'" : "x";
    const Status status = Refused(std::string(info.name) + "=" + value);
    CHECK(status.ok() == is_free);
    if (!is_free) CHECK(status.code() == StatusCode::kPermissionDenied);
  }
}

TEST_CASE("PropertyPowers: whatever is a secret, a URL, a host, a path or a certificate is the user's only", "[auth]") {
  for (const PropertyInfo& info : ConnectionProperties()) {
    INFO(info.name);
    const PropertyType type = FindProperty(info.name)->type;
    const bool is_dangerous = info.secret || type == PropertyType::kUrl || type == PropertyType::kHost ||
                              type == PropertyType::kLocation || type == PropertyType::kProfile ||
                              type == PropertyType::kServerCert || info.values.find("path") != std::string_view::npos;
    if (is_dangerous) CHECK((info.power != PropertyPower::kNone && info.power != PropertyPower::kLimit));
  }
  CHECK(ConnectionProperties().size() == 66);
}

TEST_CASE("PropertyPowers: a refusal says what the text names, and shows no value", "[auth]") {
  const Status status =
      Refused("url=http://localhost:1/hunter2;APIKey=hunter2;Logfile=/x/hunter2;OAuthClientSecret=env:X;MaxRows=1");
  CHECK(status.message() == "names a server (URL), a secret (APIKey, OAuthClientSecret) and a file (Logfile)");
  CHECK(Refused("ProfileSettings='APIKey=file:/etc/passwd'").message() == "names a secret (APIKey)");
}

TEST_CASE("PropertyPowers: mistakes are those of every connection string", "[auth]") {
  CHECK_THAT(Refused("Nonsense=1").message(), Contains("Nonsense (position 1) is not a known property"));
  CHECK_THAT(Refused("MaxRows=1;maxrows=2").message(), Contains("MaxRows (position 11) is given twice"));
  CHECK_THAT(Refused("URL").message(), Contains("name=value"));
}

TEST_CASE("PropertyPowers: looking at a text reads no file and no variable", "[auth]") {
  const ScopedVariable variable("POWERS_TEST_SECRET", nullptr);
  const TempDir dir;
  const std::string text =
      "APIKey=env:POWERS_TEST_SECRET;Password=file:" + dir.Path("none") + ";Profile=" + dir.Path("x.json");
  CHECK(PowersIn(text)->size() == 3);
  CHECK(LiteralSecretsIn(text)->empty());
  CHECK(*MaskedText(text) ==
        "APIKey=env:POWERS_TEST_SECRET;Password=file:" + dir.Path("none") + ";Profile=" + dir.Path("x.json"));
}

TEST_CASE("PropertyPowers: secrets in clear text are found and masked", "[auth]") {
  const std::string text =
      "oauthclientid=id;OAuthClientSecret=hunter2;ProfileSettings='APIKey=hunter2';State='a;\"b';Password=env:X";
  CHECK(*LiteralSecretsIn(text) == std::vector<std::string_view>{"OAuthClientSecret", "APIKey"});
  CHECK(*MaskedText(text) == "OAuthClientId=id;OAuthClientSecret=***;APIKey=***;State=\"a;\"\"b\";Password=env:X");
  CHECK_THAT(MaskedText("Timeout=x").status().message(), Contains("Timeout"));
}

TEST_CASE("PropertyPowers: a limit that the connection gives can only be tightened", "[auth]") {
  const ConnectionOptions base = Parsed(
      "OAuthAccessToken=t;MaxRows=10;MaxRequests=5;QueryTimeout=60;Timeout=0;MaxConcurrency=4;Readonly=true;Other='"
      "MaxAttempts=3'");
  const auto check = [&](const std::string& text) {
    const auto options = ParseConnectionString(text, base);
    REQUIRE(options);
    return CheckLimits(*options, base);
  };
  for (const char* good :
       {"", "MaxRows=10", "MaxRows=0", "MaxRequests=1", "QueryTimeout=59", "Timeout=0", "Timeout=999", "MaxConcurrency=1",
        "Readonly=true", "Other='MaxAttempts=2'", "Pagesize=1000", "OrderPushdown=true"}) {
    INFO(good);
    CHECK(check(good).ok());
  }
  for (const char* bad : {"MaxRows=11", "MaxRows=-1", "MaxRequests=6", "MaxRequests=0", "QueryTimeout=61", "QueryTimeout=0",
                          "MaxConcurrency=5", "Readonly=false", "Other='MaxAttempts=4'", "Other='MaxResponseSize=1GB'"}) {
    INFO(bad);
    const Status status = check(bad);
    CHECK(status.code() == StatusCode::kPermissionDenied);
    CHECK_THAT(status.message(), Contains("would loosen the limit"));
  }
  // What the connection leaves at its default is no limit that somebody wanted.
  const ConnectionOptions free = Parsed("OAuthAccessToken=t");
  CHECK(CheckLimits(*ParseConnectionString("MaxConcurrency=16;Timeout=0;MaxRows=5", free), free).ok());
}

}  // namespace
}  // namespace infusionsoft
