"""A portfolio's figures as they are kept with a tally, and read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kakehashi.base.concentration import Concentration
from kakehashi.money.analysis import Book, Figures, Line, Loss, Month, Part, Rest, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    Said = Mapping[str, Any]


def said(books: list[Book]) -> list[dict[str, Any]]:
    return [asdict(book) for book in books]


def read(books: list[Said]) -> list[Book]:
    return [_book(book) for book in books]


def amounts(kept: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in kept.items()}


def _book(kept: Said) -> Book:
    return Book(
        **{
            **kept,
            "now": Figures(**amounts(kept["now"])),
            "before": Figures(**amounts(kept["before"])),
            "whole": Decimal(kept["whole"]),
            "spread": Concentration(**amounts(kept["spread"])),
            "spread_before": Concentration(**amounts(kept["spread_before"])),
            "parts": tuple(_part(**part) for part in kept["parts"]),
            "rest": _rest(**kept["rest"]),
            "steps": tuple(_step(**step) for step in kept["steps"]),
            "losses": tuple(_loss(**loss) for loss in kept["losses"]),
            "months": tuple(_month(**month) for month in kept["months"]),
        }
    )


def _line(kept: list[str]) -> Line:
    key, amount, before = kept
    return Line(UUID(key), Decimal(amount), Decimal(before))


def _part(line: list[str], grade: str, **shares: str) -> Part:
    return Part(_line(line), grade=grade, **amounts(shares))


def _rest(count: int, **sums: str) -> Rest:
    return Rest(count, **amounts(sums))


def _step(move: str, count: int, amount: str, lines: list[list[str]]) -> Step:
    return Step(move, count, Decimal(amount), tuple(map(_line, lines)))


def _loss(line: list[str], left: dict[str, str], spread: dict[str, str]) -> Loss:
    return Loss(_line(line), Figures(**amounts(left)), Concentration(**amounts(spread)))


def _month(
    month: str, now: dict[str, str], compared: str | None, before: dict[str, str] | None
) -> Month:
    return Month(
        dt.date.fromisoformat(month),
        Figures(**amounts(now)),
        dt.date.fromisoformat(compared) if compared else None,
        Figures(**amounts(before)) if before else None,
    )
