#!/bin/sh
# Tests of aegis-session on the built binary: run.sh SOURCE_DIR OUTPUT_DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$2" && pwd)
mkdir -p "$out/test"
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -O1 -D_GNU_SOURCE -I"$1" "$here"/*.c -o "$out/test/session-tests"
exec "$out/test/session-tests" "$out/aegis-session"
