"""Every bench in turn, in one agency that is built once.

    python bench [--scale 1000] [--home DIR] [--write] [--resume]

Small, it looks whether the benches work: the pages of 1,000 accounts take some minutes. With
`--write` every figure goes into docs/, and rounds are as many as it takes to tell; on a quiet
machine the pages of 100,000 accounts take half an hour, all of it an hour and a half. DIR is built
if it is empty, and kept; otherwise a home is made and removed. A bench that fails or misses a
budget does not keep the others from running; it is named at the end, and this exits 1.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIGURES, CONFLICTS = (
    str(HERE.parent / "docs" / page) for page in ("bench.md", "bench-conflicts.md")
)
SMALLEST = 1_000  # accounts; growth goes by tens from here


def main() -> int:
    arguments = parse()
    home = arguments.home or tempfile.mkdtemp(prefix="kakehashi-bench-")
    missed = []
    planned = steps(arguments.scale, home, write=arguments.write, resume=arguments.resume)
    try:
        for name, options in planned:
            print(f"== {name} {' '.join(options)}", flush=True)
            began = time.monotonic()
            code = subprocess.run([sys.executable, HERE / f"{name}.py", *options], check=False)
            print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
            if code.returncode:
                missed.append(name)
    finally:
        if not arguments.home:
            shutil.rmtree(home, ignore_errors=True)
    if missed:
        print(f"Failed, or missed a budget: {', '.join(missed)}.")
    return 1 if missed else 0


def steps(
    scale: int, home: str, *, write: bool, resume: bool = False
) -> list[tuple[str, list[str]]]:
    """What is run, with which options; the first builds the home that the next ones use."""
    into = ["--write", FIGURES] if write else []
    on = ["--resume"] if resume else []
    agency = ["--accounts", f"{scale}", "--home", home]
    sizes = ",".join(map(str, scales(scale)))
    growing = ["--scales", sizes, "--home-of-largest", home]
    register = ["--accounts", f"{scale}", "--commitments", f"{scale // 2}"]
    found = [
        ("pages", [*agency, "--rounds", "20" if write else "3", *into, *on]),
        ("search", [*agency, "--rounds", "40" if write else "5", *into]),
        ("growth", [*growing, "--rounds", "20" if write else "3", *into, *on]),
        ("import_revenue", ["--rows", "1000000" if write else "100000", *into]),
        ("conflicts", [*register, "--rounds", "30" if write else "5",
                       *(["--write", CONFLICTS] if write else [])]),
    ]  # fmt: skip
    if not write:  # these tell whether something is lost, not how long it takes
        found += [("kills", ["--kills", "10"]), ("malformed", ["--files", "110"])]
    return found


def scales(largest: int) -> list[int]:
    """Sizes to compare: each ten times the last, up to the largest."""
    found = [largest]
    while found[0] // 10 >= SMALLEST:
        found.insert(0, found[0] // 10)
    return found


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python bench", description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=SMALLEST, help="accounts of the agency")
    parser.add_argument("--home", metavar="DIR", help="kept; built if it is empty")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    parser.add_argument("--resume", action="store_true", help="go on with pages and growth")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
