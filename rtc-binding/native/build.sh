#!/usr/bin/env bash
# Builds the WebRTC library (libdatachannel) into .binaries/<os>-<arch>/ once. Does nothing while its
# stamp is current. See --help.
set -euo pipefail

readonly VERSION=0.24.6
readonly PACKAGE=aiolibdatachannel
readonly PACKAGE_VERSION=2026.10.15
readonly SDIST=$PACKAGE-$PACKAGE_VERSION.tar.gz
readonly SDIST_SHA256=dfc60977c32660e26dec1d5bb0fb9283b135e5b6042f75b24264aa2e142759ea
readonly APT_PACKAGES="cmake ninja-build g++ libssl-dev patch python3 python3-pip"
# nodelete: the library's own threads may outlive the last dlclose by a moment; the code must stay mapped.
CMAKE_FLAGS=(
  -G Ninja
  -DCMAKE_BUILD_TYPE=Release
  -DBUILD_SHARED_LIBS=ON
  -DNO_EXAMPLES=ON
  -DNO_TESTS=ON
  -DNO_WEBSOCKET=ON
  "-DCMAKE_SHARED_LINKER_FLAGS=-Wl,-z,nodelete -Wl,--as-needed"
)

say() { printf 'native: %s\n' "$*"; }
fail() { printf 'native: %s\n' "$*" >&2; exit 1; }

usage() {
  cat <<TEXT
usage: rtc-binding/native/build.sh [--force | --asan | --check | --packages | --missing | --help]

Builds libdatachannel $VERSION into .binaries/<os>-<arch>/ of this checkout, once.

  (nothing)    build unless the stamp beside the library is current
  --force      build in any case
  --asan       build with AddressSanitizer instead, beside the other: .binaries/asan/<os>-<arch>/
  --check      exit 0 when the library is there and current, 1 when it must be built
  --packages   print the system packages (apt names) that a build needs
  --missing    print those of them that this machine lacks

Environment
  FRAMECAST_LIBDATACHANNEL_SDIST   a local $SDIST (its hash is checked all the same)
  FRAMECAST_BINARIES               where to build instead of .binaries/
  FRAMECAST_BUILD_JOBS             compiler processes at a time (default: one for each core)
TEXT
}

platform() {
  local os arch
  case "$(uname -s)" in
    Linux) os=linux ;;
    *) fail "$(uname -s) is not supported yet: libdatachannel is built on Linux only." ;;
  esac
  arch=$(uname -m)
  case "$arch" in
    amd64) arch=x86_64 ;;
    arm64) arch=aarch64 ;;
  esac
  printf '%s-%s\n' "$os" "$arch"
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
binaries=${FRAMECAST_BINARIES:-$root/.binaries}

force=
check=
list=
case "${1:-}" in
  '') ;;
  --force) force=1 ;;
  --asan)
    binaries=$binaries/asan
    # One frame's name is worth more than its speed here; the leak check would see the JVM's own memory.
    CMAKE_FLAGS+=(
      -DCMAKE_BUILD_TYPE=RelWithDebInfo
      "-DCMAKE_C_FLAGS=-fsanitize=address -fno-omit-frame-pointer"
      "-DCMAKE_CXX_FLAGS=-fsanitize=address -fno-omit-frame-pointer"
    )
    ;;
  --check) check=1 ;;
  --missing) list=1 ;;
  --packages) printf '%s\n' "$APT_PACKAGES"; exit 0 ;;
  --help | -h) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
