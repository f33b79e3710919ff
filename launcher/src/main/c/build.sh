#!/bin/sh
# Build the native side: build.sh SOURCE_DIR OUTPUT_DIR. Run by the Maven build; needs cc and nothing else.
#
# A source is compiled again only when it, one of the headers it includes, or this script is newer
# than its object; a product is linked again only when one of its objects is newer.
#
#   core/     objects alone: freestanding, part of every front end
#   dispatch/ objects alone: freestanding, part of libaegis.so and of the loader
#   preload/  libaegis.so
#   loader/   aegis-loader: static, freestanding, at an address that no program has for its own
#   gate/     aegis-gate: static and freestanding, so that no loader and no libc of the target matters
#   session/  aegis-session: an ordinary static C program
#
# A component may generate sources: its generate.sh is run as `generate.sh SOURCE_DIR DIRECTORY` and
# what it leaves in DIRECTORY is on the include path of that component; *.c and *.S there are compiled with it.
# Its folder table/ is for the generator: nothing there is linked.
set -eu

# From here on every path is relative to the output directory, so that none holds a space.
origin=$(cd "$1" && pwd -P)
mkdir -p "$2"
cd "$2"
ln -sfn "$origin" src
cc=${CC:-cc}
self=src/build.sh
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

flags="-std=c11 -Wall -Wextra -Werror -O2 -fvisibility=hidden -D_GNU_SOURCE -Isrc"
freestanding="$flags -ffreestanding -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables \
-fno-tree-loop-distribute-patterns -ftls-model=initial-exec -fPIC"

command -v "$cc" >/dev/null 2>&1 || {
    echo "build.sh: no C compiler named '$cc'; install one (Debian, Ubuntu: apt-get install gcc libc6-dev)" >&2
    exit 7
}

case $("$cc" -dumpmachine) in
    x86_64-*) ;;
    *)
        echo "build.sh: '$cc' compiles for $("$cc" -dumpmachine); Aegis knows x86-64 alone so far (docs/coverage.md)" >&2
        exit 7
        ;;
esac

# sources COMPONENT: its own and its generated ones, one a line.
sources() {
    for root in "src/$1" "generated/$1"; do
        [ ! -d "$root" ] || find "$root" -path '*/table' -prune -o \( -name '*.c' -o -name '*.S' \) -type f -print | LC_ALL=C sort
    done
}

# stale OBJECT: true when what it was made from, as its list of dependencies says, is newer or gone.
stale() {
    [ -f "$1" ] && [ -f "${1%.o}.d" ] || return 0
    # shellcheck disable=SC2046
    set -- "$1" $(sed -e 's/^[^:]*: //' -e 's/\\$//' "${1%.o}.d")
    object=$1
    shift
    [ -n "$(find "$self" "$@" -newer "$object" 2>&1)" ]
}

# compile COMPONENT FLAGS: bring its objects up to date; $objects is their list.
compile() {
    component=$1
    shift
    if [ -f "src/$component/generate.sh" ]; then
        generated=generated/$component
        if [ ! -f "$generated/.made" ] \
            || [ -n "$(find "$self" "src/$component" -type f -newer "$generated/.made")" ]; then
            rm -rf "$generated"
            mkdir -p "$generated"
            sh "src/$component/generate.sh" src "$generated"
            : > "$generated/.made"
        fi
        set -- "$@" "-I$generated"
    fi
    mkdir -p "obj/$component"
    objects=
    : > "obj/$component.todo"
    for source in $(sources "$component"); do
        name=${source#"src/$component/"}
        name=${name#"generated/$component/"}
        object=obj/$component/$(printf '%s' "$name" | tr / -).o
        objects="$objects $object"
        ! stale "$object" || printf '%s\n%s\n' "$source" "$object" >> "obj/$component.todo"
    done
    # shellcheck disable=SC2016
    xargs -r -n 2 -P "$jobs" sh -c '
        source=$1 object=$2
        set -- '"$cc $*"'
        echo "cc ${source##*/}"
        exec "$@" -MD -MF "${object%.o}.d" -c "$source" -o "$object"
    ' sh < "obj/$component.todo"
}

# link PRODUCT FLAGS…: link when the product is older than any of $inputs or than this script.
link() {
    product=$1
    shift
    # shellcheck disable=SC2086
    if [ ! -f "$product" ] || [ -n "$(find "$self" $inputs -newer "$product")" ]; then
        echo "ld ${product##*/}"
        # shellcheck disable=SC2086
        $cc "$@" -o "$product.new"
        mv -f "$product.new" "$product"
    fi
}

# shellcheck disable=SC2086
compile core $freestanding -mgeneral-regs-only
core=$objects

# shellcheck disable=SC2086
compile dispatch $freestanding -mgeneral-regs-only -fasynchronous-unwind-tables
dispatch=$objects

if [ -n "$(sources preload)" ] || [ -f "src/preload/generate.sh" ]; then
    # shellcheck disable=SC2086
    compile preload $freestanding
    map=
    for candidate in "generated/preload/libaegis.map" "src/preload/libaegis.map"; do
        [ -n "$map" ] || [ ! -f "$candidate" ] || map=$candidate
    done
    inputs="$core $dispatch $objects $map"
    # shellcheck disable=SC2086
    link libaegis.so -shared -nostdlib -Wl,-soname,libaegis.so -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack -Wl,-z,initfirst \
        -Wl,-Bsymbolic ${map:+-Wl,--version-script="$map"} $core $dispatch $objects
fi

if [ -n "$(sources loader)" ]; then
    # shellcheck disable=SC2086
    compile loader $freestanding -mgeneral-regs-only
    inputs="$core $dispatch $objects"
    # shellcheck disable=SC2086
    link aegis-loader -static -nostdlib -nostartfiles -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack -Wl,--gc-sections \
        -Wl,-Ttext-segment=0x2ae900000000 -Wl,--section-start=.aegis_stubs=0x2ae8fff00000 -Wl,--no-relax $core $dispatch $objects
fi

if [ -n "$(sources gate)" ]; then
    # shellcheck disable=SC2086
    compile gate $freestanding
    inputs="$core $objects"
    # shellcheck disable=SC2086
    link aegis-gate -static -nostdlib -nostartfiles -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack -Wl,--gc-sections \
        -Wl,--section-start=.aegis_line=0x2ae8fff00030 -Wl,--no-relax \
        $core $objects
fi

if [ -n "$(sources session)" ]; then
    # shellcheck disable=SC2086
    compile session $flags -fstack-protector-strong
    inputs=$objects
    # shellcheck disable=SC2086
    link aegis-session -static -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack $objects
fi
