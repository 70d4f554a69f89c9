// SPDX-License-Identifier: MIT
// The open text of a token file (token_seal.h describes the sealed form, version 2):
//
//   {
//     "format": "infusionsoft tokens", "version": 1,
//     "client_id": "...",          the application they were issued to
//     "servers": "https://...",    where they may be sent, separated by spaces (account_servers.h)
//     "access_token": "...", "refresh_token": "...",
//     "expires_at": "2026-01-31T12:00:00.000Z",   end of the access token; absent when not known
//     "expires_in": 86400,         the access token's whole lifetime in seconds; absent when not known
//     "scope": "full|xx123.infusionsoft.com",
//     "grant": "0123...",          the sign-in that they come from (TokenSet); absent when not known
//     "sign_in": {"state": "...", "code_verifier": "...", "ends_at": "2026-01-31T12:00:00.000Z"}
//                                  a sign-in on another machine whose code is still to come (sign_in_attempt.h)
//   }
//
// Members that this version does not know are kept when the file is written again. A file of a later version is not
// touched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "auth/token_store.h"
#include "base/status.h"

namespace infusionsoft {

inline constexpr std::string_view kTokenFileFormat = "infusionsoft tokens";
inline constexpr int64_t kOpenTokenFileVersion = 1;
inline constexpr int64_t kSealedTokenFileVersion = 2;

// Errors: kUnauthenticated, a sentence without the file's name and without any of its text. A file of another client id
// is such an error ("" = any).
Result<TokenSet> ParseTokenFile(const Secret& text, const std::string& client_id);

// `previous` is the text that is there now, "" when there is none; it has been accepted by ParseTokenFile.
Result<Secret> FormatTokenFile(const TokenSet& tokens, const std::string& client_id, const Secret& previous);

}  // namespace infusionsoft
