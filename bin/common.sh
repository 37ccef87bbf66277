# Shared by the commands in this folder; sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
JDK_LEVEL=25

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# The feature release of the JDK in folder $1, or nothing if there is no JDK.
jdk_level() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Should this script be killed outright, the kernel stops what it started by way of these words.
KEEPER=()
if command -v setpriv >/dev/null; then KEEPER=(setpriv --pdeathsig TERM --); fi

# Sets JAVA_HOME to a JDK that is new enough: JAVA_HOME, then PATH, then the usual folders (or those of JDK_FOLDERS).
find_jdk() {
  local candidate level best="" best_level=0 seen=""
  local folders=(/usr/lib/jvm/* /usr/local/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*)
  if [ -n "${JDK_FOLDERS:-}" ]; then IFS=: read -r -a folders <<<"$JDK_FOLDERS"; fi
  local from_path=""
  if command -v java >/dev/null; then
    from_path=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  fi
  for candidate in "${JAVA_HOME:-}" "$from_path" "${folders[@]}"; do
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    level=$(jdk_level "$candidate")
    [ -n "$level" ] || continue
    case " $seen " in *" $level "*) ;; *) seen="$seen $level" ;; esac
    if [ "$level" -ge "$JDK_LEVEL" ]; then
      # What the caller named, or has on PATH, wins; among the rest the oldest that will do.
      if [ "$candidate" = "${JAVA_HOME:-}" ] || [ "$candidate" = "$from_path" ]; then
        export JAVA_HOME=$candidate
        return 0
      fi
      if [ -z "$best" ] || [ "$level" -lt "$best_level" ]; then
        best=$candidate best_level=$level
      fi
    fi
  done
  if [ -z "$best" ]; then
    fail "Framecast needs a JDK $JDK_LEVEL or newer (found:${seen:- none}); install one, for example Temurin $JDK_LEVEL, and set JAVA_HOME to it."
  fi
  export JAVA_HOME=$best
}

# Installs the Debian packages named by the arguments where they are missing, or says the exact line that would.
need_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null || return 0
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      sudo="sudo"
    else
      fail "these packages are missing; install them with: sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi
  fi
  say "Installing packages: ${missing[*]}"
  if ! DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
      fail "could not install packages; try it by hand: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
}

# Maven of the system, new enough.
need_maven() {
  if ! command -v mvn >/dev/null; then
    if command -v apt-get >/dev/null; then need_packages maven; else fail "Maven 3.8.7 or newer is missing; install it and put mvn on the PATH."; fi
  fi
  local version
  version=$(mvn -v 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Apache Maven \([0-9.]*\).*/\1/p')
  [ "$(printf '%s\n3.8.7\n' "$version" | sort -V | head -1)" = 3.8.7 ] ||
    fail "Maven 3.8.7 or newer is needed (found ${version:-none}); install a newer one and put its mvn on the PATH."
}

# Node and npm, with which the build fetches what the pages use of others.
need_npm() {
  local wanted=()
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  [ ${#wanted[@]} -eq 0 ] || need_packages "${wanted[@]}"
}

# Chromium, Firefox and Node with the packages that drive them.
need_browsers() {
  local wanted=()
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  [ -x /usr/bin/chromium ] || [ -n "${CHROMIUM:-}" ] || wanted+=(chromium)
  [ -x /usr/bin/firefox-esr ] || [ -n "${FIREFOX:-}" ] || wanted+=(firefox-esr)
  [ ${#wanted[@]} -eq 0 ] || need_packages "${wanted[@]}"
  local folder=$ROOT/src-test/browser
  if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/.framecast-lock"; then
    say "Fetching the packages that drive the browsers"
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) || fail "npm ci failed in src-test/browser."
    cp "$folder/package-lock.json" "$folder/node_modules/.framecast-lock"
  fi
}

# The Go program, if it is new enough for our Pion client; nothing otherwise.
find_go() {
  local candidate version
  for candidate in "$(command -v go || true)" /usr/local/go/bin/go /usr/lib/go/bin/go "$HOME"/go/bin/go "$HOME"/sdk/go*/bin/go; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    version=$("$candidate" env GOVERSION 2>/dev/null | sed 's/^go//')
    if [ "$(printf '%s\n1.23\n' "$version" | sort -V | head -1)" = 1.23 ]; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
}

GO_MISSING="Go 1.23 or newer is missing, which builds the Pion client (bench/pion); install it (https://go.dev/doc/install) and put go on the PATH."

# Builds the Pion client where it is not built: .binaries/framecast-pion.
build_pion() {
  local go stamp
  stamp=$(source_stamp bench/pion)
  if [ -x "$ROOT/.binaries/framecast-pion" ] && [ "$(cat "$ROOT/.binaries/framecast-pion.stamp" 2>/dev/null)" = "$stamp" ]; then return 0; fi
  go=$(find_go)
  [ -n "$go" ] || return 1
  say "Building the Pion client"
  mkdir -p "$ROOT/.binaries"
  (cd "$ROOT/bench/pion" && "$go" build -buildvcs=false -o "$ROOT/.binaries/framecast-pion" .) || fail "the Pion client does not build; see the lines above."
  printf '%s\n' "$stamp" >"$ROOT/.binaries/framecast-pion.stamp"
}

# A hash over the contents of the files under the arguments, build outputs left out.
source_stamp() {
  (cd "$ROOT" && { find "$@" \( -name target -o -name node_modules -o -name work -o -name .venv \) -prune -o -type f -print0 2>/dev/null || true; } |
    LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1)
}

# Builds the WebRTC library where it is not built; build.sh keeps its own stamp.
build_natives() {
  local script="$ROOT/rtc-binding/native/build.sh"
  [ -x "$script" ] || return 0
  if [ ! -e "$ROOT/.binaries" ] || ! "$script" --check >/dev/null 2>&1; then
    local packages
    packages=$("$script" --missing)
    # shellcheck disable=SC2086
    need_packages $packages
    say "Building the WebRTC library (once, a few minutes)"
    "$script" || fail "the WebRTC library could not be built; see the lines above."
  fi
}

# Python, for what the commands read and count with it.
need_python() { command -v python3 >/dev/null || need_packages python3; }

# Runs Maven with the arguments, shows which module is being built, keeps the whole output in $1.
# In this shell itself, so that a signal that ends this script ends Maven too; its own status says whether it built.
maven_with_progress() {
  local log=$1 pid last="" line started=$SECONDS told=$SECONDS
  shift
  mkdir -p "$(dirname "$log")"
  : >"$log"
  # A build that is cut off leaves half of the classes: until it has ended, bin/framecast must not trust them.
  local stamp=$ROOT/.run/framecast.stamp
  [ ! -f "$stamp" ] || mv -f "$stamp" "$stamp.building"
  (cd "$ROOT" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" exec "${KEEPER[@]}" mvn -B -ntp "$@") >"$log" 2>&1 &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM HUP
  while kill -0 "$pid" 2>/dev/null; do
    line=$(sed -n 's/^\[INFO\] Building Framecast :: \([a-z-]*\) .*\[\([0-9/]*\)\]$/\1 (\2)/p' "$log" | tail -1)
    if [ -n "$line" ] && [ "$line" != "$last" ]; then
      say "  $line"
      last=$line told=$SECONDS
    elif [ $((SECONDS - told)) -ge 15 ]; then
      say "  … $((SECONDS - started)) s"
      told=$SECONDS
    fi
    sleep 0.3 || true # Ctrl-C ends it too
  done
  trap - INT TERM HUP
  if ! wait "$pid"; then
    grep -E '^\[ERROR\]|BUILD FAILURE' "$log" | head -20 >&2
    printf 'error: %s\n' "the build failed; its whole output is in ${log#"$ROOT"/}" >&2
    return 1
  fi
  [ ! -f "$stamp.building" ] || mv -f "$stamp.building" "$stamp"
}

# Whether some socket listens on port $2; $1 is tcp or udp.
port_taken() {
  local hex state
  hex=$(printf '%04X' "$2")
  if [ "$1" = tcp ]; then state=0A; else state=07; fi
  awk -v port=":$hex" -v state="$state" 'FNR > 1 && $4 == state && $2 ~ port "$" { found = 1 } END { exit !found }' \
    "/proc/net/$1" "/proc/net/${1}6" 2>/dev/null
}
