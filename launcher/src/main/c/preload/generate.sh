#!/bin/sh
# generate.sh SOURCE_DIR DIRECTORY: what the build needs of the symbol table beside the wrappers.
set -eu
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -O1 -o "$2/describe" "$1/preload/table/describe.c"
"$2/describe" version-script > "$2/libaegis.map"
