"""Opens one winmail.dat from its input and prints what is in it; started by `winmail.py`.

Imports nothing of the product: it begins in a twentieth of a second and has nothing to lose.
"""

from __future__ import annotations

import base64
import json
import logging
import resource
import struct
import sys
from typing import Any

BEGIN, HEAD, TAIL = 6, 9, 2


def main() -> None:
    """Bound oneself, then read; whatever fails ends the process, which says enough."""
    libraries, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.path.append(libraries)
    from tnefparse import TNEF, properties

    logging.disable(logging.CRITICAL)
    limit_self(seconds, memory)
    data = sys.stdin.buffer.read()
    if not is_whole(data):
        sys.exit(1)
    envelope = TNEF(data, do_checksum=False)
    long_name = properties.MAPI_ATTACH_LONG_FILENAME
    answer = {
        "body": encoded(envelope.body),
        "html": encoded(envelope.htmlbody),
        "files": [
            {"name": encoded(name_of(one, long_name)), "data": encoded(one.data)}
            for one in envelope.attachments
        ],
    }
    sys.stdout.write(json.dumps(answer))


def limit_self(seconds: int, memory: int) -> None:
    """No core, no files, so much time and memory and no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def is_whole(data: bytes) -> bool:
    """Whether its objects follow one another to the very end: the library does not notice."""
    at = BEGIN
    while at + HEAD <= len(data):
        (length,) = struct.unpack_from("<I", data, at + HEAD - 4)
        at += HEAD + length + TAIL
    return at == len(data) > BEGIN


def name_of(one: Any, long_name: int) -> Any:
    """The long name if it has one. Its `name` reads UTF-8 alone, so the bytes are taken."""
    long = [attribute.data for attribute in one.mapi_attrs if attribute.name == long_name]
    return long[0] if long else one._name


def encoded(value: Any) -> str:
    data = value if isinstance(value, bytes) else str(value or "").encode()
    return base64.b64encode(data).decode("ascii")


if __name__ == "__main__":
    main()
