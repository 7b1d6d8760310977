#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the shim for all platforms and tests each build. Wants Debian's gcc, gcc-aarch64-linux-gnu,
# libc6-dev-arm64-cross, musl-tools, musl-dev and qemu-user, and a JDK for its headers.
#
#   build.sh           builds into recorder/src/main/resources/native and notes the source's hash
#   build.sh --check   builds into a temporary folder, tests, and compares the hash; tests once more with
#                      the sanitizers for addresses, undefined behaviour and threads
set -euo pipefail
cd "$(dirname "$0")"

resources=$PWD/../resources/native
tests=$PWD/../../test/c
sources=(call_site.c exhausted.c heap.c inventory.c libraries.c marks.c native_heap.c records.c relocations.c reserve.c
  sqlite_status.c whose.c wrappers.c)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
headers=(-I"$jdk/include" -I"$jdk/include/linux")
flags=(-std=gnu11 -O2 -g0 -s -Wall -Wextra -Werror -fPIC -fvisibility=hidden
  -ffile-prefix-map="$PWD"=. -Wl,-z,now,-z,relro,--build-id=none)

# Debian has no cross compiler for musl on aarch64: GNU's does, given musl's files instead of glibc's.
fetch_musl_aarch64() {
  local root=$work/musl-aarch64
  mkdir -p "$root/debs"
  dpkg --print-foreign-architectures | grep -qx arm64 || {
    dpkg --add-architecture arm64
    apt-get update -qq
  }
  (cd "$root/debs" && apt-get download -qq -o APT::Sandbox::User=root musl:arm64 musl-dev:arm64)
  for deb in "$root"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
}

musl_aarch64() {
  local root=$work/musl-aarch64 gcc_include
  gcc_include=$(aarch64-linux-gnu-gcc -print-file-name=include)
  aarch64-linux-gnu-gcc -nostdinc -isystem "$root/usr/include/aarch64-linux-musl" \
    -isystem "$gcc_include" -mno-outline-atomics -nostdlib "$@" \
    -L"$root/lib/aarch64-linux-musl" -l:libc.so "$(aarch64-linux-gnu-gcc -print-libgcc-file-name)"
}

compile() {
  case $1 in
    linux-x86_64) gcc "${@:2}" ;;
    linux-aarch64) aarch64-linux-gnu-gcc "${@:2}" ;;
    linux-x86_64-musl) musl-gcc "${@:2}" ;;
    linux-aarch64-musl) musl_aarch64 "${@:2}" ;;
  esac
}

# What a program needs besides a library: its entry point, and the loader of its platform.
program() {
  local musl=$work/musl-aarch64/usr/lib/aarch64-linux-musl
  case $1 in
    linux-aarch64-musl)
      compile "$1" -Wl,--dynamic-linker=/lib/ld-musl-aarch64.so.1 "$musl/Scrt1.o" "$musl/crti.o" \
        "${@:2}" "$musl/crtn.o" -pie
      ;;
    *) compile "$1" "${@:2}" -ldl -lpthread ;;
  esac
}

run() {
  case $1 in
    linux-x86_64 | linux-x86_64-musl) "${@:2}" ;;
    linux-aarch64) qemu-aarch64 -L /usr/aarch64-linux-gnu "${@:2}" ;;
    linux-aarch64-musl) qemu-aarch64 -L "$work/musl-aarch64" "${@:2}" ;;
  esac
}

# Runs with glibc from 2.17 on, which is CentOS 7's, and where aarch64 began.
runs_with_old_glibc() {
  local newest
  newest=$({ echo GLIBC_2.17; readelf -VW "$1" | grep -oE 'GLIBC_[0-9.]+' || true; } | sort -V | tail -n 1)
  [[ $newest == GLIBC_2.17 ]] || {
    echo "$1 wants $newest: see old_glibc.h" >&2
    return 1
  }
}

