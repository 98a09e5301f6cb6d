"""Every kind of page the product has, with somebody who may open it and an address of one.

The kinds are the routes that the twin worlds walk; the addresses are filled from the demo agency.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account
from kakehashi.imports import actions
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.maps import FileMap
from kakehashi.imports.tasks import run_export, run_import
from kakehashi.money.actions import ask_for_tally
from kakehashi.money.asking import Asked
from kakehashi.money.models import Tally
from kakehashi.money.tasks import add_up
from kakehashi.people.models import Login, Person
from kakehashi.policy.acting import acting_as
from tests.twin.walk import ADDRESSES, UNKNOWN, Each, Of, Route, routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from kakehashi.imports.models import Upload

OK = 200
VISITOR = ""
# Each page is shown to the first of these who may open it.
READERS = (VISITOR, "domoto", "kujo", "ichinose", "ninomiya", "shimizu", "makabe")
RICHEST = "RAICHO-JP"  # an account with everything on it: its rows are shown
MOST = 4  # rows of one kind that are tried
HTML = b"<!doctype html"
# Pages that need what the demo agency has not; where they are looked at instead, or why not.
ELSEWHERE = {
    "conflicts:consent": "needs a request: looked at in test_conflicts.py",
    "conflicts:decide": "needs a hit: looked at in test_conflicts.py",
    "api:feed": "a calendar, which no browser shows",
    "mfa_deactivate_totp": "needs a second factor of one's own",
    "mfa_download_recovery_codes": "a file, and needs a second factor of one's own",
    "mfa_view_recovery_codes": "needs a second factor of one's own",
}


@dataclass(frozen=True)
class Shown:
    """One page of one kind."""

    route: str
    reader: str
    path: str


def every_page() -> tuple[list[Shown], list[str]]:
    """One page of each kind; and the routes that may have one, but none was shown to anybody."""
    _move_files(_person("domoto"))
    _write_workbook(_person("domoto"))
    _send_mail()
    found, missing = [Shown("ui:gallery", "domoto", "/ui/")], []
    with _quiet():
        clients = {reader: _signed_in(reader) for reader in READERS}
        seen = Seen()
        for route in routes():
            if route.is_visited and route.name not in ELSEWHERE:
                tried = list(_tried(route, clients, seen))
                if tried and tried[-1][1]:
                    found.append(tried[-1][0])
                elif not any(is_something_else for _, _, is_something_else in tried):
                    missing.append(route.name)
    return found, missing


def _tried(
    route: Route, clients: dict[str, Client], seen: Seen
) -> Iterator[tuple[Shown, bool, bool]]:
    """Until a page is shown: what was asked for, whether it is one, whether it never will be."""
    for reader, client in clients.items():
        for address in _addresses(route, reader, seen):
            path = reverse(route.name, kwargs=address)
            answer = client.get(path)
            is_page = answer.status_code == OK and _is_page(answer)
            yield Shown(route.name, reader, path), is_page, _is_something_else(answer)
            if is_page or _is_something_else(answer):
                return


def _is_page(answer: HttpResponse) -> bool:
    content = b"".join(answer) if answer.streaming else answer.content  # files are closed so
    return content.startswith(HTML)


def _is_something_else(answer: HttpResponse) -> bool:
    """A file, a fragment, a way elsewhere, or an act that is only ever sent."""
    elsewhere = answer.status_code in {302, 405} and not answer.headers.get(
        "Location", ""
    ).startswith("/auth/login/")
    return elsewhere or (answer.status_code == OK and not _is_page(answer))


class Seen(dict[tuple[str, type[Model]], list[Model]]):
    """The rows of a kind that a reader sees and that are tried, looked up once."""

    def __missing__(self, key: tuple[str, type[Model]]) -> list[Model]:
        reader, model = key
        with acting_as(_person(reader)):
            self[key] = sorted(model._default_manager.order_by("pk"), key=_distance)[:MOST]
        return self[key]


def _addresses(route: Route, reader: str, seen: Seen) -> Iterator[dict[str, Any]]:
    source = ADDRESSES.get(route.name)
    if not route.arguments:
        yield {}
    elif isinstance(source, Each):
        yield from source.addresses()
    elif isinstance(source, Of) and reader:
        yield from (source.address(row) for row in seen[reader, source.model])
        yield dict.fromkeys(route.arguments, UNKNOWN)  # tells at least whether it is a page


def _distance(row: Model) -> tuple[bool, int]:
    """Rows of the richest account come first, and of them those with most in them."""
    account = row if isinstance(row, Account) else getattr(row, "account", None)
    empty = sum(getattr(row, field.attname) in (None, "") for field in row._meta.concrete_fields)
    return account is None or account.code != RICHEST, empty


def _signed_in(reader: str) -> Client:
    client = Client()
    if reader:
        client.force_login(Login.objects.get(username=reader))
    return client


def _person(reader: str) -> Person:
    return Login.objects.get(username=reader).person


def _send_mail() -> None:
    """One message in the outbox of an installation without a mail server."""
    settings.OUTBOX.mkdir(parents=True, exist_ok=True)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@agency.example", "b@client.example", "御礼"
    mail.set_content("本日はありがとうございました。")
    mail.add_alternative("<p>本日はありがとうございました。</p>", subtype="html")
    (settings.OUTBOX / f"{UNKNOWN}.eml").write_bytes(mail.as_bytes())


def _move_files(by: Person) -> None:
    """A rehearsal with problems, one without, and a file taken away, each to be shown."""
    with acting_as(by):
        made = [
            actions.rehearse(upload=_upload(data, by), file_map=FileMap(), by=by, at=now())
            for data in (b"code,name,country\nN1,Nagi,XX\n", b"code,name,country\nN1,Nagi,SG\n")
        ]
        taken = actions.ask_for_export(kind=KINDS["offices"], form="csv", by=by, at=now(), total=1)
    for run in made:
        run_import(str(run.pk), str(by.pk))
    run_export(str(taken.pk), str(by.pk))


def _write_workbook(by: Person) -> None:
    """As of a portfolio that is too large to be waited for."""
    with acting_as(by):
        asked = Asked({"currency": "JPY"}, by, localdate())
        tally = ask_for_tally(asked=asked, form=Tally.Form.WORKBOOK, at=now())
    add_up(str(tally.pk), str(by.pk))


def _upload(data: bytes, by: Person) -> Upload:
    return actions.upload_file(
        kind=KINDS["companies"], name="companies.csv", chunks=[data], by=by, at=now()
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Most of these questions are refused, and each refusal would be logged."""
    log = logging.getLogger("django.request")
    log.disabled = True
    yield
    log.disabled = False
