// SPDX-License-Identifier: MIT
// TlsOptions as curl wants them, and what a failed TLS connection means. Only for ext/http/*.cc.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/curl_request.h"
#include "http/transport_options.h"

namespace infusionsoft::http {

// Refuses files that libcurl would wait for: it opens them itself, and a named pipe without a writer holds it for ever. What
// is not there, or does not fit, it reports.
Status CheckTlsFiles(const TlsOptions& tls);

// Towards the server and towards a proxy with TLS. `tls` must live until the transfer ends.
void SetTls(const TlsOptions& tls, OptionSetter& options);

// The Status of a transfer that ended with `code`, when that is about certificates or the agreement on TLS; nothing
// otherwise. `peer` is who was spoken to, as messages name it; `of_proxy`: that was a proxy, not the server. `detail` is
// curl's own description, which ends in what OpenSSL said.
std::optional<Status> TlsError(const std::string& peer, bool of_proxy, CURL* easy, CURLcode code, std::string_view detail);

}  // namespace infusionsoft::http
