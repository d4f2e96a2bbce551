#!/bin/sh
# Sets up what the bench needs in .cache/bench and runs it: the peers that requirements/bench.txt names, and grammY
# where node is.
set -eu
cd "$(dirname "$0")/.."

place=.cache/bench
venv=$place/venv
mkdir -p "$place"

mark() { "$venv/bin/python" -V; cksum <requirements/bench.txt; }
if ! [ -f "$venv/mark" ] || [ "$(mark)" != "$(cat "$venv/mark")" ]; then
    "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Python 3.11 or newer is needed; name it in PYTHON." >&2
        exit 1
    }
    echo "· installing what requirements/bench.txt names into $venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip --disable-pip-version-check install --quiet --no-input --no-deps --require-hashes \
        -r requirements/bench.txt
    mark >"$venv/mark"
fi

if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    mkdir -p "$place/node"
    if ! cmp -s benchmarks/node/package-lock.json "$place/node/package-lock.json"; then
        echo "· installing grammY into $place/node"
        cp benchmarks/node/package.json benchmarks/node/package-lock.json "$place/node/"
        (cd "$place/node" && npm ci --ignore-scripts --no-audit --no-fund --silent) || {
            rm -rf "$place/node/package-lock.json" "$place/node/node_modules"
            echo "grammY could not be installed; the others go on without it." >&2
        }
    fi
    cp benchmarks/node/echo.mjs "$place/node/"
fi

exec "$venv/bin/python" -m benchmarks
