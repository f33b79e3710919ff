# For the scripts beside this one, which source it: a work directory, an AEGIS_HOME in which everything is allowed, and the levels to try.
#
#   oracle_begin NAME [ARGUMENT...]   `--level LEVEL` may stand first, any number of times (default: hybrid and full); the rest is left
#                                     in $rest. Then: $work, $cache, $levels, $aegis
#   oracle_compare LEVEL NAME         count $work/native/NAME against $work/LEVEL/NAME, and show where they differ
#   oracle_explained TEST             true when the file `explained` has a reason why it differs
#   oracle_end                        say what was counted; 1 when something differed
#
# Bash. AEGIS_PROGRAM (default scripts/aegis) is what is tried. AEGIS_ORACLES (default ${XDG_CACHE_HOME:-~/.cache}/aegis-oracles) keeps what is fetched and built.

aegis=${AEGIS_PROGRAM:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/aegis}
cache=${AEGIS_ORACLES:-${XDG_CACHE_HOME:-$HOME/.cache}/aegis-oracles}
oracles=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
passed=0
failed=0

oracle_begin() {
  local name=$1
  shift
  levels=()
  while [ "${1:-}" = --level ]; do
    levels+=("${2:?a level after --level}")
    shift 2
  done
  [ ${#levels[@]} -gt 0 ] || levels=(hybrid full)
  rest=("$@")
  work=$(mktemp -d "/tmp/aegis-$name.XXXXXX")
  export AEGIS_HOME=$work/home
  mkdir -p "$cache" "$AEGIS_HOME" "$work/native"
  for level in "${levels[@]}"; do mkdir -p "$work/$level"; done
  chmod 700 "$AEGIS_HOME"
  printf '[policy]\nextends = "none"\ndefault_action = "allow"\n' >"$AEGIS_HOME/policy.toml"
  trap '"$aegis" stop --force >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
}

oracle_compare() {
  local side
  for side in native "$1"; do
    # A test of which a part failed stands in CPython's reports without its name; then its name is missing.
    awk 'NR == FNR { known[$1]; next } !($1 in known) && $1 != "None"' "$oracles/explained" "$work/$side/$2" >"$work/$side.compared"
  done
  if diff -u "$work/native.compared" "$work/$1.compared" >"$work/diff"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "DIFFERS at $1: $2"
    grep -E '^[-+]' "$work/diff" | head -40
  fi
}

oracle_explained() {
  grep -q "^$1 " "$oracles/explained"
}

oracle_end() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
