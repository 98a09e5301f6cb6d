"""What a viewer sends: every form they are offered, with hidden ids and words in each field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.house.cli import parser
from kakehashi.policy.middleware import GATE
from tests.twin.asking import Answer, Notes, Viewer
from tests.twin.normal import normal
from tests.twin.visiting import route_of
from tests.twin.walk import COMMANDS, TAKEN
from tests.twin.world import ADDRESS, HIDDEN, IDS, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from tests.twin.reading import Form

LINES = {"text", "search"}  # fields of one line, in which something may be called by its name
KEYS = {"code": HIDDEN, "email": ADDRESS, "handle": "himuro", "login": "himuro"}


@dataclass(frozen=True)
class Offer:
    """A form that somebody is offered, and where it goes."""

    route: str
    path: str
    form: Form


def offers(pages: Notes) -> list[Offer]:
    """The forms on the pages one has seen, one of each kind; not those of the sign-in pages."""
    found: dict[tuple[str, ...], Offer] = {}
    for where, answer in pages.items():
        for form in answer.page.forms:
            goes = form.action or where.split(" ")[1]
            if form.method == "post" and not goes.startswith(GATE):
                name = route_of(goes)
                found.setdefault((name, *sorted(form.fields)), Offer(name, goes, form))
    return list(found.values())


def forms_sent(who: Viewer, pages: Notes) -> Notes:
    """Every form, sent with something hidden in one field: as good as nothing, and no word more."""
    return {
        f"{offer.route} {offer.path} {said}": who.ask(
            offer.path, "post", data={**offer.form.filled_in, **said}
        )
        for offer in offers(pages)
        if who.explores(offer.route)
        for said in _attempts(offer.form)
        if not any((offer.route, name) in TAKEN for name in said)
    }


def sensible(sent: Notes) -> list[Answer]:
    """What was answered to forms that hid nothing."""
    return [answer for where, answer in sent.items() if where.endswith(" {}")]


def _attempts(form: Form) -> Iterator[dict[str, str]]:
    """What is said instead of something sensible; names all at once, as they refuse nothing."""
    yield {}
    yield {n: NAME for n, kind in form.free.items() if kind in LINES and n not in KEYS}
    for name in form.choices:
        yield {name: str(IDS[name if name in IDS else "account"])}
    for name, source in form.lookups.items():
        yield {name: str(IDS["person" if "colleagues" in source else "account"])}
        yield {name: HIDDEN}
    for name in form.free:
        if name in KEYS:
            yield {name: KEYS[name]}


@dataclass(frozen=True)
class Commands:
    """Every command that answers for a person, as they would be answered."""

    captured: pytest.CaptureFixture[str]

    def __call__(self, who: Viewer) -> Notes:
        if who.person is None:
            return {}
        calls = [call for command in COMMANDS.values() for call in command.calls]
        return {call: self._run(call.format(login=who.person.handle)) for call in calls}

    def _run(self, call: str) -> Answer:
        self.captured.readouterr()
        arguments = parser().parse_args(call.split())
        with transaction.atomic():
            status = arguments.run(arguments)
            transaction.set_rollback(True)
        said = self.captured.readouterr()
        return Answer(status, (normal(said.err.encode()),), normal(said.out.encode()))