build_and_test() {
  local platform=$1 out=$2/$1 bench=$work/test-$1
  mkdir -p "$out" "$bench"
  compile "$platform" "${flags[@]}" "${headers[@]}" -shared -o "$out/libmemreport.so" "${sources[@]}"
  libraries "$platform" "$bench"
  runs_with_old_glibc "$out/libmemreport.so"
  program "$platform" -std=gnu11 -O1 -Wall -Wextra -Werror -fPIE "${headers[@]}" \
    -o "$bench/shim_test" "$tests/shim_test.c"
  (cd "$bench" && run "$platform" ./shim_test "$out/libmemreport.so" "$platform")
  if [[ $out != "$resources/$platform" ]]; then
    same_build "$out/libmemreport.so" "$resources/$platform/libmemreport.so"
    (cd "$bench" && run "$platform" ./shim_test "$resources/$platform/libmemreport.so" "$platform as checked in")
  fi
}

libraries() {
  local platform=$1 bench=$2
  compile "$platform" -O1 -fPIC -shared -Wl,-z,lazy,-z,norelro -o "$bench/libsqlite-lazy.so" "$tests/library.c"
  compile "$platform" -O1 -fPIC -shared -Wl,-z,now,-z,relro -o "$bench/libsqlite-now.so" "$tests/library.c"
  compile "$platform" -O1 -fPIC -shared -o "$bench/libother.so" "$tests/library.c"
  compile "$platform" -O1 -fPIC -shared -DCONSTANT_TABLE -Wl,-z,notext -o "$bench/libsqlite-constant.so" \
    "$tests/library.c" 2>/dev/null
}

# Any finding fails: of threads, too, though a race of plain 64-bit accesses would do no harm on these machines.
sanitize() {
  local bench=$work/sanitize-$1 options=allocator_may_return_null=1 still=()
  mkdir -p "$bench"
  # The sanitizer for threads wants memory where randomized addresses may not leave it.
  ! setarch -R true 2>/dev/null || still=(setarch -R)
  libraries linux-x86_64 "$bench"
  # Wno-tsan: it does not understand the fence before a row is told of, and says so.
  gcc -std=gnu11 -O1 -g -fno-omit-frame-pointer "-fsanitize=$1" -fno-sanitize-recover=undefined -Wall -Wextra -Wno-tsan \
    -fPIC -fvisibility=hidden -Wl,-z,now,-z,relro "${headers[@]}" -shared -o "$bench/libmemreport.so" "${sources[@]}"
  gcc -std=gnu11 -O1 -g "-fsanitize=$1" -fPIE "${headers[@]}" -o "$bench/shim_test" "$tests/shim_test.c" -ldl -lpthread
  (cd "$bench" && ASAN_OPTIONS=$options TSAN_OPTIONS=$options "${still[@]}" \
    ./shim_test "$bench/libmemreport.so" "linux-x86_64 with the sanitizer $1")
}

# The same compiler makes the same bytes; another one says nothing about them.
same_build() {
  [[ $(compiler_of "$1") != "$(compiler_of "$2")" ]] || cmp "$1" "$2"
}
compiler_of() { readelf -p .comment "$1" | grep -o 'GCC:.*'; }

# Works at the same time as what is begun after it; what it says is for the end.
begin() {
  (set -e; "$@") >"$work/said-${#begun[@]}" 2>&1 &
  begun+=($!)
}

# Waits for all that was begun and says what they said. One that failed fails.
finish() {
  local i failed=0
  for i in "${!begun[@]}"; do
    wait "${begun[i]}" || failed=1
    cat "$work/said-$i"
  done
  return $failed
}

source_hash() { cat "${sources[@]}" ./*.h | sha256sum | cut -d' ' -f1; }

fetch_musl_aarch64
target=$resources
[[ ${1:-} == --check ]] && target=$work/native
begun=()
for platform in linux-aarch64-musl linux-aarch64 linux-x86_64-musl linux-x86_64; do
  begin build_and_test "$platform" "$target"
done
if [[ ${1:-} == --check ]]; then
  begin sanitize address,undefined
  begin sanitize thread
fi
finish
if [[ ${1:-} == --check ]]; then
  [[ $(cat "$resources/SOURCE.sha256") == "$(source_hash)" ]] || {
    echo "the C sources were changed after their libraries were built: run build.sh" >&2
    exit 1
  }
else
  source_hash > "$resources/SOURCE.sha256"
fi
