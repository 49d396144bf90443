#!/bin/sh
# Runs a command with HONGQI_TEST_POSTGRES naming a throw-away PostgreSQL server, and removes the server afterwards. Tests do not
# wait for the disk; HONGQI_TEST_POSTGRES_OPTIONS may say otherwise (`-c fsync=on`).
set -eu

bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is missing: install the package postgresql." >&2; exit 1; }
# Where the scripts of the distribution wrap the programs, the real ones stand beside each other.
bin=$(dirname "$(readlink -f "$bin/initdb")")

folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as="runuser -u postgres --"
else
    as=""
fi
stop() {
    $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT INT TERM

$as "$bin/initdb" -D "$folder/data" -U hongqi -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
$as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=400 ${HONGQI_TEST_POSTGRES_OPTIONS:-}" \
    start >/dev/null
HONGQI_TEST_POSTGRES="postgres://hongqi@127.0.0.1:$port"
HONGQI_TEST_POSTGRES_STOP="$as $bin/pg_ctl -D $folder/data -m fast -w stop"
HONGQI_TEST_POSTGRES_START="$as $bin/pg_ctl -D $folder/data -w -l $folder/log start"
export HONGQI_TEST_POSTGRES HONGQI_TEST_POSTGRES_STOP HONGQI_TEST_POSTGRES_START
"$@"
