"""`make bench`: everything side by side, then the table, results.json and docs/performance.md."""

from __future__ import annotations

import os
import sys
import time

from benchmarks import report
from benchmarks.measures import QUICK, Plan, peers, run
from benchmarks.processes import HOUSE


def main() -> int:
    """The exit status: 1 when a target is missed in a full run."""
    quick = os.environ.get("QUICK", "") not in {"", "0"}
    if not any(peer.name == "grammy" for peer in peers()):
        print("· node is not there: grammY does not take part", flush=True)
    begin = time.monotonic()
    figures = run(QUICK if quick else Plan(), HOUSE / ".cache" / "bench" / "run", lambda line: print(line, flush=True))
    found = report.results(figures)
    print("\n".join(["", *report.table(found), "", *report.costs(figures), ""]))
    judged = report.verdicts(found) if quick else report.write(figures, report.RESULTS, report.PAGE)
    for one in judged:
        print(f"{'holds ' if one.holds else 'MISSED'}  {one.words}: {one.found:.3g}")
    print(f"\n{time.monotonic() - begin:.0f} s" + (", a try: nothing was written" if quick else ""))
    return int(not quick and not all(one.holds for one in judged))


if __name__ == "__main__":
    sys.exit(main())
