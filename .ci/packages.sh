# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Sourced by the scripts that build: which Debian packages that takes, and how a missing one is installed.

BUILD_PACKAGES=(ca-certificates cmake g++ ninja-build libcurl4-openssl-dev libsqlite3-dev libssl-dev rapidjson-dev
  catch2 libcpp-httplib-dev sqlite3)
CLANG_PACKAGES=(clang libclang-rt-14-dev)
export BUILD_PACKAGES CLANG_PACKAGES

# Runs a command silently; when it fails, shows what it said.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if ((status != 0)); then
    cat "$log" >&2
    echo "failed ($status): $*" >&2
  fi
  rm -f "$log"
  return "$status"
}

is_installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# install_packages NAME...: those that are missing, with apt-get, as root or through sudo.
install_packages() {
  local name missing=() as_root=()
  if ! command -v apt-get >/dev/null; then
    echo "No apt-get here; these Debian packages, or what your system calls them, are needed: $*" >&2
    return 0 # they may be there under other names: CMake tells what it does not find
  fi
  for name in "$@"; do
    is_installed "$name" || missing+=("$name")
  done
  ((${#missing[@]} == 0)) && return 0
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "Run this as root, then try again: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  quietly "${as_root[@]}" apt-get update
  without_services quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}"
}

# without_services COMMAND...: packages of servers do not start them meanwhile; tests start their own. Uses as_root of the caller.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install --mode=755 /dev/stdin "$policy"
  "$@" || status=$?
  "${as_root[@]}" rm -f "$policy"
  return "$status"
}
