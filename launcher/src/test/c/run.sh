#!/bin/sh
# Run every suite of the native side: run.sh SOURCE_DIR OUTPUT_DIR. A suite is a directory beside this
# file with a run.sh of its own that takes the same arguments, prints why it failed and exits non-zero.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
failed=
for suite in "$here"/*/run.sh; do
    [ -f "$suite" ] || continue
    name=$(basename "$(dirname "$suite")")
    if sh "$suite" "$1" "$2"; then
        echo "ok   $name"
    else
        echo "FAIL $name"
        failed="$failed $name"
    fi
done
[ -z "$failed" ] || {
    echo "failed:$failed" >&2
    exit 1
}
