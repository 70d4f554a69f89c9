// SPDX-License-Identifier: MIT
#include "http/transport.h"

#include <algorithm>

namespace infusionsoft::http {

bool IsToken(std::string_view text) {
  const auto is_token_char = [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

std::string_view HttpResponse::Header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return "";
}

}  // namespace infusionsoft::http
