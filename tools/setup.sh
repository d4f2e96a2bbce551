#!/bin/sh
# Fills .venv from the locks: `setup.sh run` with what the bot needs, `setup.sh dev` with what its tests need as well.
# Does nothing, in a few milliseconds, when that has been done already for these locks and this Python.
set -eu
cd "$(dirname "$0")/.."

profile=${1:-run}
venv=.venv
need='import sys; sys.exit(sys.version_info < (3, 11))'

# The dev lock holds everything of the run lock in the same versions, so its mark answers for both.
mark() { printf '%s ' "$("$venv/bin/python" -V 2>&1)"; cat requirements/run.txt "requirements/$1.txt" | cksum; }
done_before() { [ -x "$venv/bin/python" ] && [ -f "$venv/$1.mark" ] && [ "$(mark "$1")" = "$(cat "$venv/$1.mark")" ]; }

if done_before dev || { [ "$profile" = run ] && done_before run; }; then exit 0; fi

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c "$need" 2>/dev/null; then echo "$name"; return; fi
    done
    {
        echo "Python 3.11 or newer is needed; ${PYTHON:-python3} here is $("${PYTHON:-python3}" -V 2>/dev/null || echo 'not installed')."
        echo "On Debian 12 or newer:  $(as_root)apt-get install -y python3 python3-venv"
    } >&2
    return 1
}

as_root() { if [ "$(id -u)" != 0 ]; then echo "sudo "; fi; }

# A venv whose Python has gone (an upgrade of the system, say) cannot be mended, only made again.
if ! "$venv/bin/python" -c "$need" 2>/dev/null; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package=python3-venv
        # Debian names the package of a Python that is not its own default by the version.
        [ "$(command -v "$python")" = /usr/bin/python3 ] ||
            package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        echo "$(as_root)apt-get install -y $package" >&2
        exit 1
    fi
    echo "· making $venv with $("$python" -V)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

echo "· installing what requirements/$profile.txt names (the first time takes a minute or two)"
{
    "$venv/bin/python" -m pip --disable-pip-version-check install --no-input --no-deps --require-hashes \
        -r "requirements/$profile.txt" || touch "$venv/failed"
} | awk -v all="$(grep -c '^[a-z]' "requirements/$profile.txt")" '
    /^(Collecting|Processing) / {n += 1; sub(".*/", "", $2); printf "  %d of %d: %s\n", n, all, $2; fflush()}
    /^(Installing|Building)/ {print "  " substr($0, 1, 60) " …"; fflush()}'
if [ -f "$venv/failed" ]; then
    rm -f "$venv/failed"
    echo "pip could not install everything; its reason stands above. The next try goes on from here." >&2
    exit 1
fi
"$venv/bin/python" -m pip --disable-pip-version-check check >/dev/null || {
    echo "The installation did not come out whole; the lines above say where. Delete $venv and try again." >&2
    exit 1
}
mark "$profile" >"$venv/$profile.mark"
