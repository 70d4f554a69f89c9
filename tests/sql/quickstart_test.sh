#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The README's first command, on what is built already: it ends by itself with the answers, and leaves nothing behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${INFUSIONSOFT_BUILD:?the folder with infusionsoft.so}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

TMPDIR=$work bash sql/quickstart.sh >"$work/output" 2>&1 </dev/null || { cat "$work/output" && exit 1; }

expect() {
  grep -qF -- "$1" "$work/output" || { cat "$work/output" && echo "not in the output: $1" && exit 1; }
}
expect 'connected'
expect '│ infusionsoft_contacts '
expect 'Anna'
expect 'Maria'
expect 'GET /v2/contacts?filter='
expect 'POST /token'
expect 'GET /v2/orders'
if grep -qE 'sandbox-client-secret|Bearer' "$work/output"; then
  echo 'a secret in the output' && exit 1
fi
left=$(find "$work" -mindepth 1 -not -name output)
[[ -z $left ]] || { echo "left behind: $left" && exit 1; }
echo 'quickstart: right'
