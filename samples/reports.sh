#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a report of each kind of ending: samples/reports.sh [FOLDER [KIND...]]
# Kinds are clean, leak, java-oom, killed, child-killed, forks, servers and service. What this machine
# does not allow is left out, with the reason. All together take some five minutes.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-samples/target/reports}
[ $# -eq 0 ] || shift
kinds=${*:-clean leak java-oom killed child-killed forks servers service}
agent=agent/target/memreport-agent.jar
suite=samples/junit-sqlite/target/junit-sqlite-sample.jar
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# That a command ends badly is what it is there for; what it prints stays beside the report.
watched() {
  ./memreport run -o "$folder/$kind" "$@" >"$scratch/log.txt" 2>&1 || true
}

recorded() {
  options=$1
  shift
  "$@" -javaagent:"$agent=out=$scratch/$kind$options" -Djava.io.tmpdir="$scratch" -jar "$jar" >"$scratch/log.txt" 2>&1 || true
  ./memreport analyze "$scratch/$kind" -o "$folder/$kind" >>"$scratch/log.txt" 2>&1 || true
}

make() {
  case $kind in
    clean) watched -- java -Djava.io.tmpdir="$scratch" -jar $suite shop.CustomersTest shop.OrdersTest ;;
    leak) jar=$suite recorded ,leaks=gc java ;;
    java-oom) watched -- java -Djava.io.tmpdir="$scratch" -Xmx64m -jar $suite shop.ThumbnailExportTest ;;
    killed) watched --limit 320m -- java -Djava.io.tmpdir="$scratch" -Xmx64m -jar $suite shop.YearEndArchiveTest ;;
    child-killed)
      watched --limit 256m -- java -Xmx48m -cp "samples/deaths/target/classes:$suite" deaths.SuiteMain ChildTest ;;
    forks) watched --limit 640m -- ./mvnw -q -f samples/parallel-oom/pom.xml test -DskipTests=false ;;
    servers) jar=samples/embedded-postgres/target/embedded-postgres-sample.jar recorded "" unshare --ipc java ;;
    service) samples/sqlite-service/run.sh incident 200000 "$folder/service" >"$scratch/log.txt" 2>&1 || true ;;
    *) echo "no such kind: $kind" >&2; exit 2 ;;
  esac
}

for kind in $kinds; do
  rm -rf "${folder:?}/$kind"
  make
  mkdir -p "$folder/$kind"
  cp "$scratch/log.txt" "$folder/$kind/log.txt"
  if [ -f "$folder/$kind/report.json" ]; then
    headline=$(sed -n 's/.*"headline" *: *"\([^"]*\)".*/\1/p' "$folder/$kind/report.json" | head -n 1)
    printf '%-14s%s\n%14s%s\n' "$kind" "$headline" '' "$folder/$kind/report.html"
  else
    printf '%-14snot made: %s\n' "$kind" "$(tail -n 1 "$scratch/log.txt")"
  fi
done
