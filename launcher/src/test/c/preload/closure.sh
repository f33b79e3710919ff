#!/bin/sh
# closure.sh DESCRIBE LIBRARY: what libc exports beside a wrapped symbol must be wrapped as well, or
# stand in symbols.def with a reason (LEFT): __x, _IO_x, x64, __x_chk, x_2, x_time64, __x_nocancel …,
# and every other name of the same code. Also: every wrapped symbol must be exported.
set -eu
describe=$1
library=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$describe" symbols | sort -u > "$work/wrapped"
"$describe" left | cut -f1 | sort -u > "$work/left"
nm -D --defined-only "$library" | awk '$2 ~ /[TW]/ { sub(/@.*/, "", $3); print $3 }' | sort -u > "$work/exported"

status=0
missing=$(comm -23 "$work/wrapped" "$work/exported")
[ -z "$missing" ] || { echo "in the table but not exported:" $missing; status=1; }
extra=$(comm -13 "$work/wrapped" "$work/exported")
[ -z "$extra" ] || { echo "exported but not in the table:" $extra; status=1; }
both=$(comm -12 "$work/wrapped" "$work/left")
[ -z "$both" ] || { echo "both taken over and left alone:" $both; status=1; }

libc=$(ldd /bin/sh | awk '$1 ~ /^libc\.so/ { print $3 }')
nm -D --defined-only "$libc" | awk -v wrapped="$work/wrapped" -v left="$work/left" '
    BEGIN {
        while ((getline name < wrapped) > 0) { known[name] = 1; stem[name] = 1 }
        while ((getline name < left) > 0) known[name] = 1
    }
    # The plain name behind a decorated one.
    function plain(name) {
        sub(/^_IO_/, "", name); sub(/^__libc_/, "", name); sub(/^_+/, "", name)
        sub(/_(chk|time64|nocancel|2)$/, "", name); sub(/_time64$/, "", name)
        sub(/64$/, "", name); sub(/_(chk|nocancel|2)$/, "", name)
        return name
    }
    $2 ~ /[TWi]/ {
        name = $3; sub(/@.*/, "", name)
        if (seen[name]++) next
        names[++count] = name; address[name] = $1
        if (name in stem) at[$1] = name
    }
    END {
        for (name in stem) family[plain(name)] = name
        for (i = 1; i <= count; i++) {
            name = names[i]
            if (name in known) continue
            if (plain(name) in family)
                print name, "is a sibling of", family[plain(name)]
            else if (address[name] in at)
                print name, "is the same code as", at[address[name]]
        }
    }' > "$work/open"
if [ -s "$work/open" ]; then
    echo "libc exports siblings of wrapped symbols that are neither taken over nor left alone for a reason:"
    sed 's/^/  /' "$work/open"
    status=1
fi
exit $status
