#!/bin/sh
# Runs pytest (or the program that PROGRAM names), inside a throw-away PostgreSQL when the server's programs are
# installed; pytest has a process per core. Arguments go on to it; `-n 0` keeps all in one process, for a debugger.
set -eu
cd "$(dirname "$0")/.."

# Databases are written through to the disk at each commit; in memory that costs nothing, and the tests stay the same.
memory=/dev/shm
if [ -w "$memory" ] && [ "$(df -Pk "$memory" | awk 'NR == 2 {print $4}')" -gt 2000000 ]; then
    TMPDIR=$memory
    export TMPDIR
fi

program=${PROGRAM:-pytest}
if [ "$program" = pytest ]; then set -- -n auto --dist worksteal "$@"; fi
set -- .venv/bin/python -m "$program" "$@"

if ! command -v pg_virtualenv >/dev/null 2>&1 || ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
    exec "$@"
fi

# Only libpq's own variables tell where a server is; one that points to a real database must not reach the tests.
unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGSERVICEFILE PGPASSFILE PG_CLUSTER_CONF_ROOT 2>/dev/null || true

# The server's own chatter goes to a file, so that pytest's summary is what a reader sees last. UTF-8 is said because a
# bare machine without a locale would make an ASCII database.
mkdir -p .cache
log=.cache/postgresql.log
echo "· $program, with a throw-away PostgreSQL (its log: $log)"
status=0
exec 3>&1
pg_virtualenv -t -c '-e UTF8 --locale C.UTF-8' sh -c 'touch .cache/postgresql.up; exec "$@" >&3 2>&3 3>&-' sh "$@" >"$log" 2>&1 || status=$?
if [ -f .cache/postgresql.up ]; then rm -f .cache/postgresql.up; else cat "$log" >&2; fi
exit "$status"
