"""Mail that came in: what is held, taken in or refused, and why; one of them with its judging."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.clients.queries import keyset
from kakehashi.clients.web.account_page import account_page, crumbs
from kakehashi.clients.web.account_page import context as of_account
from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import hats, objection
from kakehashi.policy.roles import RoleCode
from kakehashi.requests import actions, queries
from kakehashi.requests.mail import addresses, forwarding
from kakehashi.requests.web.forms import AcceptMailForm, RefuseMailForm, initial_of
from kakehashi.requests.web.readers import mail_or_404
from kakehashi.requests.web.reasons import reason_text, remark_texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.models import Account
    from kakehashi.requests.models import ClientRequest, Mail

COLUMNS = (
    keyset.Column("came_at", dt.datetime.fromisoformat, descending=True),
    keyset.Column("id", UUID, descending=True),
)


@require_safe
def account_mail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The mail of an account, and the address it goes to."""
    page = account_page(request, pk)
    shown = _rows(request, page.account)
    shown["address"] = addresses.of_account(page.account)
    return render(request, "requests/account_mail.html", of_account(page, "requests", **shown))


@require_safe
def stray_mail(request: HttpRequest) -> HttpResponse:
    """Mail to addresses that are no account's; for administrators."""
    if f"role:{RoleCode.ADMINISTRATOR}" not in hats(None):
        raise Http404
    return render(request, "requests/stray_mail.html", _rows(request, None))


def _rows(request: HttpRequest, account: Account | None) -> dict[str, Any]:
    asked = request.GET
    counts = queries.mail_counts(account)
    usual = queries.HELD if counts[queries.HELD] else queries.TAKEN
    usual = usual if account else queries.TURNED_AWAY
    fate = asked.get("fate", "")
    fate = fate if fate in queries.FATES else usual
    found = keyset.page(
        queries.mails(account, fate),
        COLUMNS,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )

    def there(**more: str) -> str:
        return f"{request.path}?{urlencode({'fate': fate, **more})}" if all(more.values()) else ""

    return {
        "rows": [(mail, reason_text(mail)) for mail in found.rows],
        "fate": fate,
        "fates": [(name, there(fate=name), counts[name]) for name in queries.FATES],
        "previous": there(before=found.previous),
        "next": there(after=found.next),
    }


@require_safe
def mail_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it says, whom it is from as far as anybody knows, and what became of it."""
    mail = mail_or_404(pk)
    context = {
        "mail": mail,
        "reason": reason_text(mail),
        "remarks": remark_texts(mail),
        "files": list(mail.files.order_by("at", "name", "id")),
        "may_judge": objection(request.person, "requests.judge_mail", mail),
        "crumbs": _crumbs(mail),
    }
    return render(request, "requests/mail.html", context)


def _crumbs(mail: Mail) -> list[tuple[str, str]]:
    if mail.account is None:
        return [(_("Mail without an account"), reverse("requests:stray-mail"))]
    box = reverse("requests:account-mail", args=[mail.account_id])
    return crumbs(mail.account, (_("Mail that came in"), box))


def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A held mail is what one of the client's people says."""
    mail = _with_account(pk)
    title = forwarding.plain_subject(mail.subject)
    form = AcceptMailForm(request.POST or None, mail=mail, **initial_of(mail, (title,)))
    made: list[ClientRequest] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.accept_mail(mail=mail, by=request.person, at=now(), **data))

    page = _page(request, mail, _("Take the mail in"), _("Take in"))
    page.lead = _("Take out of the text what the client is not to read: they will see it.")
    return answer(
        request,
        page,
        form,
        act,
        lambda: (reverse("requests:request", args=[made[0].pk]), _("The mail is taken in.")),
    )


def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A held mail is turned away; nobody is answered."""
    mail = _with_account(pk)
    box = reverse("requests:account-mail", args=[mail.account_id])
    page = _page(request, mail, _("Turn the mail away"), _("Turn away"))
    page.kind = "danger"
    page.lead = _("Whoever sent it is not told. It stays in the list and in the mailbox.")
    return answer(
        request,
        page,
        RefuseMailForm(request.POST or None),
        lambda data: actions.refuse_mail(mail=mail, by=request.person, at=now(), **data),
        lambda: (box, _("The mail is turned away.")),
    )


def _with_account(pk: UUID) -> Mail:
    mail = mail_or_404(pk)
    if mail.account_id is None:
        raise Http404
    return mail


def _page(request: HttpRequest, mail: Mail, title: str, submit: str) -> Page:
    own = reverse("requests:mail", args=[mail.pk])
    return Page(
        title=title,
        submit=submit,
        back=own,
        crumbs=[*_crumbs(mail), (mail.subject or _("Mail without a subject"), own)],
        objection=objection(request.person, "requests.judge_mail", mail),
        template="requests/act.html",
    )
