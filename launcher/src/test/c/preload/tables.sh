#!/bin/sh
# tables.sh DESCRIBE FILE: the generated part of docs/coverage.md is what the table says now.
set -eu
expected=$(mktemp)
found=$(mktemp)
trap 'rm -f "$expected" "$found"' EXIT
"$1" markdown > "$expected"
sed -n '/<!-- symbols: begin/,/<!-- symbols: end/p' "$2" | sed '1d;$d' > "$found"
diff "$expected" "$found" || {
    echo "docs/coverage.md is behind preload/symbols.def; run scripts/coverage --tables"
    exit 1
}