[ $# -le 1 ] || { usage >&2; exit 2; }
readonly CMAKE_FLAGS

target=$binaries/$(platform)
library=$target/libdatachannel.so
stamp=$target/libdatachannel.stamp

wanted_stamp() {
  printf 'version %s with its headers\nsource sha256 %s\nflags %s\n' "$VERSION" "$SDIST_SHA256" "${CMAKE_FLAGS[*]}"
  (cd "$here" && sha256sum framecast_rtc.* failing_sends.cpp patches/*.patch)
}

is_current() { [ -f "$library" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted_stamp)" ]; }

if [ -n "$check" ]; then
  if is_current; then exit 0; else exit 1; fi
fi
if [ -z "$force$list" ] && is_current; then
  exit 0
fi

# One line that names everything that is missing, before anything is fetched.
missing=()
needs_download=
[ -n "${FRAMECAST_LIBDATACHANNEL_SDIST:-}" ] || needs_download=1
command -v cmake >/dev/null || missing+=(cmake)
command -v ninja >/dev/null || missing+=(ninja-build)
command -v g++ >/dev/null || missing+=(g++)
command -v patch >/dev/null || missing+=(patch)
if ! command -v g++ >/dev/null \
  || ! printf '#include <openssl/ssl.h>\n' | g++ -E -x c++ - >/dev/null 2>&1; then
  missing+=(libssl-dev)
fi
if [ -n "$needs_download" ]; then
  if ! command -v python3 >/dev/null; then
    missing+=(python3 python3-pip)
  elif ! python3 -m pip --version >/dev/null 2>&1; then
    missing+=(python3-pip)
  fi
fi
if [ -n "$list" ]; then
  printf '%s\n' "${missing[*]}"
  exit 0
fi
if [ ${#missing[@]} -gt 0 ]; then
  fail "cannot build libdatachannel, missing: ${missing[*]}. Install them: apt-get install ${missing[*]}"
fi

mkdir -p "$target" "$binaries/build"
# Two commands started at once build once.
exec 9>"$binaries/build/libdatachannel.lock"
if ! flock -n 9; then
  say "another build of libdatachannel is running; waiting for it"
  flock 9
  if [ -z "$force" ] && is_current; then
    exit 0
  fi
fi

work=$(mktemp -d "$binaries/build/libdatachannel.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

logged() { # logged NAME COMMAND...: quiet while it works, the end of its log when it does not
  local log=$work/$1.log
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    return 1
  fi
}

started=$SECONDS
if [ -n "${FRAMECAST_LIBDATACHANNEL_SDIST:-}" ]; then
  [ -f "$FRAMECAST_LIBDATACHANNEL_SDIST" ] \
    || fail "FRAMECAST_LIBDATACHANNEL_SDIST names no file: $FRAMECAST_LIBDATACHANNEL_SDIST"
  sdist=$FRAMECAST_LIBDATACHANNEL_SDIST
  say "libdatachannel $VERSION: using $sdist"
else
  say "libdatachannel $VERSION: fetching the source ($PACKAGE $PACKAGE_VERSION by pip, about a minute)"
  # pip prepares a source distribution by its own build script: the hash is checked before that. Only
  # this package is wanted as source; :all: would make older pips build its build tools from source too.
  printf '%s==%s --hash=sha256:%s\n' "$PACKAGE" "$PACKAGE_VERSION" "$SDIST_SHA256" >"$work/wanted.txt"
  logged fetch timeout 900 python3 -m pip --disable-pip-version-check download --require-hashes \
    --no-deps --no-binary "$PACKAGE" --python-version 3.12 --dest "$work/sdist" -r "$work/wanted.txt" \
    || fail "could not fetch $PACKAGE $PACKAGE_VERSION by pip (network, or pip's settings): see above."
  sdist=$work/sdist/$SDIST
  [ -f "$sdist" ] || fail "pip fetched no $SDIST"
fi

actual=$(sha256sum "$sdist" | cut -d' ' -f1)
[ "$actual" = "$SDIST_SHA256" ] \
  || fail "$SDIST has sha256 $actual, expected $SDIST_SHA256: not built."

tar -xzf "$sdist" -C "$work"
source=$work/$PACKAGE-$PACKAGE_VERSION/vendor/libdatachannel
grep -q "define RTC_VERSION \"$VERSION\"" "$source/include/rtc/version.h" \
  || fail "the source is not libdatachannel $VERSION"

for change in "$here"/patches/*.patch; do
  patch --quiet --strip=1 --fuzz=0 --directory="$source" <"$change" \
    || fail "${change##*/} does not fit libdatachannel $VERSION"
done

rm -rf "$target/include"
cp -r "$source/include" "$target/include"

say "libdatachannel $VERSION: compiling (one to two minutes)"
logged configure cmake -S "$source" -B "$work/out" "${CMAKE_FLAGS[@]}" \
  "-DCMAKE_PROJECT_libdatachannel_INCLUDE=$here/framecast_rtc.cmake" \
  || fail "cmake could not configure libdatachannel: see above."
logged compile cmake --build "$work/out" --target datachannel \
  --parallel "${FRAMECAST_BUILD_JOBS:-$(nproc)}" \
  || fail "libdatachannel did not compile: see above."

# For tests: a socket that fails when it is told to.
logged faults g++ -std=c++17 -O2 -shared -fPIC -o "$target/libfailing_sends.so" "$here/failing_sends.cpp" -ldl \
  || fail "failing_sends.cpp did not compile: see above."

# The licences travel with the library; MPL-2.0 asks for the place of its source too.
licenses=$target/libdatachannel-licenses
rm -rf "$licenses"
mkdir -p "$licenses"
cp "$source/LICENSE" "$licenses/libdatachannel-MPL-2.0.txt"
cp "$source/deps/libjuice/LICENSE" "$licenses/libjuice-MPL-2.0.txt"
cp "$source/deps/libsrtp/LICENSE" "$licenses/libsrtp-BSD-3-Clause.txt"
cp "$source/deps/usrsctp/LICENSE.md" "$licenses/usrsctp-BSD-3-Clause.txt"
cp "$source/deps/plog/LICENSE" "$licenses/plog-MIT.txt"
cp "$here"/patches/*.patch "$licenses/"
printf 'libdatachannel %s from the source distribution %s %s (sha256 %s), with the patches beside this file.\n' \
  "$VERSION" "$PACKAGE" "$PACKAGE_VERSION" "$SDIST_SHA256" >"$licenses/SOURCE.txt"

# By rename, so that a server that has the old library mapped keeps it.
cp "$(readlink -f "$work/out/libdatachannel.so")" "$target/.libdatachannel.so.new"
mv "$target/.libdatachannel.so.new" "$library"
wanted_stamp >"$stamp"
say "libdatachannel $VERSION: ready after $((SECONDS - started)) s (${library#"$root"/})"
