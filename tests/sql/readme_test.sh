#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the README's SQL against the sandbox: every ```sql block that does not follow a line with "<!-- not run", each in a
# shell of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${INFUSIONSOFT_BUILD:?the folder with infusionsoft.so}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export KEAP_TOKEN=no-token
awk -v folder="$work" '
     /^<!-- not run/ { skip = 1 }
     /^```sql$/ && skip { skip = 0; next }
     /^```sql$/ { file = sprintf("%s/block%02d.sql", folder, ++blocks); next }
     /^```$/ { file = ""; next }
     file != "" { print > file }
     END { if (blocks < 5) { print "too few blocks" > "/dev/stderr"; exit 1 } }' README.md

# Its lists of system tables and functions, as SQLite sees them.
cat >"$work/lists.sql" <<'EOF_SQL'
.mode list
SELECT 'README: | `' || value || '` | ' || (SELECT group_concat('`' || name || '`', ', ') FROM pragma_table_info(value)) || ' |'
FROM json_each('["infusionsoft_tables", "infusionsoft_columns", "infusionsoft_keys", "infusionsoft_pushdowns", "infusionsoft_requests", "infusionsoft_explain", "infusionsoft_connection_properties", "infusionsoft_copies"]');
SELECT DISTINCT 'README: | `' || name || '(' FROM pragma_function_list WHERE name LIKE 'infusionsoft%';
EOF_SQL
bash sql/quickstart.sh "$work/lists.sql" >"$work/lists" 2>&1 </dev/null || { cat "$work/lists" && exit 1; }
count=0
while IFS= read -r line; do
  grep -qF -- "${line#README: }" README.md || { echo "not in the README: ${line#README: }" && exit 1; }
  count=$((count + 1))
done < <(grep '^README: ' "$work/lists")
((count == 19)) || { echo "19 lines were expected, not $count" && exit 1; }

bash sql/quickstart.sh "$work"/block*.sql >"$work/output" 2>&1 </dev/null || { cat "$work/output" && exit 1; }
grep -q 'infusionsoft_' "$work/output"
echo 'README: its SQL runs'
