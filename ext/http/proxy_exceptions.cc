// SPDX-License-Identifier: MIT
#include <arpa/inet.h>

#include <array>

#include "base/text.h"
#include "http/proxy_route.h"

namespace infusionsoft::http {
namespace {

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  // 32 or 128; 0: the text is no address
};

Address ParseAddress(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  const std::string copy(text);
  Address address;
  if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) address.bits = 32;
  if (address.bits == 0 && inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) address.bits = 128;
  return address;
}

bool HaveSamePrefix(const Address& a, const Address& b, int64_t bits) {
  for (int64_t bit = 0; bit < bits; ++bit) {
    const auto byte = static_cast<size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((a.bytes[byte] & mask) != (b.bytes[byte] & mask)) return false;
  }
  return true;
}

bool MatchesAddress(const Address& host, std::string_view pattern) {
  const size_t slash = pattern.find('/');
  const Address network = ParseAddress(pattern.substr(0, slash));
  if (network.bits != host.bits) return false;
  if (slash == std::string_view::npos) return HaveSamePrefix(host, network, network.bits);
  const auto bits = ParseInt64(pattern.substr(slash + 1));
  return bits && *bits >= 0 && *bits <= network.bits && HaveSamePrefix(host, network, *bits);
}

bool MatchesName(std::string_view host, std::string_view pattern) {
  if (pattern.starts_with('*')) pattern.remove_prefix(1);
  if (pattern.starts_with('.')) pattern.remove_prefix(1);
  if (pattern.empty() || host.size() < pattern.size()) return false;
  const std::string_view before = host.substr(0, host.size() - pattern.size());
  return EqualsIgnoreCase(host.substr(before.size()), pattern) && (before.empty() || before.ends_with('.'));
}

}  // namespace

bool IsException(std::string_view host, std::string_view exceptions) {
  const Address address = ParseAddress(host);
  for (std::string_view part : Split(exceptions, ',')) {
    for (std::string_view pattern : Split(Trim(part), ' ')) {
      if (pattern.empty()) continue;
      if (pattern == "*") return true;
      if (address.bits != 0 ? MatchesAddress(address, pattern) : MatchesName(host, pattern)) return true;
    }
  }
  return false;
}

}  // namespace infusionsoft::http
