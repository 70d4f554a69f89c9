// SPDX-License-Identifier: MIT
// Scheme: what an AuthScheme means. Each is one row of the table in scheme.cc; nothing else asks which one is in force.
//
// Sources: KEAP_FACTS sections 1.1 and 1.2 (what the vendor's cloud takes: OAuth's code grant and keys), RFC 7617 (BASIC).
// Threads: pure functions over a value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/connection_options.h"
#include "base/secret.h"
#include "base/status.h"
#include "http/transport.h"

namespace infusionsoft {

struct Scheme {
  std::string_view name;  // as AuthScheme spells it
  bool uses_tokens;       // the secret is an access token that comes from OAuth's servers, and `secret` is not used
  Secret ConnectionOptions::*secret;  // the key or password of the connection; nullptr: none is sent
  // Makes `request` carry the secret.
  void (*sign)(const ConnectionOptions& options, const Secret& secret, http::HttpRequest& request);
  // Whether the properties that the scheme needs are there.
  Status (*check)(const ConnectionOptions& options);
  std::string_view when_refused;  // what to do after a 401, as a sentence without a capital and without a period
};

const Scheme& SchemeOf(const ConnectionOptions& options);

// The grant by which access tokens are had; OAUTH_CLIENT implies CLIENT. Only for schemes that use tokens.
OAuthGrantType GrantOf(const ConnectionOptions& options);
// Whether a person signs in for the tokens: the code grant.
bool NeedsPerson(const ConnectionOptions& options);

// Whether access tokens come from the token endpoint, one after another; otherwise the one of the connection string is used
// as it is. Only for schemes that use tokens.
bool RenewsTokens(const ConnectionOptions& options);

// Whether the data is that of whoever signed in last, by tokens that the store has.
bool FollowsSignIns(const ConnectionOptions& options);

// Whose the tokens are, as their store knows them: the client id, followed by what else tells owners apart where no person
// signs in, so that the tokens of one grant are not used for another.
std::string TokenOwner(const ConnectionOptions& options);

// Errors: kInvalidArgument that says what to give. `given` are the pairs of the text that is checked: what stands there
// and has no effect with the scheme is an error too; what an underlying connection brings is not.
Status CheckScheme(const ConnectionOptions& options, const std::vector<PropertyText>& given);

// What must not be repeated when a server echoes a request that carried `secret`: the secret as it travels, in every form.
std::vector<Secret> WireForms(const ConnectionOptions& options, const Secret& secret);

// Where a token is used as it is given and none is: that, and what to give, for people. "" otherwise. One may still come by
// infusionsoft_exchange_code().
std::string MissingToken(const ConnectionOptions& options);

}  // namespace infusionsoft
