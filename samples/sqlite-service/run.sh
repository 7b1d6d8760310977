#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the service, attaches memreport to it, drives it through the incident, and shows what is resident.
# run.sh incident|fixed [rows [report folder]]; SERVICE_DB keeps the database for the next time.
set -eu
cd "$(dirname "$0")"
settings=${1:?incident or fixed}
rows=${2:-2000000}
report=${3:-target/$settings-report}
home=$(mktemp -d)
database=${SERVICE_DB:-$home/orders.db}
classes=target/classes:$(cat target/classpath.txt)
trim=
[ "$settings" = incident ] || trim=-XX:TrimNativeHeapInterval=2000
# shellcheck disable=SC2086 # one option or none
java -Xmx256m $trim -cp "$classes" service.OrderService \
  --settings "$settings" --db "$database" --rows "$rows" >"$home/service.log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null || true; rm -r "$home"' EXIT
until port=$(sed -n 's/^listening on //p' "$home/service.log") && [ -n "$port" ]; do
  kill -0 $service 2>/dev/null || { cat "$home/service.log" >&2; exit 1; }
  sleep 0.2
done
../../memreport attach $service --duration 40s -o "$report" >"$home/attach.log" 2>&1 &
attach=$!
until grep -q 'Recording process' "$home/attach.log"; do
  kill -0 $attach 2>/dev/null || { cat "$home/attach.log" >&2; exit 1; }
  sleep 0.2
done
java -Xmx64m -cp "$classes" service.Drive "$port" "$service" 45
wait $attach || { cat "$home/attach.log" >&2; exit 1; }
cat "$home/attach.log"
