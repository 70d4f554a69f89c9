#!/bin/bash
# SPDX-License-Identifier: MIT
# Breaks one rule of the planner after another, and expects the differential test to notice.
#   tests/differential/mutations/run.sh [--queries N] [--seed N] [NAME...]
# Each NAME.patch beside this file is a mutation: a small change of ext/ under which answers are wrong. It is applied to a copy
# of the sources, built there and run; a table says after how many queries it was caught. Fails when one is not, when a patch
# no longer fits or builds, and when the sources as they are do not pass. All of them take a few minutes, so ctest has no part
# in it. KEEP_LOGS names a folder for what the test says of each.
set -euo pipefail

mutations=$(cd "$(dirname "$0")" && pwd)
sources=$(cd "$mutations/../../.." && pwd)
queries=2000
seed=1
names=()
while [ $# -gt 0 ]; do
  case $1 in
    --queries) queries=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    *) names+=("$1"); shift ;;
  esac
done
if [ ${#names[@]} -eq 0 ]; then
  for patch in "$mutations"/*.patch; do names+=("$(basename "$patch" .patch)"); done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$sources" --exclude=./build --exclude=./.git -cf - . | tar -C "$work" -xf -
program=$work/build/tests/tests_differential

build() { cmake --build "$work/build" --target tests_differential > "$work/build.log" 2>&1 || { tail -n 20 "$work/build.log"; return 1; }; }
# Sets `caught` to the number of queries until the first mismatch, or to "".
run() {
  caught=""
  if ! timeout 600 "$program" --queries "$queries" --seed "$seed" > "$work/run.log" 2>&1; then
    caught=$(sed -n 's/^\([0-9]*\) queries (.*/\1/p' "$work/run.log")
    [ -n "$caught" ] || caught=crash
  fi
}

cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
echo "seed $seed, at most $queries queries each"
build
run
if [ -n "$caught" ]; then
  cat "$work/run.log"
  echo "the sources as they are do not pass"
  exit 1
fi

failed=0
printf '%-32s %s\n' mutation 'caught after queries'
for name in "${names[@]}"; do
  if ! patch --quiet -p1 -d "$work" < "$mutations/$name.patch" > "$work/patch.log" 2>&1; then
    printf '%-32s %s\n' "$name" 'the patch does not fit'
    cat "$work/patch.log"
    exit 1
  fi
  if build; then run; else caught=""; fi
  printf '%-32s %s\n' "$name" "${caught:-not caught}"
  [ -n "$caught" ] || failed=1
  [ -z "${KEEP_LOGS:-}" ] || cp "$work/run.log" "$KEEP_LOGS/$name.log"
  patch --quiet -R -p1 -d "$work" < "$mutations/$name.patch"
done
exit $failed
