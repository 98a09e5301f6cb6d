"""PDF: the same words give the same bytes, and words are never markup."""

from __future__ import annotations

import datetime as dt
import zlib

import pytest

from kakehashi.documents import rendering

DATED = dt.datetime(2026, 4, 1, 10, tzinfo=dt.UTC)


def words(**more):
    plain = {
        "language": "ja", "kind": "オリエンシート", "title": "春キャンペーン", "author": "架け橋",
        "footer": "第1版", "digest": "SHA-256 0",
        "facts": [{"label": "先方", "text": "雷鳥自動車"}],
        "sections": [{"heading": "目的", "lines": [{"label": "", "text": "認知を\n広げる"}]}],
        "empty": "未記入", "signed": [], "signed_heading": "承認",
    }  # fmt: skip
    return {**plain, **more}


@pytest.fixture(scope="module")
def printed():
    return rendering.pdf("sheet", words(), dated=DATED)


def test_the_same_words_give_the_same_bytes(printed):
    assert printed.startswith(b"%PDF-")
    assert rendering.pdf("sheet", words(), dated=DATED) == printed


def test_one_character_gives_others(printed):
    assert rendering.pdf("sheet", words(title="春キャンペーン!"), dated=DATED) != printed


@pytest.mark.parametrize("text", ["#panic()", "$x$ *bold* @nobody", '"\\', '#read("/etc/passwd")'])
def test_what_was_typed_is_never_markup(text):
    made = rendering.pdf("sheet", words(title=text, footer=text), dated=DATED)

    assert made.startswith(b"%PDF-")
    assert b"root:" not in b"".join(_streams(made))


def test_without_typefaces_it_says_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setattr(rendering, "FONTS", tmp_path)

    with pytest.raises(rendering.NoFonts, match="make install"):
        rendering.pdf("sheet", words(), dated=DATED)


def _streams(made: bytes):
    for part in made.split(b"stream\n")[1:]:
        try:
            yield zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
