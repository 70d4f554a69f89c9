// SPDX-License-Identifier: MIT
#include "json_path.h"

#include <algorithm>

namespace infusionsoft::sandbox {

JsonPath::JsonPath(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Step step;
    const size_t bracket = part.find('[');
    step.name = std::string(part.substr(0, bracket));
    if (bracket != std::string_view::npos) {
      step.each = true;
      const size_t equals = part.find('=');
      if (equals != std::string_view::npos) {
        step.selector = std::string(part.substr(bracket + 1, equals - bracket - 1));
        step.text = std::string(part.substr(equals + 1, part.size() - equals - 2));
      }
    }
    steps_.push_back(std::move(step));
  }
}

void JsonPath::Collect(const rapidjson::Value& row, std::vector<const rapidjson::Value*>* out) const { Walk(row, 0, out); }

bool JsonPath::Admits(const Step& step, const rapidjson::Value& element) const {
  if (step.text.empty() && restriction_.empty()) return true;
  if (!element.IsObject()) return false;
  const auto member = element.FindMember(step.selector.c_str());
  if (member == element.MemberEnd()) return false;
  if (member->value.IsNumber()) return std::to_string(static_cast<int64_t>(member->value.GetDouble())) == step.text;
  if (!member->value.IsString()) return false;
  const std::string_view field(member->value.GetString(), member->value.GetStringLength());
  if (!step.text.empty()) return field == step.text;
  return std::find(restriction_.begin(), restriction_.end(), field) != restriction_.end();
}

void JsonPath::Walk(const rapidjson::Value& value, size_t step, std::vector<const rapidjson::Value*>* out) const {
  if (value.IsNull()) return;
  if (step == steps_.size()) {
    out->push_back(&value);
    return;
  }
  if (!value.IsObject()) return;
  const Step& here = steps_[step];
  const auto member = value.FindMember(here.name.c_str());
  if (member == value.MemberEnd()) return;
  if (!here.each) return Walk(member->value, step + 1, out);
  if (!member->value.IsArray()) return;
  for (const rapidjson::Value& element : member->value.GetArray()) {
    if (Admits(here, element)) Walk(element, step + 1, out);
  }
}

}  // namespace infusionsoft::sandbox
