"""Words: compile the catalogues, check that nothing lacks Japanese, add what is new.

Needs no GNU gettext: Babel reads Python, Django turns templates into what Babel reads.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = sorted(path.parent for path in (ROOT / "kakehashi").glob("*/__init__.py"))
WITH_CONTEXT = ((1, "c"), 2)
WITH_CONTEXT_AND_PLURAL = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": WITH_CONTEXT,
    "pgettext_lazy": WITH_CONTEXT,
    "npgettext": WITH_CONTEXT_AND_PLURAL,
    "npgettext_lazy": WITH_CONTEXT_AND_PLURAL,
}
BLANKS = re.compile(r"[^\S\n]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w+\}(?!\})")
HEADER = """msgid ""
msgstr ""
"Language: ja\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


class Key(NamedTuple):
    """What a translation is found by."""

    context: str
    text: str

    def __str__(self) -> str:
        """Show the words, and the context they are meant in."""
        return f"{self.text!r} ({self.context})" if self.context else repr(self.text)


class Use(NamedTuple):
    """One place that says something."""

    package: Path
    where: str
    key: Key
    plural: str


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = {"compile": compile_all, "check": check, "update": update}
    parser.add_argument("command", choices=commands)
    return commands[parser.parse_args().command]()


def compile_all() -> int:
    """Make the binary catalogues that Django reads, where the text is newer."""
    for text in sorted((ROOT / "kakehashi").glob("*/locale/*/LC_MESSAGES/*.po")):
        binary = text.with_suffix(".mo")
        if not binary.exists() or binary.stat().st_mtime_ns < text.stat().st_mtime_ns:
            with binary.open("wb") as out:
                write_mo(out, catalogue(text))
    return 0


def check() -> int:
    """List what has no Japanese, is unsure of it, or says one thing in two ways."""
    problems = [*missing_words(), *broken_entries(), *contradictions()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def update() -> int:
    """Add what is missing to its package's catalogue, for a person to translate."""
    known = {key for package in PACKAGES for key, _ in entries(package)}
    for package in PACKAGES:
        fresh = {use.key: use for use in uses(package) if use.key not in known}
        known |= fresh.keys()
        if fresh:
            append(catalogue_path(package), fresh.values())
            print(f"{package.name}: {len(fresh)} to translate")
    return 0


def missing_words() -> Iterator[str]:
    """Say what a page would show in English to a Japanese reader."""
    translated = {key for package in PACKAGES for key, entry in entries(package) if says(entry)}
    for package in PACKAGES:
        for use in uses(package):
            if use.key not in translated:
                yield f"{use.where}: no Japanese for {use.key}"


def broken_entries() -> Iterator[str]:
    """Say which translations are unsure, or lose what is filled in."""
    for package in PACKAGES:
        for key, entry in entries(package):
            if entry.fuzzy:
                yield f"{package.name}: fuzzy: {key}"
            elif says(entry) and any(fills(form) != fills(source(entry)) for form in forms(entry)):
                yield f"{package.name}: other placeholders in the Japanese of {key}"


def contradictions() -> Iterator[str]:
    """Say which words two packages translate differently: only one of them would be seen."""
    found: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for package in PACKAGES:
        for key, entry in entries(package):
            if says(entry):
                found[key][forms(entry)].append(package.name)
    for key, ways in found.items():
        if len(ways) > 1:
            who = " and ".join(f"{'/'.join(form)} ({', '.join(n)})" for form, n in ways.items())
            yield f"{key} is both {who}: give it a context"


def uses(package: Path) -> Iterator[Use]:
    """Find everything a package says, in Python and in templates."""
    for file in sorted(package.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(package).parts):
            yield from found_in(package, file, file.read_bytes())
    for file in sorted((package / "templates").rglob("*")):
        if file.is_file():
            python = templatize(file.read_text(encoding="utf-8"), origin=str(file))
            lines = [BLANKS.sub(" ", line).strip() for line in python.split("\n")]
            yield from found_in(package, file, "\n".join(lines).encode())


def found_in(package: Path, file: Path, code: bytes) -> Iterator[Use]:
    """Read the calls of gettext in Python code."""
    options = {"encoding": "utf-8"}
    for line, text, _, context in extract(
        "python", io.BytesIO(code), keywords=KEYWORDS, options=options
    ):
        first, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        where = f"{file.relative_to(ROOT)}:{line}"
        yield Use(package, where, Key(context or "", first), plural)


def entries(package: Path) -> Iterator[tuple[Key, Message]]:
    """Read a package's Japanese catalogue, without its header."""
    path = catalogue_path(package)
    if path.exists():
        for entry in catalogue(path):
            if entry.id:
                yield Key(entry.context or "", source(entry)), entry


def catalogue_path(package: Path) -> Path:
    """Return where a package's Japanese is."""
    return package / "locale" / "ja" / "LC_MESSAGES" / "django.po"


def catalogue(path: Path) -> Catalog:
    """Read a catalogue, refusing one that is not written properly."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def source(entry: Message) -> str:
    """Return an entry's words, in the singular."""
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def forms(entry: Message) -> tuple[str, ...]:
    """Return an entry's translations: Japanese has one."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def says(entry: Message) -> bool:
    """Tell whether an entry is translated and sure of it."""
    return not entry.fuzzy and all(forms(entry))


def fills(text: str) -> set[str]:
    """Return what is filled in to a sentence when it is shown."""
    return set(PLACEHOLDER.findall(text))


def append(path: Path, fresh: Iterable[Use]) -> None:
    """Write untranslated entries at the end of a catalogue."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        if out.tell() == 0:
            out.write(HEADER)
        for use in fresh:
            out.write("\n" + blank_entry(use))


def blank_entry(use: Use) -> str:
    """Return an entry that waits for its translation."""
    lines = [f"#: {use.where.rpartition(':')[0]}"]
    if use.key.context:
        lines.append(f"msgctxt {normalize(use.key.context)}")
    lines.append(f"msgid {normalize(use.key.text)}")
    if use.plural:
        lines.append(f"msgid_plural {normalize(use.plural)}")
    lines.append('msgstr[0] ""' if use.plural else 'msgstr ""')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
