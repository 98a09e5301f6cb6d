"""What becomes of mail that comes in: taken in by nobody in particular, judged by somebody of ours.

A mail is taken in once for each account it is addressed to, in one transaction with everything that
comes of it. The caller moves it out of the mailbox only after that is committed.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.policy.engine import Refused, require
from kakehashi.requests import courts, queries, rules, states
from kakehashi.requests.actions.keeping import keep
from kakehashi.requests.actions.requests import open_request, take_answer, take_word
from kakehashi.requests.mail import forwarding, judging, letters, reports
from kakehashi.requests.mail.threads import Place, known_of, places
from kakehashi.requests.models import Channel, ClientRequest, File, Mail, Note

if TYPE_CHECKING:
    from kakehashi.clients.models import Account, Contact
    from kakehashi.people.models import Person
    from kakehashi.requests.mail.judging import Verdict
    from kakehashi.requests.mail.letters import Letter
    from kakehashi.requests.mail.reports import Failure

log = logging.getLogger(__name__)
AN_HOUR = dt.timedelta(hours=1)
LONGEST_REMARK = 300


def read(raw: bytes) -> Letter:
    """A mail as far as it can be read. One that cannot is not lost: somebody will look at it."""
    try:
        return letters.read(raw)
    except Exception:  # hostile bytes in the hands of a parser: whatever fails, the mail is kept
        log.exception("a mail of %s bytes could not be read; it is held as a file", len(raw))
        return letters.unreadable(raw)


def reported(raw: bytes) -> list[Failure]:
    """What a mail reports of mail that did not arrive, as far as it can be read."""
    try:
        return reports.failures(raw)
    except Exception:  # as above
        log.exception("a report of %s bytes could not be read", len(raw))
        return []


@transaction.atomic
def take_in(
    *, letter: Letter, at: dt.datetime, trusted: str, to: Account | None = None
) -> list[Mail]:
    """As nobody in particular: take in a mail for each account it is addressed to, or for one.

    `trusted` is the server that checks senders (see mail.proof). Returns what is new: nothing, if
    it was taken in before.
    """
    found = [Place(to)] if to else places(letter)
    if not found:
        return _take_in_nowhere(letter, at)
    made = [_take_in_at(place, letter, at, trusted) for place in found]
    return [mail for mail in made if mail is not None]


def _take_in_nowhere(letter: Letter, at: dt.datetime) -> list[Mail]:
    """No address in it is one of ours: it stays in the mailbox, and administrators see that."""
    if Mail.objects.filter(account=None, key=letter.key).exists():
        return []
    verdict = judging.Verdict(judging.REFUSED, judging.automatic(letter) or "no_account")
    mail = _row(letter, verdict, at)
    mail.save(force_insert=True)
    return [mail]


def _take_in_at(place: Place, letter: Letter, at: dt.datetime, trusted: str) -> Mail | None:
    account = place.account
    if Mail.objects.filter(account=account, key=letter.key).exists():
        return None
    sender = letter.sender
    lately = queries.earlier_than(at - AN_HOUR, account, sender.address) if sender else 0
    known = known_of(place, letter, lately)
    verdict = judging.judge(
        letter,
        known,
        trusted=trusted,
        most_bytes=settings.MAILIN_MOST_MB * 1024 * 1024,
    )
    mail = _row(letter, verdict, at)
    mail.account = account
    if verdict.fate in {judging.REQUEST, judging.FILED}:
        _file(mail, letter, verdict, place.thread, at)
    if mail.fate in {Mail.Fate.HELD, Mail.Fate.REFUSED}:
        mail.save(force_insert=True)
        if mail.fate == Mail.Fate.HELD:
            keep(letter.enclosed, mail=mail, by=None, at=at, shared=False)
            courts.held_mail(account, at)
    return mail


def _file(
    mail: Mail, letter: Letter, verdict: Verdict, thread: ClientRequest | None, at: dt.datetime
) -> None:
    """Make a request of it, or an entry of one; if that cannot be, hold it and say why."""
    assert verdict.contact is not None, "what is filed is from a contact"
    mail.contact = queries.contact(verdict.contact)
    mail.forwarded_by = queries.person(verdict.staff) if verdict.forwarded else None
    try:
        with transaction.atomic():
            _write(mail, letter, verdict, thread, at)
    except (ValidationError, Refused) as no:
        mail.request, mail.fate, mail.reason = None, Mail.Fate.HELD, "unfit"
        mail.remark = " ".join(getattr(no, "messages", [str(no)]))[:LONGEST_REMARK]


def _write(
    mail: Mail, letter: Letter, verdict: Verdict, thread: ClientRequest | None, at: dt.datetime
) -> None:
    inside = verdict.forwarded
    by, recorded = mail.contact.person, mail.forwarded_by  # type: ignore[union-attr]
    text = inside.text if inside else letter.text
    subject = forwarding.plain_subject((inside.subject if inside else "") or letter.subject)
    enclosed = () if inside else tuple(letter.enclosed)
    if thread is not None and thread.is_open:
        mail.fate = Mail.Fate.FILED
        mail.request = thread
        words = forwarding.own_words(text) or subject or _("(only files)")
        said: dict[str, Any] = {
            "by": by,
            "recorded_by": recorded,
            "at": at,
            "channel": Channel.EMAIL,
        }
        act = take_answer if thread.state == states.ASKED else take_word
        act(request=thread, text=words, enclosed=enclosed, **said)
    else:
        mail.fate = Mail.Fate.REQUEST
        mail.request = open_request(
            account=mail.account,  # type: ignore[arg-type]  # filed mail has one
            title=subject or _first_line(text) or _("Mail without a subject"),
            text=text,
            written_by=by,
            recorded_by=recorded,
            channel=Channel.EMAIL,
            at=at,
            enclosed=enclosed,
            follows=thread,
        )
    mail.save(force_insert=True)
    if inside:
        _keep_ours(mail, letter, inside.covering, at)


def _keep_ours(mail: Mail, letter: Letter, covering: str, at: dt.datetime) -> None:
    """What one of ours wrote above a forwarded mail, and its files, stay with us."""
    request = mail.request
    assert request is not None, "a filed mail has a request"
    keep(letter.enclosed, request=request, mail=mail, by=mail.forwarded_by, at=at, shared=False)
    if covering and mail.forwarded_by:
        Note(
            account_id=request.account_id,
            request=request,
            text=covering,
            by=mail.forwarded_by,
            at=at,
        ).save(force_insert=True)


def _row(letter: Letter, verdict: Verdict, at: dt.datetime) -> Mail:
    sender = letter.senders[0] if letter.senders else letters.Address("")
    proof = verdict.proof
    return Mail(
        key=letter.key,
        message_id=letter.message_id[:300],
        came_at=at,
        sent_at=letter.sent_at,
        to_address=letter.to[:320],
        sender_address=sender.address,
        sender_name=sender.name,
        subject=letter.subject,
        text=letter.text,
        size=letter.size,
        spf=proof.spf,
        dkim=proof.dkim,
        dmarc=proof.dmarc,
        proof=proof.verdict,
        fate=verdict.fate,
        reason=verdict.reason,
        remark=", ".join(letter.remarks)[:LONGEST_REMARK],
        contact=queries.contact(verdict.contact) if verdict.contact else None,
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


@transaction.atomic
def accept_mail(  # noqa: PLR0913 - what a request consists of
    *,
    mail: Mail,
    written_by: Contact,
    title: str,
    text: str,
    by: Person,
    at: dt.datetime,
    to: ClientRequest | None = None,
    share_files: bool = False,
) -> ClientRequest:
    """Take a held mail as what one of the client's people says: a new request, or to an open one.

    `text` is what the client will read; whoever accepts has read it.
    """
    require(by, "requests.judge_mail", mail)
    account = mail.account
    assert account is not None, "a rule refuses mail without an account"
    if written_by.account_id != account.pk or written_by.left_on is not None:
        no = rules.is_of_another_account(by, account, written_by.person)
        raise ValidationError({"written_by": no or _("Choose somebody who is still there.")})
    if to is None:
        request = open_request(
            account=account,
            title=title or _("Mail without a subject"),
            text=text,
            written_by=written_by.person,
            recorded_by=by,
            channel=Channel.EMAIL,
            at=at,
        )
        fate = Mail.Fate.REQUEST
    else:
        request, fate = to, Mail.Fate.FILED
        if to.account_id != account.pk or not to.is_open:
            raise ValidationError({"to": rules.is_closed(by, to) or _("Choose an open request.")})
        said: dict[str, Any] = {
            "by": written_by.person,
            "recorded_by": by,
            "at": at,
            "channel": Channel.EMAIL,
        }
        act = take_answer if to.state == states.ASKED else take_word
        act(request=to, text=text, **said)
    _judged(mail, by, at, fate=fate, request=request, contact=written_by)
    File.objects.filter(mail=mail).update(request=request, shared_at=at if share_files else None)
    return request


@transaction.atomic
def refuse_mail(*, mail: Mail, reason: str, by: Person, at: dt.datetime) -> Mail:
    """Turn a held mail away. Nobody is answered; the mail stays here and in the mailbox."""
    require(by, "requests.judge_mail", mail)
    said = " ".join(reason.split())[:LONGEST_REMARK]
    _judged(mail, by, at, fate=Mail.Fate.REFUSED, reason="by_hand", remark=said)
    return mail


def _judged(mail: Mail, by: Person, at: dt.datetime, **what: object) -> None:
    """Write the judgement, unless somebody else has meanwhile."""
    what |= {"judged_by": by, "judged_at": at}
    if not Mail.objects.filter(pk=mail.pk, fate=Mail.Fate.HELD).update(**what):
        fresh = queries.one_mail(mail.pk)
        raise Refused(rules.mail_is_judged(by, fresh) or _("Somebody else was quicker."))
    for name, value in what.items():
        setattr(mail, name, value)
    account = mail.account
    if account is not None and not queries.held(account):
        courts.no_more_mail(account, by=by, at=at)
