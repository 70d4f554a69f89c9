// SPDX-License-Identifier: MIT
// WriteTree: a value as JSON text. RapidJSON's own way recurses once a level, which a small thread's stack has no room for.
// For ext/json/*.cc only.
#pragma once

#include <vector>

#include "json/rapidjson.h"

namespace infusionsoft::json {

inline void WriteTree(const Node& root, TextWriter& writer) {
  struct Level {
    const Node* node;
    rapidjson::SizeType next;
  };
  TreeWriter scalars(writer);
  std::vector<Level> levels;
  const auto begin = [&](const Node& node) {
    if (!node.IsObject() && !node.IsArray()) {
      node.Accept(scalars);
      return;
    }
    levels.push_back({&node, 0});
    if (node.IsObject()) {
      writer.StartObject();
    } else {
      writer.StartArray();
    }
  };
  begin(root);
  while (!levels.empty()) {
    const Node& node = *levels.back().node;
    const rapidjson::SizeType next = levels.back().next++;
    if (node.IsArray() && next < node.Size()) {
      begin(node[next]);
    } else if (node.IsObject() && next < node.MemberCount()) {
      const auto& member = *(node.MemberBegin() + static_cast<std::ptrdiff_t>(next));
      writer.Key(member.name.GetString(), member.name.GetStringLength());
      begin(member.value);
    } else {
      levels.pop_back();
      if (node.IsObject()) {
        writer.EndObject();
      } else {
        writer.EndArray();
      }
    }
  }
}

}  // namespace infusionsoft::json
