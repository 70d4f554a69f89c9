// SPDX-License-Identifier: MIT
#include "page_token.h"

#include "encoding.h"
#include "mix.h"

namespace infusionsoft::sandbox {
namespace {

constexpr size_t kTokenBytes = 20;

void AppendBytes(std::string& out, uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 255);
}

uint64_t ReadBytes(std::string_view text) {
  uint64_t out = 0;
  for (const char c : text) out = (out << 8) | static_cast<unsigned char>(c);
  return out;
}

uint64_t CheckValue(const PagePosition& position, std::string_view request, uint64_t secret) {
  return Mix(MixText(Mix(secret, position.position), request), position.page);
}

}  // namespace

std::string MakePageToken(const PagePosition& position, std::string_view request, uint64_t secret) {
  std::string bytes;
  AppendBytes(bytes, CheckValue(position, request, secret), 8);
  AppendBytes(bytes, position.position, 8);
  AppendBytes(bytes, position.page, 4);
  return Base64Encode(bytes);
}

std::optional<PagePosition> ReadPageToken(std::string_view token, std::string_view request, uint64_t secret) {
  const std::optional<std::string> bytes = Base64Decode(token);
  if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
  const std::string_view view(*bytes);
  PagePosition position;
  position.position = ReadBytes(view.substr(8, 8));
  position.page = static_cast<uint32_t>(ReadBytes(view.substr(16, 4)));
  if (ReadBytes(view.substr(0, 8)) != CheckValue(position, request, secret)) return std::nullopt;
  return position;
}

}  // namespace infusionsoft::sandbox
