#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the service, drives it through the incident, and shows what is resident.
# run.sh incident|fixed [rows] [JVM options…], for example -javaagent:memreport-agent.jar
set -eu
cd "$(dirname "$0")"
settings=${1:?incident or fixed}
rows=${2:-2000000}
[ $# -lt 2 ] || shift
shift
home=$(mktemp -d)
database=${SERVICE_DB:-$home/orders.db}
classes=target/classes:$(cat target/classpath.txt)
[ "$settings" = fixed ] && set -- -XX:TrimNativeHeapInterval=2000 "$@"
java -Xmx256m "$@" -cp "$classes" service.OrderService \
  --settings "$settings" --db "$database" --rows "$rows" >"$home/service.log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null || true; rm -r "$home"' EXIT
until port=$(sed -n 's/^listening on //p' "$home/service.log") && [ -n "$port" ]; do
  kill -0 $service 2>/dev/null || { cat "$home/service.log" >&2; exit 1; }
  sleep 0.2
done
echo "process $service"
java -Xmx64m -cp "$classes" service.Drive "$port" "$service" "${SERVICE_IDLE:-20}"
wait $service || true
