#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Takes away, one at a time, a line that puts something into effect, and expects a test to fail. What no test notices could be
# ignored by the code, and nobody would know.
#
#   bash tests/mutations/run.sh                 # every row of every table: *.txt in this folder
#   bash tests/mutations/run.sh Scope MaxRows   # the rows of these names
#
# A table has one row a mutation, with ' | ' between its columns: name, file, expression of sed -E, program, test. The program is
# the target to build and to run; the test is a filter of Catch2, or, when it begins with --, the program's arguments. Lines
# that begin with # say why something has no row. It works on a copy of the checkout in a temporary folder with a build of its
# own; MUTATIONS_FOLDER names one that is kept, which makes the next run faster. All rows take 10 to 30 minutes, so ctest
# does not run it; tests/layers checks that the tables name every connection property, that each row changes its file, and
# that there is such a test.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

SECONDS_A_TEST=120
SKIPPED=77 # of a program whose counterpart is not installed

if [[ -n ${MUTATIONS_FOLDER:-} ]]; then
  work=$(mkdir -p "$MUTATIONS_FOLDER" && cd "$MUTATIONS_FOLDER" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
copy=$work/sources
build=$copy/build/release
log=$work/log
mkdir -p "$copy"

if command -v ccache >/dev/null; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$copy CCACHE_NOHASHDIR=1
fi

# Only what differs is written, so that a kept build stays good.
copy_sources() {
  local path
  cd "$root"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' path; do
    if [[ -f $path ]] && ! cmp --silent "$path" "$copy/$path"; then
      mkdir -p "$copy/$(dirname "$path")"
      cp "$path" "$copy/$path"
    fi
  done
}

trim() { sed 's/^ *//; s/ *$//' <<<"$1"; }

# The rows of all tables, or of those names that are given, into arrays.
names=() files=() edits=() programs=() tests=()
read_tables() {
  local line name file edit program test only wanted
  while IFS= read -r line; do
    [[ -z $line || $line == \#* ]] && continue
    IFS=$'\x1f' read -r name file edit program test <<<"${line// | /$'\x1f'}"
    name=$(trim "$name")
    wanted=$(($# == 0))
    for only in "$@"; do [[ ${only,,} != "${name,,}" ]] || wanted=1; done
    ((wanted)) || continue
    names+=("$name") files+=("$(trim "$file")") edits+=("$(trim "$edit")") programs+=("$(trim "$program")")
    tests+=("$(trim "$test")")
  done < <(cat "$root"/tests/mutations/*.txt)
}

build_programs() { cmake --build "$build" --target "$@" >"$log" 2>&1; }

# run_test PROGRAM TEST: the status of the program, which ran at least one test.
run_test() {
  local path arguments=("$2" --warn NoTests) status=0
  [[ $2 == --* ]] && read -ra arguments <<<"$2"
  path=$(find "$build" -type f -name "$1" -perm -u+x)
  timeout --kill-after=5 "$SECONDS_A_TEST" "$path" "${arguments[@]}" >"$log" 2>&1 || status=$?
  return "$status"
}

# What each test says without a mutation: only one that passes can notice anything.
declare -A before=()
check_tests() {
  local i key status
  for i in "${!names[@]}"; do
    key="${programs[i]} ${tests[i]}"
    [[ -z ${before[$key]:-} ]] || continue
    status=0
    run_test "${programs[i]}" "${tests[i]}" || status=$?
    before[$key]=$status
    ((status == 0 || status == SKIPPED)) || echo "fails without a mutation ($status): $key" >&2
  done
}

# mutate I: what became of row I.
mutate() {
  local file=$copy/${files[$1]} key="${programs[$1]} ${tests[$1]}" status=0
  case ${before[$key]} in
    0) ;;
    "$SKIPPED") echo "skipped: not installed" && return ;;
    *) echo "NOTHING: the test fails anyway" && return ;;
  esac
  cp "$file" "$work/pristine"
  sed -E -i "${edits[$1]}" "$file"
  if cmp --silent "$file" "$work/pristine"; then
    echo "NOTHING: the expression changes nothing"
  elif ! build_programs "${programs[$1]}"; then
    cp "$log" "$work/failed_build"
    echo "NOTHING: it does not build"
  else
    run_test "${programs[$1]}" "${tests[$1]}" || status=$?
    if ((status == 0 || status == SKIPPED)); then echo "NOTHING"; else echo "${programs[$1]} \"${tests[$1]}\""; fi
  fi
  cp "$work/pristine" "$file"
}

copy_sources
read_tables "$@"
((${#names[@]} > 0)) || { echo "No row has such a name" >&2 && exit 2; }
cmake -S "$copy" --preset release >"$log" 2>&1 || { cat "$log" >&2 && exit 2; }
mapfile -t targets < <(printf '%s\n' "${programs[@]}" | sort -u)
build_programs "${targets[@]}" || { cat "$log" >&2 && exit 2; }
check_tests

unnoticed=0 skipped=0
echo "name | mutation | noticed by"
for i in "${!names[@]}"; do
  outcome=$(mutate "$i")
  echo "${names[i]} | ${files[i]}: ${edits[i]} | $outcome"
  [[ $outcome != NOTHING* ]] || unnoticed=$((unnoticed + 1))
  [[ $outcome != skipped* ]] || skipped=$((skipped + 1))
done
echo "${#names[@]} mutations, $((${#names[@]} - unnoticed - skipped)) noticed, $unnoticed not, $skipped skipped"
((unnoticed == 0))
