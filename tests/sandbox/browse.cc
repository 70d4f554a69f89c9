// SPDX-License-Identifier: MIT
#include "browse.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace infusionsoft::sandbox {
namespace {

constexpr int kMostSteps = 20;
constexpr int kTimeoutSeconds = 30;

struct Address {
  std::string host;
  std::string port;
  std::string target;
};

// Plain HTTP only: both the sandbox and the loopback address it sends the browser to speak it.
std::optional<Address> Split(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return std::nullopt;
  url = url.substr(kScheme.size(), url.find('#') - kScheme.size());
  const size_t end = std::min(url.find_first_of("/?"), url.size());
  const std::string_view authority = url.substr(0, end);
  const size_t colon = authority.rfind(':');
  Address address;
  address.host = std::string(authority.substr(0, colon));
  address.port = colon == std::string_view::npos ? "80" : std::string(authority.substr(colon + 1));
  address.target = std::string(url.substr(end));
  if (!address.target.starts_with('/')) address.target.insert(0, "/");
  return address;
}

int Connect(const Address& address) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0) return -1;
  int fd = -1;
  for (const addrinfo* at = found; at != nullptr && fd < 0; at = at->ai_next) {
    fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
    if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  return fd;
}

bool SendAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

// The whole answer, head and body. HTTP/1.0, so that the end of the connection ends the body. This
// does not use the HTTP library because that one decodes the Location header, and with it the
// parameters inside.
std::string Fetch(const Address& address) {
  const int fd = Connect(address);
  if (fd < 0) return {};
  const timeval limit{kTimeoutSeconds, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  std::string answer;
  if (SendAll(fd, "GET " + address.target + " HTTP/1.0\r\nHost: " + address.host + ":" + address.port +
                      "\r\nConnection: close\r\n\r\n")) {
    std::array<char, 4096> buffer{};
    ssize_t size = 0;
    while ((size = recv(fd, buffer.data(), buffer.size(), 0)) > 0) {
      answer.append(buffer.data(), static_cast<size_t>(size));
    }
  }
  close(fd);
  return answer;
}

struct Page {
  int status = 0;
  std::string location;
  std::string body;
};

Page ReadPage(const std::string& answer) {
  Page page;
  const size_t end = answer.find("\r\n\r\n");
  const size_t space = answer.find(' ');
  if (end == std::string::npos || space == std::string::npos) return page;
  for (size_t i = space + 1; i < space + 4; ++i) page.status = page.status * 10 + (answer[i] - '0');
  page.body = answer.substr(end + 4);
  std::string head = answer.substr(0, end + 2);
  std::string lower = head;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const size_t at = lower.find("\r\nlocation:");
  if (at == std::string::npos) return page;
  const size_t from = head.find_first_not_of(' ', at + 11);
  page.location = head.substr(from, head.find("\r\n", from) - from);
  return page;
}

std::string Resolve(const Address& base, const std::string& link) {
  return link.starts_with('/') ? "http://" + base.host + ":" + base.port + link : link;
}

// The address of the link with that id, on a page written by the sandbox.
std::string LinkOf(const std::string& page, std::string_view id) {
  const std::string begin = "<a id=\"" + std::string(id) + "\" href=\"";
  const size_t at = page.find(begin);
  if (at == std::string::npos) return {};
  const size_t from = at + begin.size();
  return page.substr(from, page.find('"', from) - from);
}

std::string WithoutTags(const std::string& page) {
  std::string out;
  bool in_tag = false;
  for (const char c : page) {
    if (c == '<') in_tag = true;
    if (!in_tag) out += c;
    if (c == '>') in_tag = false;
  }
  return out;
}

}  // namespace

BrowseResult Browse(std::string_view url, Choice choice) {
  std::string next(url);
  for (int step = 0; step < kMostSteps; ++step) {
    const std::optional<Address> address = Split(next);
    if (!address) return {false, "not an http:// address: " + next};
    const Page page = ReadPage(Fetch(*address));
    if (page.status == 0) return {false, "no answer from " + address->host + ":" + address->port};
    if (page.status >= 300 && page.status < 400) {
      next = Resolve(*address, page.location);
      continue;
    }
    const std::string link = LinkOf(page.body, choice == Choice::kAllow ? "allow" : "deny");
    if (link.empty()) return {page.status < 400, WithoutTags(page.body)};
    next = Resolve(*address, link);
  }
  return {false, "too many redirects"};
}

}  // namespace infusionsoft::sandbox
