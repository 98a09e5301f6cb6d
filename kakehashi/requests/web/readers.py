"""What of a request or a mail a reader finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from kakehashi.clients.models import Account
from kakehashi.requests import queries
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.requests.models import ClientRequest, Mail


def request_or_404(pk: UUID) -> ClientRequest:
    return found_or_404(queries.one, pk)


def mail_or_404(pk: UUID) -> Mail:
    return found_or_404(queries.one_mail, pk)


def shown_account(pk: UUID) -> Account:
    """An account of which a client's contact sees the name. A 404 behind the wall."""
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
