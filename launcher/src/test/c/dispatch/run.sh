#!/bin/sh
# run.sh SOURCE_DIR OUTPUT_DIR: the trap, as build.sh has left it in libaegis.so in OUTPUT_DIR. The core is the real one; the daemon
# is scripts/strace-comparison/recorder.py, which denies what names a victim.
#
#   guests/*.c    each says what is not as it should be and ends with 1
#   once          each operation of calls.c was asked about once
#   limits        little stack, few descriptors, little address space
#   untrapped     calls.c notices when there is no trap: these tests can fail
#   coverage      programs say libc+raw with the trap and libc without
#   explicit.py, files.mjs   python and node, where they are
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
cc=${CC:-cc}
recorder=$source/../../../../scripts/strace-comparison/run_recorded.py
trapped="--trap --loader $output/aegis-loader"

command -v python3 > /dev/null 2>&1 || {
    echo "dispatch: skipped (no python3)"
    exit 0
}
python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).prctl(59, 0, 0, 0, 0) != 0)' || {
    echo "dispatch: skipped (this kernel has no Syscall User Dispatch)"
    exit 0
}

note() { # note STATUS NAME: count it, and show what it printed when it failed
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- dispatch: $2"
        head -60 "$work/said"
    fi
}

recorded() { # recorded OPTION COMMAND…: in a fresh directory
    option=$1
    shift
    rm -rf "$work/at" "$work/log"
    mkdir "$work/at"
    touch "$work/at/explicit-victim" "$work/at/node-victim"
    # shellcheck disable=SC2086
    (cd "$work/at" && exec timeout 120 python3 "$recorder" $option --deny victim --hold held --log "$work/log" \
        "$output/libaegis.so" "$output/aegis-gate" "$@" < /dev/null)
}

check() { # check NAME COMMAND…
    checked=$1
    shift
    status=0
    "$@" > "$work/said" 2>&1 || status=$?
    note "$status" "$checked"
}

for guest in "$here"/guests/*.c; do
    name=$(basename "$guest" .c)
    $cc -std=gnu11 -O1 -U_FORTIFY_SOURCE -w "$guest" -o "$work/$name" -lpthread
    check "$name" recorded "$trapped" "$work/$name"
done

asked_once() {
    recorded "$trapped" "$work/calls"
    grep -v '^openat ' "$work/log" | grep -e '-free' | sort | uniq -c | awk '$1 != 1 { print; bad = 1 } END { exit bad || NR < 10 }'
}
check once asked_once

check "limits" recorded "$trapped" sh -c "ulimit -s 128; ulimit -n 40; ulimit -v 800000; exec '$work/calls'"
check "limits of threads" recorded "$trapped" sh -c "ulimit -s 128; ulimit -n 100; exec '$work/tasks'"

untrapped() {
    ! recorded "" "$work/calls"
}
check untrapped untrapped

coverage() {
    # HELLO has no answer; a question behind it on the same connection has
    recorded "$trapped" sh -c "echo > file" && grep -q "^hello libc+raw$" "$work/log" && recorded "" sh -c "echo > file" && grep -q '^hello libc$' "$work/log"
}
check coverage coverage
check explicit.py recorded "$trapped" python3 "$here/guests/explicit.py"
if command -v node > /dev/null 2>&1; then
    check files.mjs recorded "$trapped" node "$here/guests/files.mjs"
fi

echo "dispatch: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
