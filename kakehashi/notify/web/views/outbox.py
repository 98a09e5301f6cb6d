"""Mail that went into files instead of a mail server, shown while trying the product out.

Open to whoever reaches the server, as a forgotten password must be: only where
KAKEHASHI_SHOW_OUTBOX is set, and never together with a mail server.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from kakehashi.ui.csp import HEADER

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path
    from uuid import UUID

    from django.http import HttpRequest

NEWEST = 50
LINK = re.compile(r"https?://\S+")
FOR_FOREIGN_HTML = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self';"
    " sandbox allow-popups allow-top-navigation-by-user-activation"
)


@dataclass(frozen=True)
class Shown:
    """One message of the outbox."""

    pk: str
    to: str
    subject: str
    at: dt.datetime
    text: str
    html: str
    headers: list[tuple[str, str]]

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
    return render(request, "notify/message.html", {"shown": _read(_file(pk))})


@login_not_required
@require_safe
@xframe_options_sameorigin
def html(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The HTML of a message by itself: its own styles count, and nothing else of it runs."""
    response = HttpResponse(_read(_file(pk)).html)
    response[HEADER] = FOR_FOREIGN_HTML
    return response


def _folder() -> Path:
    if not settings.SHOW_OUTBOX or settings.SMTP_URL:
        raise Http404
    return settings.OUTBOX


def _file(pk: UUID) -> Path:
    file = _folder() / f"{pk}.eml"
    if not file.is_file():
        raise Http404
    return file


def _read(file: Path) -> Shown:
    parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
    return Shown(
        pk=file.stem,
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        at=dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC),
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
        headers=[(name, str(value)) for name, value in parsed.items()],
    )


def _body(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    return body.get_content() if body else ""
