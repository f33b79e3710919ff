#!/bin/sh
# once.sh NATIVE_OUTPUT_DIR WORK_DIR OPTIONS COMMAND…: run one entry of build.sh's list in a fresh directory below WORK_DIR, and fail
# unless the guest is content and each of its operations was asked about exactly once.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
output=$1 work=$2 options=$3
shift 3
[ "$options" != - ] || options=
rm -rf "$work/at" "$work/log"
mkdir -p "$work/at"
: > "$work/at/victim"
status=0
# shellcheck disable=SC2086
(cd "$work/at" && exec timeout 120 python3 "$here/../../../../../scripts/strace-comparison/run_recorded.py" --trap --loader "$output/aegis-loader" $options \
    --deny victim --log "$work/log" "$output/libaegis.so" "$output/aegis-gate" "$@" < /dev/null) > "$work/said" 2>&1 || status=$?
[ "$status" -eq 0 ] || {
    echo "status $status"
    head -20 "$work/said"
    exit 1
}
[ -e "$work/at/victim" ] || {
    echo "the victim is gone"
    exit 1
}
python3 "$here/ledger.py" "$work/log" "$work/said"
