// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "auth/connection_options.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;

std::string SplitError(std::string_view text) {
  const auto pairs = SplitConnectionString(text);
  CHECK(!pairs);
  if (pairs) return "";
  CHECK(pairs.status().code() == StatusCode::kInvalidArgument);
  return pairs.status().message();
}

std::string Pairs(std::string_view text) {
  const auto pairs = SplitConnectionString(text);
  if (!pairs) return "error: " + pairs.status().message();
  std::string shown;
  for (const PropertyText& pair : *pairs) {
    shown += "[" + pair.name + "|" + pair.value + "|" + std::to_string(pair.position) + "]";
  }
  return shown;
}

TEST_CASE("SplitConnectionString: pairs, spaces and empty pairs", "[auth]") {
  CHECK(Pairs("").empty());
  CHECK(Pairs(" ; ;;\n").empty());
  CHECK(Pairs("a=1") == "[a|1|1]");
  CHECK(Pairs(" a = 1 ;; b=2;") == "[a|1|2][b|2|11]");
  CHECK(Pairs("a=") == "[a||1]");
  CHECK(Pairs("a=;b= ;c").find("error: ") == 0);
  CHECK(Pairs("a=b=c") == "[a|b=c|1]");
  CHECK(Pairs("a=1;\n  b=2;\n") == "[a|1|1][b|2|8]");
}

TEST_CASE("SplitConnectionString: quotes", "[auth]") {
  CHECK(Pairs("a='x;y';b=2") == "[a|x;y|1][b|2|9]");
  CHECK(Pairs("a=\" x \"") == "[a| x |1]");
  CHECK(Pairs("a='it''s'") == "[a|it's|1]");
  CHECK(Pairs("a=\"say \"\"hi\"\" it's\"") == "[a|say \"hi\" it's|1]");
  CHECK(Pairs("a='' ; b=\"\"") == "[a||1][b||8]");
  CHECK(Pairs("a='x'  ;") == "[a|x|1]");
  CHECK(Pairs("a=''''") == "[a|'|1]");
}

TEST_CASE("SplitConnectionString: mistakes name the place and show no value", "[auth]") {
  const std::string unclosed = SplitError("Timeout=1;OAuthClientSecret='hunter2;x=1");
  CHECK_THAT(unclosed, Contains("OAuthClientSecret (position 11)") && Contains("never closed") && !Contains("hunter2"));
  const std::string after = SplitError("OAuthClientSecret='hun'ter2");
  CHECK_THAT(after, Contains("OAuthClientSecret (position 1)") && Contains("closing quote") && !Contains("ter2"));
  const std::string inner = SplitError("OAuthClientSecret=hunt'er2");
  CHECK_THAT(inner, Contains("must stand in quotes") && !Contains("hunt"));
  const std::string piece = SplitError("OAuthClientSecret=abc;hunter2;Timeout=5");
  CHECK_THAT(piece, Contains("position 23") && Contains("OAuthClientSecret (position 1) contains ';'") &&
                        !Contains("hunter2"));
  CHECK_THAT(SplitError("Timeout=5; =7"), Contains("a name is missing") && Contains("position 12"));
  CHECK_THAT(SplitError("KeapAK-0123456789"), Contains("position 1") && !Contains("KeapAK"));
}

TEST_CASE("ValueIn: finds the value whatever the case of the name", "[auth]") {
  CHECK(ValueIn("MaxRows=1; CONNECTION = 'my crm' ", "Connection").value() == "my crm");
  CHECK(ValueIn("MaxRows=1", "Connection").value().empty());
  CHECK_THAT(ValueIn("Connection=a;connection=b", "Connection").status().message(), Contains("before, at position 1"));
  CHECK(!ValueIn("Connection='a", "Connection"));
}

std::string Joined(std::vector<const char*> arguments) {
  const auto joined = JoinModuleArguments(arguments);
  return joined ? *joined : "error: " + joined.status().message();
}

TEST_CASE("JoinModuleArguments: removes SQL's quotes and joins", "[auth]") {
  CHECK(Joined({}).empty());
  CHECK(Joined({"'a=1;b=2'"}) == "a=1;b=2");
  CHECK(Joined({" 'a=1;' ", "\"b=2\"", "c=3", "[d=4]", "`e=5`"}) == "a=1;;b=2;c=3;d=4;e=5");
  CHECK(Joined({"'a=''x;y'''"}) == "a='x;y'");
  CHECK(Joined({"''", "a=1"}) == "a=1");
  CHECK(Joined({"a='x'"}) == "a='x'");
  CHECK_THAT(Joined({"a=1", "'b=2' c"}), Contains("error: argument 2") && Contains("closing quote"));
  CHECK_THAT(Joined({"'a=1"}), Contains("error: argument") && Contains("never closed"));
  CHECK_THAT(Joined({"'a=\"x'", "'b=y\"'"}), Contains("error: argument 1"));
}

}  // namespace
}  // namespace infusionsoft
