"""Mail that went into files instead of a mail server, shown while trying the product out.

Open to whoever reaches the server, as a forgotten password must be: only where
KAKEHASHI_SHOW_OUTBOX is set, and never together with a mail server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

NEWEST = 50
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Shown:
    """One message of the outbox."""

    pk: str
    to: str
    subject: str
    text: str

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    files = sorted(_folder().glob("*.eml"), reverse=True)[:NEWEST]
    return render(request, "notify/outbox.html", {"messages_shown": [_read(f) for f in files]})


@login_not_required
@require_safe
def message(request: HttpRequest, pk: UUID) -> HttpResponse:
    file = _folder() / f"{pk}.eml"
    if not file.is_file():
        raise Http404
    return render(request, "notify/message.html", {"shown": _read(file)})


def _folder() -> Path:
    if not settings.SHOW_OUTBOX or settings.SMTP_URL:
        raise Http404
    return settings.OUTBOX


def _read(file: Path) -> Shown:
    parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = parsed.get_body(("plain",))
    text = body.get_content() if body else ""
    return Shown(file.stem, str(parsed["To"]), str(parsed["Subject"]), text)
