"""What clients ask for, in the portal, by phone or by mail; and what became of it."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from kakehashi.briefs import actions as briefs
from kakehashi.demo.content.requests import MAILS, REQUESTS
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.requests import actions, queries
from kakehashi.requests.files import Enclosure
from kakehashi.requests.models import Channel

if TYPE_CHECKING:
    from kakehashi.clients.models import Contact
    from kakehashi.demo.content.requests import MailRow, RequestRow
    from kakehashi.demo.world import World
    from kakehashi.requests.models import ClientRequest

SERVER = "mx.kakehashi.example"
PAPER = b"%PDF-1.4\n% an empty sheet\n%%EOF\n"
SAYS = {"ask_back": "question", "decline": "reason"}
"""How a verb calls what is said with it; the others call it text."""


def ask_for_things(world: World) -> None:
    for row in REQUESTS:
        contact = world.contacts[row.account, row.who]
        request = _asked(world, row, contact)
        for verb, day, said in row.steps:
            theirs = verb == "answer"
            with acting_as(contact.person if theirs else request.kept_by):
                seen = queries.one(request.pk)
                getattr(actions, verb)(
                    request=seen,
                    by=contact.person if theirs else request.kept_by,
                    at=world.at(world.day(day)),
                    **{SAYS.get(verb, "text"): said},
                )
        for note in row.notes:
            with acting_as(request.kept_by):
                at = world.at(world.day(row.asked))
                actions.note(request=request, text=note, by=request.kept_by, at=at)
        if row.brief:
            _begin(world, row, request)


def _begin(world: World, row: RequestRow, request: ClientRequest) -> None:
    """The brief is begun from it, the day after it was accepted."""
    by = request.kept_by
    with acting_as(by):
        briefs.begin(
            account=request.account,
            template=world.templates["client"],
            request=queries.one(request.pk),
            title=row.brief,
            language=request.written_by.language,
            by=by,
            at=world.at(world.day(row.steps[-1][1] + 1)),
        )


def _asked(world: World, row: RequestRow, contact: Contact) -> ClientRequest:
    said: dict[str, Any] = {
        "account": world.accounts[row.account],
        "title": row.title,
        "text": row.text,
        "wanted_on": None if row.needed is None else world.day(row.needed),
        "at": world.at(world.day(row.asked)),
        "enclosed": [Enclosure(row.file, "application/pdf", PAPER)] if row.file else [],
    }
    if row.how == Channel.PORTAL:
        with acting_as(contact.person):
            return actions.write(by=contact.person, **said)
    with acting_as_system("take_in_mail"):
        (keeper, *_others) = queries.takers(world.accounts[row.account])
    with acting_as(keeper):
        return actions.record(
            by=keeper,
            written_by=contact.person,
            channel=row.how,
            evidence=row.evidence,
            **said,
        )


def take_in_mail(world: World) -> None:
    """As the worker does, of the mails that its mail server would have handed over."""
    for number, row in enumerate(MAILS):
        letter = actions.read(_raw(world, row, number))
        with acting_as_system("take_in_mail"):
            actions.take_in(
                letter=letter,
                at=world.at(world.day(row.came)),
                trusted=SERVER,
                to=world.accounts[row.account],
            )


def _raw(world: World, row: MailRow, number: int) -> bytes:
    contact = world.contacts.get((row.account, row.sender))
    address = contact.person.email if contact else row.sender
    domain = address.partition("@")[2]
    found = "pass" if row.proven else "fail"
    mail = EmailMessage()
    mail["Authentication-Results"] = f"{SERVER}; dmarc={found} header.from={domain}"
    mail["From"], mail["To"] = address, f"requests@{SERVER}"
    mail["Subject"] = row.subject
    mail["Date"] = format_datetime(world.at(world.day(row.came)))
    mail["Message-ID"] = f"<{number}@{domain}>"
    for name, value in row.more:
        mail[name] = value
    mail.set_content(row.text)
    return mail.as_bytes()
