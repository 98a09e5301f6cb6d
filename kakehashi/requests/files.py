"""Files that come with requests and mail: what is taken, under which name, and what it may be.

A file is believed in nothing: not its name, not its type. It is kept as it came and handed out only
to be saved, never to be shown by a browser from our address.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 25 * 1024 * 1024
MOST_FILES = 20
MOST_BYTES_TOGETHER = 50 * 1024 * 1024
LONGEST_NAME = 120
NAMELESS = "file"
_ENDINGS = (
    "app apk bat cmd com cpl dll exe hta iso jar js jse lnk msi ps1 psm1 reg scr sh url vbe vbs "
    "wsf docm dotm xlsm xltm xlam pptm potm img svg html htm"
)
RUNS_PROGRAMS = frozenset(_ENDINGS.split())
"""Endings of files that do something when they are opened: the reader is told."""
UNPRINTABLE = re.compile(r'[\\/:*?"<>|\s]+')
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Enclosure:
    """A file as it came, with the name and the type that its sender gave it."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def safe_name(name: str) -> str:
    """A name that is a name on every system and reads as what it is.

    Directories, control characters and marks that turn the direction of writing are left out; the
    ending stays at the end, however long the rest.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = unicodedata.normalize("NFC", last)
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "C" or c in "\t\n")
    plain = UNPRINTABLE.sub(" ", plain).strip(" .")
    if not plain:
        return NAMELESS
    path = PurePosixPath(plain)
    ending = path.suffix[:20]
    return path.name[: -len(path.suffix) or None][: LONGEST_NAME - len(ending)] + ending


def may_run(name: str) -> bool:
    """Whether a file of this name does something when it is opened."""
    return PurePosixPath(name.lower()).suffix[1:] in RUNS_PROGRAMS


def too_much(sizes: list[int]) -> str | None:
    """The objection to files of these sizes, or None."""
    if len(sizes) > MOST_FILES:
        return _("At most %(number)s files at once.") % {"number": MOST_FILES}
    if any(size > MOST_BYTES for size in sizes):
        return _("A file has at most %(size)s MB.") % {"size": MOST_BYTES // MEGABYTE}
    if sum(sizes) > MOST_BYTES_TOGETHER:
        together = MOST_BYTES_TOGETHER // MEGABYTE
        return _("All files together have at most %(size)s MB.") % {"size": together}
    return None


def check(enclosures: list[Enclosure]) -> None:
    """Raise ValidationError for what is not taken."""
    if no := too_much([len(one.content) for one in enclosures]):
        raise ValidationError({"enclosed": no})
