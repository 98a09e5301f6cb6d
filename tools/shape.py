"""How the code is shaped: lengths of files and functions, and test code to code."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONG_FILE, LONG_FUNCTION = 300, 40


def main() -> None:
    """Print the figures, then what exceeds what we aim at."""
    files = [f for f in sorted(ROOT.glob("kakehashi/**/*.py")) if "migrations" not in f.parts]
    tests = [f for f in files if "tests" in f.parts] + sorted(ROOT.glob("tests/**/*.py"))
    code = [f for f in files if "tests" not in f.parts]
    functions = sorted((span, name) for file in code for span, name in functions_of(file))
    spans = [span for span, _ in functions]
    print(f"functions   {len(spans)}, median {statistics.median(spans):.0f} lines, ", end="")
    print(f"95 % within {statistics.quantiles(spans, n=20)[-1]:.0f}")
    print(f"code        {total(code)} lines in {len(code)} files")
    print(f"tests       {total(tests)} lines, {total(tests) / total(code):.2f} × code")
    for file in code:
        if length(file) > LONG_FILE:
            print(f"long file      {length(file):4}  {file.relative_to(ROOT)}")
    for span, name in reversed(functions):
        if span > LONG_FUNCTION:
            print(f"long function  {span:4}  {name}")


def functions_of(file: Path) -> list[tuple[int, str]]:
    """Return the length and the place of each function in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        (node.end_lineno - node.lineno + 1, f"{file.relative_to(ROOT)}:{node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]


def total(files: list[Path]) -> int:
    """Return the lines of several files."""
    return sum(map(length, files))


def length(file: Path) -> int:
    """Return the lines of a file."""
    return len(file.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
