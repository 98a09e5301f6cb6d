"""Something to be told of: letters that lie about, each seen by those for whom it is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.notify import actions, kinds
from kakehashi.notify.kinds import Told
from kakehashi.notify.models import Mail, Notification
from kakehashi.notify.states import Choice
from kakehashi.notify.tasks import send_mail, write_mails
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


LETTER, REPLY, GOSSIP = "letters.came", "letters.answered", "letters.gossip"


@dataclass
class Letters:
    """What letters say; one that is burnt says nothing to anybody."""

    titles: dict[UUID, str] = field(default_factory=dict)

    def write(self, title: str) -> UUID:
        made = uuid4()
        self.titles[made] = title
        return made

    def burn(self, letter: UUID) -> None:
        del self.titles[letter]

    def render(self, letter: UUID | None) -> Told | None:
        if letter not in self.titles:
            return None
        return Told(self.titles[letter], f"/letters/{letter}/", "Somebody wrote to you.")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """The only kinds of notices there are: at once, at once, and collected in the morning."""
    made = Letters()
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(LETTER, label="A letter came", render=made.render)
    kinds.register(REPLY, label="A letter was answered", render=made.render)
    kinds.register(GOSSIP, label="Gossip", render=made.render, default=Choice.MORNING)
    return made


@pytest.fixture
def tell(letters: Letters) -> Callable[..., UUID]:
    """tell(aki, of="Plans") has Ben tell Aki; gives what it was about."""

    def told(person: Person, **said: Any) -> UUID:
        by = said.pop("by", None)
        about = said.pop("about", None) or letters.write(said.pop("of", "A letter"))
        values = {"kind": LETTER, "subject_kind": "letter", "account": None, "at": now(), **said}
        if by is None:
            actions.tell(person=person, subject_id=about, by=None, **values)
        else:
            with acting_as(by):
                actions.tell(person=person, subject_id=about, by=by, **values)
        return about

    return told


@pytest.fixture
def post(db: None) -> Callable[..., list[Mail]]:
    """post(aki) writes what is due to Aki and sends it; gives the mails, the first one first."""

    def posted(person: Person, *, send: bool = True) -> list[Mail]:
        write_mails.func(person_id=str(person.pk))
        mails = list(Mail.objects.filter(person=person).order_by("id"))
        for mail in mails if send else ():
            send_mail.func(mail_id=str(mail.pk))
            mail.refresh_from_db()
        return mails

    return posted


def notice_of(person: Person) -> Notification:
    """The one notice somebody has."""
    return Notification.objects.get(person=person)


def english(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(language="en")
    person.refresh_from_db()
    return person
