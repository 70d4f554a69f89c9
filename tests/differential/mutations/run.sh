#!/bin/bash
# SPDX-License-Identifier: MIT
# Breaks one rule of the planner after another, and expects the differential test to notice.
#   tests/differential/mutations/run.sh [--queries N] [--seed N]... [NAME...]
# Each NAME.patch beside this file is a mutation: a small change of ext/ under which answers are wrong; broken/NAME.patch is one
# that shows where the server breaks what it does not promise. It is applied to a copy
# of the sources, built there and run with each seed (1, 2 and 3); a table says after how many queries it was caught. Fails when
# one is not, when a patch no longer fits or builds, and when the sources as they are do not pass. All of them take about ten
# minutes, so ctest has no part in it. KEEP_LOGS names a folder for what the test says of each.
set -euo pipefail

mutations=$(cd "$(dirname "$0")" && pwd)
sources=$(cd "$mutations/../../.." && pwd)
queries=2000
seeds=()
names=()
while [ $# -gt 0 ]; do
  case $1 in
    --queries) queries=$2; shift 2 ;;
    --seed) seeds+=("$2"); shift 2 ;;
    *) names+=("$1"); shift ;;
  esac
done
[ ${#seeds[@]} -gt 0 ] || seeds=(1 2 3)
if [ ${#names[@]} -eq 0 ]; then
  for patch in "$mutations"/*.patch "$mutations"/broken/*.patch; do
    name=${patch#"$mutations"/}
    names+=("${name%.patch}")
  done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$sources" --exclude=./build --exclude=./.git -cf - . | tar -C "$work" -xf -

build() { cmake --build "$work/build" --target tests_differential tests_differential_weak > "$work/build.log" 2>&1 || { tail -n 20 "$work/build.log"; return 1; }; }
# Which program finds the mutation NAME.
command_for() {
  case $1 in
    broken/hash_decides) echo tests_differential_weak --rowids-collide --broken ;;
    broken/*) echo tests_differential --broken ;;
    *) echo tests_differential ;;
  esac
}
# run NAME SEED: sets `caught` to the number of queries until the first mismatch, or to "".
run() {
  caught=""
  # shellcheck disable=SC2046
  if ! (cd "$work/build/tests" && timeout 600 ./$(command_for "$1") --queries "$queries" --seed "$2" --shrink-seconds 5) > "$work/run.log" 2>&1; then
    caught=$(sed -n 's/^\([0-9]*\) queries (.*/\1/p' "$work/run.log")
    [ -n "$caught" ] || caught=crash
  fi
}

cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
build
for name in none broken/none broken/hash_decides; do for seed in "${seeds[@]}"; do
  run "$name" "$seed"
  if [ -n "$caught" ]; then
    cat "$work/run.log"
    echo "the sources as they are do not pass"
    exit 1
  fi
done; done

failed=0
echo "caught after queries, of at most $queries"
printf '%-32s' seed; printf '%12s' "${seeds[@]}"; echo
for name in "${names[@]}"; do
  printf '%-32s' "$name"
  if ! patch --quiet -p1 -d "$work" < "$mutations/$name.patch" > "$work/patch.log" 2>&1; then
    echo 'the patch does not fit'
    cat "$work/patch.log"
    exit 1
  fi
  build || exit 1
  for seed in "${seeds[@]}"; do
    run "$name" "$seed"
    printf '%12s' "${caught:-not caught}"
    [ -n "$caught" ] || failed=1
    [ -z "${KEEP_LOGS:-}" ] || cp "$work/run.log" "$KEEP_LOGS/${name//\//.}.$seed.log"
  done
  echo
  patch --quiet -R -p1 -d "$work" < "$mutations/$name.patch"
done
exit $failed
