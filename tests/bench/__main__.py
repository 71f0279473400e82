"""``python -m tests.bench [--quick] [--only PART]``: a table, and ``bench-results/bench.json``.

``--quick`` takes fewer steps, visits and seconds: to see that all works, not to quote. ``--only``
takes one part: ``step``, ``play``, ``first``, ``server``, ``growth``, ``effect``, ``load``,
``exports``, ``cluster`` or ``seen``.
"""

from __future__ import annotations

import argparse
import json

from tests.bench import (
    cluster,
    effect,
    exports,
    first,
    growth,
    load_series,
    machine,
    play,
    seen,
    server,
    step,
)
from tests.bench.results import Row, table
from tests.bench.serve import ROOT

PARTS = {
    "step": step,
    "play": play,
    "first": first,
    "server": server,
    "growth": growth,
    "effect": effect,
    "load": load_series,
    "exports": exports,
    "cluster": cluster,
    "seen": seen,
}
RESULTS = ROOT / "bench-results"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true", help="fewer steps, visits and seconds")
    parser.add_argument("--only", choices=PARTS, metavar="PART", help="one of " + ", ".join(PARTS))
    asked = parser.parse_args()
    told = machine.describe()
    print("\n".join(f"{name:10} {text}" for name, text in told.items()), flush=True)
    rows: list[Row] = []
    for name, part in PARTS.items():
        if asked.only in (None, name):
            found = list(part.measure(asked.quick))
            print(table(found), flush=True)
            rows += found
    RESULTS.mkdir(exist_ok=True)
    results = {"machine": told, "quick": asked.quick, "rows": [row.told() for row in rows]}
    text = json.dumps(results, indent=1, ensure_ascii=False)
    (RESULTS / "bench.json").write_text(text + "\n", "utf-8")
    missed = [row for row in rows if row.missed]
    print(f"\n{len(missed)} of {len(rows)} rows miss a goal.")


if __name__ == "__main__":
    main()
