"""python-telegram-bot as it comes: httpx, one update after the other."""

from __future__ import annotations

import sys

from benchmarks.peers.ptb import run

if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], None)
