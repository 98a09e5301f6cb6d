"""Outlook's winmail.dat (TNEF): opened in a process of its own, with bounds on memory and time.

What runs there is `winmail_process.py`. A few bytes of a stranger can keep the library busy for
hours, so it never runs in the worker itself.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import tnefparse

from kakehashi.requests.files import Enclosure
from kakehashi.requests.mail.decoding import decoded

SIGNATURE = b"\x78\x9f\x3e\x22"
SECONDS, MEMORY = 5, 768 * 1024 * 1024
NAMELESS = "file"
_PROCESS = Path(__file__).with_name("winmail_process.py")
_LIBRARIES = str(Path(tnefparse.__file__).parent.parent)


@dataclass
class Opened:
    """What was in the envelope."""

    text: str = ""
    html: str = ""
    enclosed: list[Enclosure] = field(default_factory=list)


def opened(data: bytes) -> Opened | None:
    """What is packed in it, or None if it cannot be read: the whole is kept then."""
    if not data.startswith(SIGNATURE):
        return None
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-S", _PROCESS, _LIBRARIES, str(SECONDS), str(MEMORY)],
            input=data,
            capture_output=True,
            timeout=SECONDS * 2,
            check=True,
            env={},
        )
    except subprocess.SubprocessError:
        return None
    said = json.loads(answer.stdout)
    return Opened(
        text=_text(said["body"]),
        html=_text(said["html"]),
        enclosed=[
            Enclosure(_text(one["name"]) or NAMELESS, "", base64.b64decode(one["data"]))
            for one in said["files"]
        ],
    )


def _text(encoded: str) -> str:
    return decoded(base64.b64decode(encoded)).rstrip("\0")
