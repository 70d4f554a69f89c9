// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "row_writer.h"
#include "vocabulary.h"

namespace infusionsoft::sandbox {

// Objects that several entities carry. `bits` decide the content.

struct Address {
  Text line1;
  Text line2;
  Text locality;
  Text region;
  const Place* place;
};
Address MakeAddress(uint64_t bits);
void WriteAddress(JsonWriter& writer, const Address& address, std::string_view field);

void WriteEmail(JsonWriter& writer, std::string_view email, int slot, uint64_t bits);
std::string PhoneText(uint64_t bits);
void WritePhone(JsonWriter& writer, std::string_view number, int slot, uint64_t bits);
void WriteFax(JsonWriter& writer, int slot, uint64_t bits);
void WriteSocialAccounts(JsonWriter& writer, uint64_t bits);

std::string DateText(uint64_t bits);
// An instant up to half a year after `millis`, in one of the spellings.
std::string LaterTime(int64_t millis, uint64_t bits);
std::string_view CurrencyOf(uint64_t bits);

}  // namespace infusionsoft::sandbox
