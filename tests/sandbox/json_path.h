// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

namespace infusionsoft::sandbox {

// A place in a row: "given_name", "company.id", "email_addresses[].email" (every element),
// "addresses[field=BILLING].line1" (the elements whose `field` is that) or "custom_fields[id=7].content".
class JsonPath {
 public:
  JsonPath() = default;
  explicit JsonPath(std::string_view text);

  // The top-level property it begins with.
  const std::string& property() const { return steps_.front().name; }
  // Of "[]" steps, uses only elements whose `field` is one of these; empty for all.
  void Restrict(std::vector<std::string> fields) { restriction_ = std::move(fields); }

  // Appends the values found there that are not null.
  void Collect(const rapidjson::Value& row, std::vector<const rapidjson::Value*>* out) const;

 private:
  struct Step {
    std::string name;
    bool each = false;
    std::string selector = "field";
    std::string text;
  };
  void Walk(const rapidjson::Value& value, size_t step, std::vector<const rapidjson::Value*>* out) const;
  bool Admits(const Step& step, const rapidjson::Value& element) const;

  std::vector<Step> steps_;
  std::vector<std::string> restriction_;
};

}  // namespace infusionsoft::sandbox
