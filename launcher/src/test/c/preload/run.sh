#!/bin/sh
# run.sh SOURCE_DIR OUTPUT_DIR: the wrappers of libaegis.so, as build.sh has left them in OUTPUT_DIR.
#
#   closure   libc exports no sibling of a wrapped symbol that is not wrapped or left alone for a reason
#   tables    docs/coverage.md shows the table as it is
#   same/     each program prints the same with the library as without, on a core that allows everything
#   refused   on a core that refuses what names a victim, no entry of the table gets through
#   lookup    dlsym hands out no function that is taken over
#   musl      a program of another libc runs, where musl-gcc is there to build one
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
passed=0
failed=0
cc=${CC:-cc}

note() { # note STATUS NAME FILE: count it, and show what it printed when it failed
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- $2"
        head -60 "$3"
    fi
}

check() { # check NAME COMMAND…
    name=$1
    shift
    status=0
    "$@" > "$work/said" 2>&1 || status=$?
    note "$status" "preload: $name" "$work/said"
}

library=$work/libaegis.so
$cc -std=c11 -O1 -fvisibility=hidden -ffreestanding -fno-stack-protector -fPIC -I"$source" -Wall -Wextra -Werror \
    -c "$here/allowing_core.c" -o "$work/allowing_core.o"
core_objects=$(find "$output/obj/core" -name '*syscall*.o' -o -name '*memory*.o' -o -name 'guest.*o')
# shellcheck disable=SC2086
$cc -shared -nostdlib -Wl,-soname,libaegis.so -Wl,-z,now -Wl,-z,initfirst -Wl,-Bsymbolic \
    -Wl,--version-script="$output/generated/preload/libaegis.map" \
    "$output"/obj/preload/*.o "$work/allowing_core.o" $core_objects -o "$library"

build() { # build SOURCE PROGRAM
    $cc -std=gnu11 -O1 -U_FORTIFY_SOURCE -w "$1" -o "$2" -lrt -lpthread -lutil -ldl
}

check closure sh "$here/closure.sh" "$output/generated/preload/describe" "$output/libaegis.so"
check tables sh "$here/tables.sh" "$output/generated/preload/describe" "$source/../../../../docs/coverage.md"

for program in "$here"/same/*.c; do
    name=$(basename "$program" .c)
    build "$program" "$work/$name"
    for way in without with; do
        mkdir "$work/at"
        preloaded=
        [ $way = without ] || preloaded=$library
        status=0
        (cd "$work/at" && LC_ALL=C LD_PRELOAD=$preloaded timeout 120 "$work/$name" > "$work/$name.$way" 2>&1 < /dev/null) || status=$?
        echo "status $status" >> "$work/$name.$way"
        chmod -R u+rwX "$work/at"
        rm -rf "$work/at"
    done
    check "$name is the same" diff "$work/$name.without" "$work/$name.with"
done

build "$here/refused.c" "$work/refused"
mkdir -p "$work/at/victims"
(cd "$work/at" && echo text > victim && echo text > other && printf '#!/bin/sh\necho touched >> victim\n' > victim-program && chmod 755 victim-program)
check "nothing gets past a refusal" sh -c "cd '$work/at' && PATH=.:\$PATH LD_PRELOAD='$library' exec timeout 120 '$work/refused' < /dev/null"
build "$here/lookup.c" "$work/lookup"
check "lookup" env LD_PRELOAD="$library" "$work/lookup"

if command -v musl-gcc > /dev/null 2>&1; then
    musl-gcc -O1 "$here/foreign.c" -o "$work/foreign"
    check "musl" env LD_PRELOAD="$library" "$work/foreign"
else
    echo "preload: skipped musl (no musl-gcc)"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
