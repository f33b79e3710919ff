#!/bin/sh
# Tests of aegis-gate on the built binary, against a daemon of the tests: run.sh SOURCE_DIR OUTPUT_DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$2" && pwd)
mkdir -p "$out/test"
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -O1 -D_GNU_SOURCE "$here"/*.c -o "$out/test/gate-tests"
# What the rebuilt environment preloads into the programs of the tests: nothing.
"${CC:-cc}" -shared -nostdlib -x c /dev/null -o "$out/test/empty.so"
exec "$out/test/gate-tests" "$out/aegis-gate" "$out/test/empty.so"
