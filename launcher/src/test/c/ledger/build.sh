#!/bin/sh
# build.sh DIRECTORY [all]: build each guest in the ways that matter most, or in all of them, and leave DIRECTORY/list: one run a line, its
# name, the options of run_recorded.py (or -), and the command. What cannot be built here is named on standard error with what is missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
to=$1
all=${2:-}
cc=${CC:-cc}
mkdir -p "$to"
: > "$to/list"

skip() { echo "ledger: skipped $1" >&2; }

entry() { # entry NAME OPTIONS COMMAND…
    echo "$*" >> "$to/list"
}

# stale FILE SOURCE…: true when FILE is to be built again.
stale() {
    file=$1
    shift
    [ ! -e "$file" ] || [ -n "$(find "$@" -newer "$file")" ]
}

storm() { # storm NAME OPTIONS COMPILER FLAGS…
    name=storm-$1
    options=$2
    shift 2
    ! stale "$to/$name" "$here/guests/storm.c" || "$@" -std=gnu11 -Wall -Wextra -Werror -O1 -U_FORTIFY_SOURCE "$here/guests/storm.c" -o "$to/$name" -lpthread
    entry "$name" "$options" "$to/$name"
}

storm dynamic - "$cc"
entry storm-full --full "$to/storm-dynamic"
storm static - "$cc" -static
[ -z "$all" ] || storm static-pie - "$cc" -static-pie -fPIE
if command -v musl-gcc > /dev/null 2>&1; then
    storm musl-static - musl-gcc -static
    [ -z "$all" ] || storm musl-dynamic - musl-gcc
else
    skip "guests of musl: no musl-gcc (Debian: scripts/install-packages musl-tools)"
fi

go=$(command -v go || ls /usr/lib/go-*/bin/go 2> /dev/null | tail -n 1)
go_guest() { # go_guest NAME CGO FLAGS…
    name=go-$1
    cgo=$2
    shift 2
    ! stale "$to/$name" "$here/guests/go" || (cd "$here/guests/go" &&
        CC=$cc CGO_ENABLED=$cgo GO111MODULE=off GOFLAGS= GOCACHE="$to/go-cache" "$go" build -o "$to/$name" "$@" .)
    entry "$name" - "$to/$name"
}
if [ -n "$go" ]; then
    go_guest static 0
    go_guest cgo 1
    [ -z "$all" ] || entry go-full --full "$to/go-cgo"
    [ -z "$all" ] || go_guest external 1 -ldflags "-linkmode external"
    [ -z "$all" ] || go_guest cgo-static 1 -ldflags "-linkmode external -extldflags -static" -tags netgo,osusergo
else
    skip "guests of Go: no Go (Debian: scripts/install-packages golang-go)"
fi

# Crates as Debian's packages lay them down, or unpacked elsewhere; compiled one by one, since Cargo would ask for all that they name.
crates=${AEGIS_CRATES:-/usr/share/cargo/registry}
crate() { # crate DIRECTORY FILE-PREFIX NAME FLAGS…
    directory=$1 prefix=$2 crate=$3
    shift 3
    rustc --edition 2018 --crate-type rlib --crate-name "$crate" --cap-lints allow "$@" -L "$directory" \
        "$(ls -d "$crates/$prefix"-[0-9]*/src/lib.rs | tail -n 1)" -o "$directory/lib$crate.rlib"
}
rust_guest() { # rust_guest NAME FLAGS…
    name=$1
    shift
    if stale "$to/$name" "$here/guests/rustix.rs"; then
        mkdir -p "$to/rlib-$name"
        crate "$to/rlib-$name" bitflags bitflags "$@"
        crate "$to/rlib-$name" linux-raw-sys linux_raw_sys --cfg 'feature="general"' --cfg 'feature="errno"' --cfg 'feature="ioctl"' --cfg 'feature="no_std"' "$@"
        crate "$to/rlib-$name" io-lifetimes io_lifetimes --cfg io_safety_is_in_std "$@"
        crate "$to/rlib-$name" rustix rustix --cfg linux_raw --cfg asm --cfg 'feature="std"' --cfg 'feature="fs"' \
            --extern bitflags --extern linux_raw_sys --extern io_lifetimes "$@"
        rustc --edition 2021 -L "$to/rlib-$name" --extern rustix "$@" "$here/guests/rustix.rs" -o "$to/$name"
    fi
    entry "$name" - "$to/$name"
}
if ! command -v rustc > /dev/null 2>&1; then
    skip "guests of Rust: no rustc (Debian: scripts/install-packages rustc librust-rustix-dev)"
elif ! ls -d "$crates"/rustix-0.35* > /dev/null 2>&1; then
    skip "guests of Rust: no rustix 0.35 (Debian 12: scripts/install-packages librust-rustix-dev)"
else
    rust_guest rustix
    [ -z "$all" ] || rust_guest rustix-static -C target-feature=+crt-static
    [ -z "$all" ] || entry rustix-full --full "$to/rustix"
fi

entry ctypes - python3 "$here/guests/works.py"
[ -z "$all" ] || entry ctypes-full --full python3 "$here/guests/works.py"

busybox=$(command -v busybox || true)
if [ -n "$busybox" ] && ! readelf -lW "$busybox" | grep -q INTERP; then
    entry busybox - "$busybox" sh "$here/guests/works.sh" "$busybox"
else
    skip "busybox: no static one (Debian: scripts/install-packages busybox-static)"
fi
entry sh - sh "$here/guests/works.sh" ""
