#!/bin/sh
# Build and run the tests of the core: run.sh SOURCE_DIR OUTPUT_DIR, after build.sh has filled OUTPUT_DIR.
# A *_tests.c is one program; one line each, and at the end how many passed and failed.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
source=$(cd "$1" && pwd -P)
mkdir -p "$2/test/core"
out=$(cd "$2" && pwd -P)
cc=${CC:-cc}
vectors=$here/../../../../../policy/src/main/resources/dev/aegis/wire/vectors.txt
snapshot=$here/../../../../../policy/src/test/resources/dev/aegis/policy/snapshot/vectors.txt
flags="-std=c11 -Wall -Wextra -Werror -Wno-unused-result -O1 -g -D_GNU_SOURCE -I$source -I$here -DVECTORS=\"$vectors\" -DSNAPSHOT_VECTORS=\"$snapshot\""

$cc -O1 -o "$out/test/core/program" "$here/program.c"
$cc -O1 -static -o "$out/test/core/program-static" "$here/program.c"
echo 'int aegis_nothing;' | $cc -shared -nostdlib -x c -o "$out/test/core/libnothing.so" -

# Most of the time is spent waiting for time-outs, so all run at once.
for test in "$here"/*_tests.c; do
    name=$(basename "$test" .c)
    program=$out/test/core/$name
    # shellcheck disable=SC2086
    $cc $flags -o "$program" "$test" "$here/daemon.c" "$out"/obj/core/*.o -lpthread
    {
        status=0
        timeout 120 "$program" >"$program.log" 2>&1 || status=$?
        echo "$status" >"$program.status"
    } &
done
wait

passed=0
failed=0
for test in "$here"/*_tests.c; do
    name=$(basename "$test" .c)
    program=$out/test/core/$name
    status=$(cat "$program.status")
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
        echo "ok   core/$name"
    else
        failed=$((failed + 1))
        echo "FAIL core/$name (status $status)"
        sed 's/^/     /' "$program.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
