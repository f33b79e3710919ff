#!/bin/sh
# run.sh SOURCE_DIR OUTPUT_DIR: guests that change files in threads, forks, vforks, spawned children, handlers of signals, on small
# stacks and under small limits, each built in every way that matters; ledger.py compares what they did with what was asked about.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
mkdir -p "$2/test/ledger"
output=$(cd "$2" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

command -v python3 > /dev/null 2>&1 || {
    echo "ledger: skipped (no python3)"
    exit 0
}
python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).prctl(59, 0, 0, 0, 0) != 0)' || {
    echo "ledger: skipped (this kernel has no Syscall User Dispatch)"
    exit 0
}

check() { # check NAME COMMAND…
    checked=$1
    shift
    if "$@" > "$work/why" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- ledger: $checked"
        head -30 "$work/why"
    fi
}

once() { sh "$here/once.sh" "$output" "$work" "$@"; }

sh "$here/build.sh" "$output/test/ledger"
while read -r name options command; do
    # shellcheck disable=SC2086
    check "$name" once "$options" $command < /dev/null
done < "$output/test/ledger/list"

small="ulimit -s 128; ulimit -n 60; ulimit -v 900000; exec"
check "small limits" once - sh -c "$small '$output/test/ledger/storm-dynamic'"
check "small limits, static" once - sh -c "$small '$output/test/ledger/storm-static'"
check "small limits, full" once --full sh -c "$small '$output/test/ledger/storm-dynamic'"

# These tests can fail: a guest that the library does not reach is not seen.
untrapped() { ! once - env -u AEGIS_SESSION -u LD_PRELOAD true; }
check "nothing said" untrapped

echo "ledger: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
