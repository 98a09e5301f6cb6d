"""What of a request or a mail a reader finds, and how its pages are told to both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from kakehashi.clients.models import Account
from kakehashi.requests import queries
from kakehashi.requests.models import ClientRequest, Mail

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


def request_or_404(pk: UUID) -> ClientRequest:
    try:
        return queries.one(pk)
    except ClientRequest.DoesNotExist as silence:
        raise Http404 from silence


def mail_or_404(pk: UUID) -> Mail:
    try:
        return queries.one_mail(pk)
    except Mail.DoesNotExist as silence:
        raise Http404 from silence


def shell_of(request: HttpRequest) -> str:
    """The frame of a page that both sides open."""
    return "ui/base.html" if request.person.is_ours else "ui/portal.html"


def shown_account(pk: UUID) -> Account:
    """An account of which a client's contact sees the name. A 404 behind the wall."""
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
