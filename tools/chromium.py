"""Have a browser for the stories: find Chromium, else install Debian's, else say how."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
APT = (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium"))


def main() -> int:
    """Return 0 also without a browser: the stories then skip, and we have said so loudly."""
    if find() or (may_install() and install() and find()):
        return 0
    print(
        "\n  NO CHROMIUM: every browser story will be SKIPPED. To run them:\n"
        "      sudo apt-get install chromium\n",
        file=sys.stderr,
    )
    return 0


def find() -> str | None:
    """Return the path of the browser the stories would use."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def may_install() -> bool:
    """Tell whether we may use Debian's package manager."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> bool:
    """Install Debian's Chromium."""
    print("Installing Chromium for the browser stories …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(subprocess.run(command, env=quiet, check=False).returncode == 0 for command in APT)


if __name__ == "__main__":
    sys.exit(main())
