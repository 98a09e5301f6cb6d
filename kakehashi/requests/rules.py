"""Objections to what is done with a request: a sentence in the reader's language, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.requests import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest, Mail

    Rule = Callable[[Person, ClientRequest], str | None]


def cannot_become(request: ClientRequest, state: str) -> str | None:
    """Whether the table of moves stands against it."""
    if state in states.MOVES[request.state]:
        return None
    if not request.is_open:
        return is_closed(request.written_by, request)
    words = {"state": request.get_state_display()}
    return _("This is not possible while the request is: %(state)s.") % words


def is_closed(_person: Person, request: ClientRequest) -> str | None:
    if request.is_open:
        return None
    words = {"state": request.get_state_display()}
    return _("This request is closed (%(state)s). Write a new one that follows it.") % words


def cannot_be_asked_back(_person: Person, request: ClientRequest) -> str | None:
    return cannot_become(request, states.ASKED)


def cannot_be_accepted(_person: Person, request: ClientRequest) -> str | None:
    return cannot_become(request, states.ACCEPTED)


def cannot_be_begun(_person: Person, request: ClientRequest) -> str | None:
    return cannot_become(request, states.BEGUN)


def cannot_be_done(_person: Person, request: ClientRequest) -> str | None:
    return cannot_become(request, states.DONE)


def cannot_be_declined(_person: Person, request: ClientRequest) -> str | None:
    return cannot_become(request, states.DECLINED)


def cannot_be_withdrawn(_person: Person, request: ClientRequest) -> str | None:
    """What we have accepted the client stops by telling us, not by themselves."""
    return cannot_become(request, states.WITHDRAWN)


def was_not_asked(_person: Person, request: ClientRequest) -> str | None:
    """An answer needs a question."""
    if request.state == states.ASKED:
        return None
    return is_closed(_person, request) or _("Nothing is asked at the moment.")


def has_written(person: Person, request: ClientRequest) -> bool:
    """Whoever asked for it, from the client's side."""
    return not person.is_ours and request.written_by_id == person.pk


def is_of_another_account(_person: Person, account: Account, written_by: Person) -> str | None:
    if account.contacts.filter(person=written_by, left_on=None).exists():
        return None
    return _("Choose one of the client's people on this account.")


def mail_is_judged(_person: Person, mail: Mail) -> str | None:
    if mail.is_held:
        return None
    words = {"fate": mail.get_fate_display()}
    return _("This mail waits for nobody any more: %(fate)s.") % words


def mail_has_no_account(_person: Person, mail: Mail) -> str | None:
    if mail.account_id is not None:
        return None
    return _("No account has the address it went to: it stays in the mailbox.")
