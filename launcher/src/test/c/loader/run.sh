#!/bin/sh
# Tests of aegis-loader on the built binary, with guests built in every way that matters: run.sh SOURCE_DIR OUTPUT_DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
source=$(cd "$1" && pwd -P)
mkdir -p "$2/test/loader"
out=$(cd "$2" && pwd -P)
to=$out/test/loader
cc=${CC:-cc}
flags="-std=gnu11 -Wall -Wextra -Werror -O1 -D_GNU_SOURCE"

# guest NAME COMPILER FLAGS…: one build of the guest, unless it is newer than its sources.
guests=
guest() {
    name=$1
    shift
    guests="$guests $to/$name"
    if [ ! -f "$to/$name" ] || [ -n "$(find "$here/guests" -newer "$to/$name")" ]; then
        # shellcheck disable=SC2086
        "$@" $flags -o "$to/$name" "$here"/guests/*.c -lpthread
    fi
}

big=0x200000
guest static "$cc" -static
guest static-pie "$cc" -static-pie -fPIE
guest static-aligned "$cc" -static -no-pie -DBIG_ALIGNMENT=$big -Wl,-z,max-page-size=$big
guest pie-aligned "$cc" -static-pie -fPIE -DBIG_ALIGNMENT=$big -Wl,-z,max-page-size=$big
if command -v musl-gcc >/dev/null 2>&1; then
    guest musl-static musl-gcc -static
    guest musl-dynamic musl-gcc
else
    echo "skip: no musl-gcc (Debian: scripts/install-packages musl-tools), so no guests of musl"
fi

guest dynamic "$cc" -no-pie
guest dynamic-pie "$cc" -fPIE -pie

# A copy under a name that says what it is; one that is linked dynamically is no case of its own.
busybox=$(command -v busybox || true)
if [ -n "$busybox" ] && ! readelf -lW "$busybox" | grep -q INTERP; then
    cp -f "$busybox" "$to/busybox"
    guests="$guests $to/busybox"
else
    echo "skip: no static busybox (Debian: scripts/install-packages busybox-static)"
fi

go=$(command -v go || ls /usr/lib/go-*/bin/go 2>/dev/null | tail -n 1)
if [ -n "$go" ]; then
    if [ ! -f "$to/go-static" ] || [ -n "$(find "$here/guests/go" -newer "$to/go-static")" ]; then
        CGO_ENABLED=0 GO111MODULE=off GOFLAGS= GOCACHE="$to/go-cache" "$go" build -o "$to/go-static" "$here/guests/go/main.go"
    fi
    guests="$guests $to/go-static"
else
    echo "skip: no Go (Debian: scripts/install-packages golang-go)"
fi

# shellcheck disable=SC2086
"$cc" -std=gnu11 -Wall -Wextra -Werror -Wno-unused-result -O1 -g -D_GNU_SOURCE -I"$source" -I"$here/../core" \
    -o "$to/tests" "$here/tests.c" "$here/run.c" "$here/../core/daemon.c" "$out"/obj/core/*.o -lpthread
echo 'int aegis_nothing;' | "$cc" -shared -nostdlib -x c -o "$to/libnothing.so" -
# shellcheck disable=SC2086
exec "$to/tests" "$out/aegis-loader" "$out/aegis-gate" "$to/libnothing.so" $guests
