"""Codes of accounts: readable, and without a gap that would tell of accounts one does not see."""

from __future__ import annotations

import secrets

from kakehashi.base.text import folded_name, romaji, romaji_key

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that reads like something else
LONGEST_WORD = 8
TAIL = 4
NAMELESS = "AC"


def new_account_code(name: str, name_kana: str = "", name_en: str = "") -> str:
    """The start of the name in Latin letters and a random tail: `SORA-7K3F`."""
    tail = "".join(secrets.choice(LETTERS) for _ in range(TAIL))
    return f"{_word(name, name_kana, name_en)}-{tail}"


def new_username(name: str, name_kana: str, name_en: str, tail: str) -> str:
    """A name to sign in with for a client's person: their own name and part of their id."""
    return f"{_word(name, name_kana, name_en).lower()}-{tail}"


def _word(name: str, name_kana: str, name_en: str) -> str:
    """What of the names can be written in plain capitals."""
    for candidate in (name_en and folded_name(name_en), name_kana, folded_name(name)):
        latin = romaji_key(romaji(candidate))
        plain = "".join(c for c in latin if c.isascii() and c.isalnum())
        if plain:
            return plain[:LONGEST_WORD].upper()
    return NAMELESS
