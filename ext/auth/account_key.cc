// SPDX-License-Identifier: MIT
#include <type_traits>

#include "auth/account_servers.h"
#include "auth/connection_options.h"
#include "auth/crypto.h"
#include "auth/network_options.h"
#include "auth/scheme.h"
#include "auth/structured_value.h"
#include "auth/token_location.h"
#include "base/secret.h"
#include "base/text.h"

namespace infusionsoft {
namespace {

// Each value stands behind its length, so that no two lists of values give the same text.
void Append(std::string& text, std::string_view value) {
  text += std::to_string(value.size());
  text += ':';
  text += value;
}

template <typename Duration>
void Append(std::string& text, const std::optional<Duration>& value) {
  Append(text, value ? std::to_string(value->count()) : "-");
}

template <typename Choice>
  requires std::is_enum_v<Choice>
void Append(std::string& text, Choice choice) {
  Append(text, std::to_string(static_cast<int>(choice)));
}

// Where tokens are kept. The text alone may mean another file when the host has gone to another directory, or to another
// HOME.
void AppendTokenPlace(std::string& text, const ConnectionOptions& options) {
  const std::string& location = options.oauth_settings_location;
  const auto path = IsMemory(location) ? location : TokenFilePath(location, TokenOwner(options));
  Append(text, path ? *path : location);
}

// Another way to the server, or another trust in it, is another session: kept connections were made under the old one.
void AppendNetwork(std::string& text, const ConnectionOptions& options) {
  const http::TlsOptions tls = TlsOptionsOf(options);
  Append(text, options.ssl_server_cert);
  Append(text, tls.ca_file);
  Append(text, tls.client_certificate);
  Append(text, options.ssl_client_cert_type);
  Append(text, options.ssl_client_cert_password.Reveal());
  Append(text, options.proxy_auto_detect ? "1" : "0");
  Append(text, options.proxy_server);
  Append(text, std::to_string(options.proxy_port));
  Append(text, options.proxy_user);
  Append(text, options.proxy_password.Reveal());
  Append(text, options.proxy_auth_scheme);
  Append(text, options.proxy_ssl_type);
  Append(text, options.proxy_exceptions);
  Append(text, options.firewall_type);
  Append(text, options.firewall_server);
  Append(text, std::to_string(options.firewall_port));
  Append(text, options.firewall_user);
  Append(text, options.firewall_password.Reveal());
}

}  // namespace

std::string ConnectionOptions::AccountKey() const {
  std::string text = "infusionsoft account 1\n";
  text.reserve(4096 + ssl_server_cert.size());  // growth would leave copies of secrets behind
  // OAUTH_CLIENT and OAUTH with OAuthGrantType=CLIENT are one.
  const OAuthGrantType grant = GrantOf(*this);
  const bool client = SchemeOf(*this).uses_tokens && grant == OAuthGrantType::kClient;
  Append(text, std::to_string(static_cast<int>(client ? AuthScheme::kOAuthClient : auth_scheme)));
  Append(text, std::to_string(static_cast<int>(grant)));
  Append(text, oauth_params);
  Append(text, api_key.Reveal());
  Append(text, AsciiLower(api_key_header));
  Append(text, user);
  Append(text, password.Reveal());
  Append(text, std::to_string(static_cast<int>(initiate_oauth)));
  Append(text, oauth_client_id);
  Append(text, oauth_client_secret.Reveal());
  Append(text, oauth_access_token.Reveal());
  Append(text, oauth_refresh_token.Reveal());
  Append(text, oauth_expires_in);
  Append(text, oauth_token_timestamp);
  AppendTokenPlace(text, *this);
  Append(text, token_key.Reveal());
  Append(text, oauth_verifier.Reveal());
  Append(text, CanonicalUrl(callback_url));
  Append(text, scope);
  Append(text, state);
  Append(text, oauth_pkce ? "1" : "0");
  Append(text, CanonicalUrl(authorization_url));
  Append(text, CanonicalUrl(access_token_url));
  Append(text, CanonicalUrl(refresh_token_url.empty() ? access_token_url : refresh_token_url));
  Append(text, CanonicalUrl(url));
  Append(text, std::to_string(timeout.count()));
  Append(text, FormatSupportSettings(support));
  AppendNetwork(text, *this);
  std::string key = Sha256Hex(text);
  WipeText(text);
  return key;
}

// A token that is renewed says nothing about whose data it opens: its owner and the place where it is kept do, as they
// tell token files apart. What is given once and for all is told apart by itself.
std::string ConnectionOptions::DataOwner() const {
  const Scheme& scheme = SchemeOf(*this);
  std::string text = "infusionsoft data 1\n";
  text.reserve(4096);  // growth would leave copies of secrets behind
  Append(text, CanonicalUrl(url));
  if (scheme.uses_tokens && RenewsTokens(*this)) {
    Append(text, TokenOwner(*this));
    AppendTokenPlace(text, *this);
    Append(text, oauth_params);
  } else if (scheme.uses_tokens) {
    Append(text, oauth_access_token.Reveal());
  } else {
    Append(text, auth_scheme);
    Append(text, user);
    // A person's password changes, and is short enough to be guessed from its hash.
    Append(text, scheme.secret == &ConnectionOptions::api_key ? api_key.Reveal() : std::string_view());
  }
  std::string key = Sha256Hex(text);
  WipeText(text);
  return key;
}

}  // namespace infusionsoft
