"""Processes of ours that never outlive us."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int, how: signal.Signals) -> None:
    """Ask the kernel for a signal when our parent dies (Linux only); end now if it is too late."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(how))
    if os.getppid() != parent:
        os._exit(1)


def start(
    command: Sequence[str | Path],
    *,
    dying: signal.Signals,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child that gets the signal `dying` when we die; call it from the main thread."""
    out = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            command,
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            preexec_fn=_dies_with_me(dying),
        )
    finally:
        if out:
            out.close()


def _dies_with_me(how: signal.Signals) -> Callable[[], None]:
    me = os.getpid()

    def at_birth() -> None:
        os.setpgid(0, 0)  # Ctrl-C is for the parent alone, who then stops its children in order
        die_with(me, how)

    return at_birth
