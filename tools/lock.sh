#!/bin/sh
# Renews the locks in requirements/: for every Python from 3.11 on, every system, with hashes and without any address.
set -eu
cd "$(dirname "$0")/.."

tool=.cache/lock
if [ ! -x "$tool/bin/uv" ]; then
    python3 -m venv "$tool"
    "$tool/bin/pip" --disable-pip-version-check install --quiet 'uv>=0.9,<1'
fi

# What is locked already keeps its version unless it cannot, or UPGRADE=1 is set.
compile() { # name, sentence, then options
    name=$1 sentence=$2 file=requirements/$1.txt
    shift 2
    if [ -f "$file" ]; then cp "$file" "$file.new"; fi
    "$tool/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra postgres \
        --generate-hashes --no-header --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} \
        --output-file "$file.new" "$@" >/dev/null
    if grep -n '://' "$file.new"; then
        echo "An address got into the lock; see the lines above." >&2
        exit 1
    fi
    { echo "# $sentence"; echo "# Made by \`make lock\` from pyproject.toml; change it there."; cat "$file.new"; } >"$file"
    rm "$file.new"
    echo "$file: $(grep -c '==' "$file") packages"
}

compile run "What the bot runs with, PostgreSQL's driver included."
compile dev "What its checks and tests need as well, in the same versions." --group dev -c requirements/run.txt
compile bench "What the bench needs: the bot, and the libraries of the bots beside it." --group bench -c requirements/dev.txt
