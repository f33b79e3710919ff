#!/bin/sh
# run.sh SOURCE_DIR OUTPUT_DIR: the wrappers of libaegis.so, as build.sh has left them in OUTPUT_DIR.
#
#   closure   libc exports no sibling of a wrapped symbol that is not wrapped or left alone for a reason
#   tables    docs/coverage.md shows the table as it is
#   same/     each program prints the same with the library as without, on a core that allows everything, and
#             on the real one under a daemon that says yes, without the trap and with it
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
    checked=$1
    shift
    status=0
    "$@" > "$work/said" 2>&1 || status=$?
    note "$status" "preload: $checked" "$work/said"
}

library=$work/libaegis.so
$cc -std=c11 -O1 -fvisibility=hidden -ffreestanding -fno-stack-protector -fPIC -I"$source" -Wall -Wextra -Werror \
    -c "$here/allowing_core.c" -o "$work/allowing_core.o"
core_objects=$(find "$output/obj/core" -name '*syscall*.o' -o -name '*memory*.o' -o -name 'guest.*o' -o -name 'claim.*o' -o -name 'descriptors.*o' -o -name 'block.*o')
# shellcheck disable=SC2086
$cc -shared -nostdlib -Wl,-soname,libaegis.so -Wl,-z,now -Wl,-z,initfirst -Wl,-Bsymbolic \
    -Wl,--version-script="$output/generated/preload/libaegis.map" \
    "$output"/obj/preload/*.o "$output"/obj/dispatch/*.o "$work/allowing_core.o" $core_objects -o "$library"

build() { # build SOURCE PROGRAM
    $cc -std=gnu11 -O1 -U_FORTIFY_SOURCE -w "$1" -o "$2" -lrt -lpthread -lutil -ldl
}

check closure sh "$here/closure.sh" "$output/generated/preload/describe" "$output/libaegis.so"
check tables sh "$here/tables.sh" "$output/generated/preload/describe" "$source/../../../../docs/coverage.md"

# run_way WAY PROGRAM: its output, as it is without the library, with it on the core of these tests, and
# with it on the real core under a daemon that says yes.
recorder=$source/../../../../scripts/strace-comparison/run_recorded.py
run_way() {
    case $1 in
        without) set -- "$2" ;;
        with) set -- env "LD_PRELOAD=$library" "$2" ;;
        recorded) set -- python3 "$recorder" "$output/libaegis.so" "$output/aegis-gate" "$2" ;;
        trapped) set -- python3 "$recorder" --trap "$output/libaegis.so" "$output/aegis-gate" "$2" ;;
    esac
    (cd "$work/at" && LC_ALL=C exec timeout 120 "$@" < /dev/null)
}

ways="without with recorded trapped"
command -v python3 > /dev/null 2>&1 || {
    echo "preload: skipped the real core (no python3)"
    ways="without with"
}
for program in "$here"/same/*.c; do
    name=$(basename "$program" .c)
    build "$program" "$work/$name"
    for way in $ways; do
        mkdir "$work/at"
        status=0
        run_way "$way" "$work/$name" > "$work/$name.$way" 2> "$work/$name.$way.errors" || status=$?
        grep -v '^recorder: ' "$work/$name.$way.errors" >> "$work/$name.$way" || true
        echo "status $status" >> "$work/$name.$way"
        chmod -R u+rwX "$work/at"
        rm -rf "$work/at"
        [ "$way" = without ] && continue
        # The kernel's own list of caught and blocked signals shows that SIGSYS is the trap's.
        [ "$way" = trapped ] && hidden='^Sig\(Cgt\|Blk\):' || hidden='^$^'
        grep -v "$hidden" "$work/$name.without" > "$work/$name.expected" || true
        grep -v "$hidden" "$work/$name.$way" > "$work/$name.shown" || true
        check "$name is the same $way" diff "$work/$name.expected" "$work/$name.shown"
    done
done

build "$here/refused.c" "$work/refused"
mkdir -p "$work/at/victims"
(cd "$work/at" && echo text > victim && echo text > other && printf '#!/bin/sh\necho touched >> victim\n' > victim-program && chmod 755 victim-program)
check "nothing gets past a refusal" sh -c "cd '$work/at' && PATH=.:\$PATH LD_PRELOAD='$library' exec timeout 120 '$work/refused' < /dev/null"
build "$here/lookup.c" "$work/lookup"
check "nothing gets past a refusal, trapped" sh -c "cd '$work/at' && PATH=.:\$PATH TEST_TRAP=1 LD_PRELOAD='$library' exec timeout 120 '$work/refused' < /dev/null"
check "lookup" env LD_PRELOAD="$library" "$work/lookup"

if command -v musl-gcc > /dev/null 2>&1; then
    musl-gcc -O1 "$here/foreign.c" -o "$work/foreign"
    check "musl" env LD_PRELOAD="$library" "$work/foreign"
else
    echo "preload: skipped musl (no musl-gcc)"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
