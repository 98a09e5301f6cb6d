"""The key of backups: its public half closes them, its secret half opens them (age, X25519)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage

from kakehashi.house.errors import HouseError

if TYPE_CHECKING:
    import argparse

VARIABLE = "KAKEHASHI_BACKUP_KEY"
PUBLIC, SECRET = "age1", "AGE-SECRET-KEY-"


def make(arguments: argparse.Namespace) -> int:
    """Write a new key into a file and tell its public half."""
    file = Path(arguments.file)
    key = pyrage.x25519.Identity.generate()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        message = f"{file} exists already: no key is overwritten."
        raise HouseError(message) from problem
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"# public key: {key.to_public()}\n{key}\n")
    print(key.to_public())
    return 0


def to_seal_with(given: str | None) -> pyrage.x25519.Recipient:
    """Return the public half, from a key itself, a file of one, or KAKEHASHI_BACKUP_KEY."""
    text = _text(given)
    try:
        if text.startswith(PUBLIC):
            return pyrage.x25519.Recipient.from_str(text)
        return pyrage.x25519.Identity.from_str(text).to_public()
    except (pyrage.RecipientError, pyrage.IdentityError) as problem:
        raise _no_key(given) from problem


def to_open_with(given: str | None) -> pyrage.x25519.Identity:
    """Return the secret half; the public half opens nothing."""
    text = _text(given)
    if text.startswith(PUBLIC):
        message = "This is the public half of the key, which opens nothing: give the file you keep."
        raise HouseError(message)
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError as problem:
        raise _no_key(given) from problem


def _text(given: str | None) -> str:
    value = given or os.environ.get(VARIABLE, "")
    if not value:
        message = (
            f"Give a key: --key FILE, or {VARIABLE}. `kakehashi backup-key FILE` makes one; keep "
            "the file apart from the backups, for without it nobody can open them."
        )
        raise HouseError(message)
    if value.startswith((PUBLIC, SECRET)):
        return value
    if not Path(value).is_file():
        raise _no_key(given)
    lines = Path(value).read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip() for line in lines if line.strip() and line[0] != "#"), "")


def _no_key(given: str | None) -> HouseError:
    return HouseError(
        f"{given or VARIABLE} holds no key: make one with `kakehashi backup-key FILE`."
    )
