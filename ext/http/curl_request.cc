// SPDX-License-Identifier: MIT
#include "http/curl_request.h"

#include <string.h>

#include <algorithm>

#include "base/text.h"

namespace infusionsoft::http {
namespace {

bool IsHeaderValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7F'); });
}

bool HasNtlm() { return (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_NTLM) != 0; }

// curl takes C strings.
bool IsLoginText(std::string_view text) { return !text.empty() && IsHeaderValue(text); }

Status CheckLogin(const Login& login) {
  if (!IsLoginText(login.user) || !IsLoginText(login.password.Reveal())) {
    return InvalidArgument("HTTP login: the user or the password is empty or has a control character");
  }
  if (login.scheme == Login::Scheme::kNtlm && !HasNtlm()) {
    return InvalidArgument("AuthScheme=NTLM cannot be used here: this system's libcurl was built without NTLM");
  }
  return Status();
}

}  // namespace

HeaderList::~HeaderList() {
  for (curl_slist* node = list_; node != nullptr; node = node->next) explicit_bzero(node->data, strlen(node->data));
  curl_slist_free_all(list_);
}

bool HeaderList::Add(std::string_view name, std::string_view value) {
  std::string line;
  line.reserve(name.size() + value.size() + 2);
  // "Name;" is curl's way to send a header with no value; "Name:" would remove it.
  line.append(name).append(value.empty() ? ";" : ": ").append(value);
  const bool added = AddLine(line.c_str());
  WipeText(line);
  return added;
}

bool HeaderList::AddLine(const char* line) {
  curl_slist* longer = curl_slist_append(list_, line);
  if (longer == nullptr) return false;
  list_ = longer;
  return true;
}

// A line break in a method or a header would become a header of its own.
Status CheckRequest(const HttpRequest& request) {
  if (!IsToken(request.method)) return InvalidArgument("HTTP method: not a word");
  for (const auto& [name, value] : request.headers) {
    if (!IsToken(name)) return InvalidArgument("HTTP header: its name is not a word");
    if (!IsHeaderValue(value)) return InvalidArgument("HTTP header " + name + ": its value has a control character");
  }
  if (request.login) {
    if (Status status = CheckLogin(*request.login); !status.ok()) return status;
  }
  const std::string& secret_name = request.secret_header_name;
  if (secret_name.empty()) return Status();
  if (!IsToken(secret_name)) return InvalidArgument("HTTP header: its name is not a word");
  if (!IsHeaderValue(request.secret_header_value.Reveal())) {
    return InvalidArgument("HTTP header " + secret_name + ": its value has a control character");
  }
  return Status();
}

bool IsSafe(const HttpRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

bool FillHeaders(const HttpRequest& request, HeaderList& headers) {
  bool added = true;
  bool has_content_type = false;
  for (const auto& [name, value] : request.headers) {
    has_content_type = has_content_type || EqualsIgnoreCase(name, "content-type");
    added = added && headers.Add(name, value);
  }
  if (!request.secret_header_name.empty()) {
    added = added && headers.Add(request.secret_header_name, request.secret_header_value.Reveal());
  }
  // Without these two lines curl would claim that a body is a form, and wait for a leave to send a long one.
  if (!has_content_type) added = added && headers.AddLine("Content-Type:");
  return added && headers.AddLine("Expect:");
}

void SetLogin(const HttpRequest& request, OptionSetter& options) {
  if (!request.login) return;
  const Login& login = *request.login;
  const bool ntlm = login.scheme == Login::Scheme::kNtlm;
  options.Set(CURLOPT_HTTPAUTH, static_cast<long>(ntlm ? CURLAUTH_NTLM : CURLAUTH_BASIC));
  options.Set(CURLOPT_USERNAME, login.user.c_str());
  std::string password(login.password.Reveal());
  options.Set(CURLOPT_PASSWORD, password.c_str());  // curl copies it, and frees the copy with the handle
  WipeText(password);
  // NTLM signs in a connection, and HTTP/2 shares one between requests.
  if (ntlm) options.Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
}

void SetMethodAndBody(const HttpRequest& request, OptionSetter& options) {
  const std::string& method = request.method;
  if (method == "HEAD") return options.Set(CURLOPT_NOBODY, 1L);
  if (!request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    options.Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    options.Set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (method != "GET" || !request.body.empty()) options.Set(CURLOPT_CUSTOMREQUEST, method.c_str());
  // On a kept connection that turns out dead, curl sends a request again by itself, even a POST that the server may have
  // read. A new connection rules that out.
  if (!IsSafe(request)) options.Set(CURLOPT_FRESH_CONNECT, 1L);
}

}  // namespace infusionsoft::http
