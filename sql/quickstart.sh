#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Shows the extension at work without an account: builds it, starts a sandbox (a made-up account on this machine), signs in and
# runs sql/quickstart.sql in the sqlite3 shell. Debian 12; what is missing is installed.
#
#   bash sql/quickstart.sh [FILE.sql...]
#
# INFUSIONSOFT_BUILD=FOLDER uses what was built there, and neither installs nor builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/packages.sh

(($#)) || set -- sql/quickstart.sql
build=${INFUSIONSOFT_BUILD:-build/release}
if [[ -z ${INFUSIONSOFT_BUILD:-} ]]; then
  install_packages "${BUILD_PACKAGES[@]}"
  echo "Building $build/infusionsoft.so (a few minutes the first time)"
  quietly cmake --preset release
  quietly cmake --build --preset release --target infusionsoft infusionsoft-sandbox
fi
build=$(cd "$build" && pwd)

# The sandbox: a local server with the API's addresses, a sign-in page and made-up rows.
work=$(mktemp -d)
sandbox_pid=
stop() {
  if [[ -n $sandbox_pid ]]; then
    kill "$sandbox_pid" 2>/dev/null || true
    wait "$sandbox_pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT
"$build/infusionsoft-sandbox" --port 0 --auto-allow --ready-file "$work/address" >"$work/sandbox.log" 2>&1 &
sandbox_pid=$!
for ((i = 0; i < 200; ++i)); do
  [[ -s $work/address ]] && break
  kill -0 "$sandbox_pid" 2>/dev/null || break
  sleep 0.05
done
if [[ ! -s $work/address ]]; then
  cat "$work/sandbox.log" >&2
  echo "The sandbox did not start" >&2
  exit 1
fi
server=$(<"$work/address")

# Signing in opens a browser; here the sandbox's own stands in for it and for the person who clicks Allow. Tokens go into a
# folder that is removed at the end.
# shellcheck disable=SC2016  # $1 is the new script's
printf '#!/bin/sh\nexec "%s" browse "$1"\n' "$build/infusionsoft-sandbox" >"$work/browser"
chmod +x "$work/browser"
export BROWSER=$work/browser
export XDG_CONFIG_HOME=$work/config
export XDG_CACHE_HOME=$work/cache
export KEAP_SECRET=sandbox-client-secret

# An account of your own needs the first two lines only.
connection='Profile=C:\profiles\Infusionsoft.apip;Authscheme=OAuth;InitiateOAuth=GETANDREFRESH;'
connection+='OAuthClientId=sandbox-client-id;OAuthClientSecret=env:KEAP_SECRET;'
connection+="CallbackURL=http://localhost:0;URL=$server/crm/rest;"
connection+="OAuthAuthorizationURL=$server/app/oauth/authorize;OAuthAccessTokenURL=$server/token;"
connect="SELECT infusionsoft_connect('$connection')"

for script in "$@"; do
  printf '\n$ sqlite3 -cmd ".load %s/infusionsoft" \\\n          -cmd "%s" < %s\n\n' "${build#"$PWD"/}" "$connect" "$script"
  sqlite3 -batch -bail -cmd ".load '$build/infusionsoft'" -cmd "$connect" :memory: <"$script"
done
