"""Tables and charts in docs/, drawn from the figures that the benches keep. `write` or `check`.

`make check` fails when a table or a chart says something else than docs/bench.json and its like.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("bench.md", "bench-conflicts.md")


def main() -> None:
    """Draw them, or compare them with what is kept."""
    sys.path.insert(0, str(ROOT / "bench"))
    from _written import drawings, replace

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["write", "check"])
    wanted = parser.parse_args().what
    drawn = {
        file: text
        for page in PAGES
        for file, text in drawings(ROOT / "docs" / page).items()
        if file.read_text(encoding="utf-8") != text
    }
    for file, text in drawn.items():
        if wanted == "write":
            replace(file, text)
        else:
            name = file.relative_to(ROOT)
            print(f"{name} is not what its figures make: make fix", file=sys.stderr)
    sys.exit(wanted == "check" and bool(drawn))


if __name__ == "__main__":
    main()
