"""Log lines as JSON, one a line, each with its request and person by their ids."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re

from kakehashi.house.watching import current

VALUES = re.compile(r"^DETAIL:.*$", re.MULTILINE)  # PostgreSQL quotes the row it refuses
LEFT_OUT = "DETAIL: left out"


class AsJson(logging.Formatter):
    """What a log collector reads. What PostgreSQL quotes of a row is left out."""

    def format(self, record: logging.LogRecord) -> str:
        """One object: when (UTC), how grave, where, what, and whose request it was."""
        told = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat("T", "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "says": without_values(record.getMessage()),
            **getattr(record, "told", {}),
        }
        if watch := current.get():
            told |= {"request": watch.id, "person": watch.person}
        if record.exc_info:
            told["traceback"] = without_values(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False, default=str)


class AsLine(logging.Formatter):
    """What a person reads in a terminal: the same, in a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The usual line, and what was told beside its words."""
        line = without_values(super().format(record))
        told = " ".join(f"{name}={value}" for name, value in getattr(record, "told", {}).items())
        return f"{line} {told}".rstrip()


def without_values(text: str) -> str:
    """A message without the values of a row that PostgreSQL refused."""
    return VALUES.sub(LEFT_OUT, text)
