#!/bin/sh
# Build the native side: build.sh SOURCE_DIR OUTPUT_DIR. Run by the Maven build; needs cc and nothing else.
set -eu
src=$1
out=$2
mkdir -p "$out"
flags="-std=c11 -Wall -Wextra -Werror -O2 -fvisibility=hidden"
freestanding="$flags -ffreestanding -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables -fPIC"
: "$freestanding"
