#!/bin/sh
# Install the built distribution: scripts/install.sh [--prefix DIR]
#
# DIR (default ~/.local) gets DIR/lib/aegis and DIR/bin/aegis; nothing is built at later starts.
# To uninstall: aegis stop; rm -rf DIR/lib/aegis DIR/bin/aegis  (state stays in ~/.aegis).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
prefix=${HOME:-}/.local

say() { printf 'aegis: %s\n' "$*" >&2; }

usage() {
  echo 'usage: scripts/install.sh [--prefix DIR]'
  echo 'Installs to DIR/lib/aegis and DIR/bin/aegis; DIR is ~/.local unless given.'
}

while [ $# -gt 0 ]; do
  case $1 in
    --prefix)
      [ $# -ge 2 ] || { say '--prefix: expected a directory after it'; exit 2; }
      prefix=$2
      shift
      ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    -h | --help) usage; exit 0 ;;
    *) say "unknown argument $1"; usage >&2; exit 2 ;;
  esac
  shift
done
case $prefix in
  '' | /.local) say 'HOME is not set: give --prefix DIR'; exit 2 ;;
  /*) ;;
  *) prefix=$(pwd)/$prefix ;;
esac

"$root/scripts/build"

lib=$prefix/lib/aegis
mkdir -p "$prefix/lib" "$prefix/bin" || { say "cannot write to $prefix: choose another with --prefix"; exit 5; }
if [ -e "$lib" ] && [ ! -x "$lib/bin/aegis" ]; then
  say "$lib exists and is no installation of Aegis: move it away first"
  exit 1
fi
if [ -e "$prefix/bin/aegis" ] || [ -L "$prefix/bin/aegis" ]; then
  case $(readlink -- "$prefix/bin/aegis" || true) in
    ../lib/aegis/bin/aegis) ;;
    *) say "$prefix/bin/aegis is not ours: move it away first"; exit 1 ;;
  esac
fi

# The new one is complete before the old one goes; running sessions keep the files they have open.
rm -rf "$lib.new" "$lib.old"
cp -R "$root/launcher/target/dist" "$lib.new"
if [ -e "$lib" ]; then mv "$lib" "$lib.old"; fi
mv "$lib.new" "$lib"
rm -rf "$lib.old"
ln -sf ../lib/aegis/bin/aegis "$prefix/bin/aegis"

say "installed: $("$prefix/bin/aegis" version) in $prefix/bin/aegis"
case :${PATH:-}: in
  *:"$prefix/bin":*) ;;
  *) say "put it on your PATH:  export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
say "to uninstall: aegis stop; rm -rf $lib $prefix/bin/aegis"
