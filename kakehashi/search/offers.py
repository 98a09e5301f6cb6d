"""Which pages and actions a person is offered for what they typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import pgettext

from kakehashi.base.text import nfkc
from kakehashi.policy.engine import hats, objection
from kakehashi.search import pages, queries
from kakehashi.search.kinds import Shown
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person
    from kakehashi.search.destinations import Destination

MOST = 8
ACCOUNTS = 3  # on which one action is offered
NAMED = 3  # how well a name fits whose beginning was typed


@dataclass(frozen=True)
class Offers:
    """Those whose name was typed, and those that only fit."""

    first: list[Shown]
    more: list[Shown]


def offered(person: Person, typed: str) -> Offers:
    """Pages and actions of this name that the person may open."""
    said = nfkc(typed[: queries.LONGEST]).split()[: queries.MOST_WORDS]
    if not said:
        return Offers([], [])
    reader = _Reader(person)
    matches = [match for match in pages.matching(said) if reader.may_open(match[0])]
    matches = sorted(matches, key=lambda match: -match[1])[:MOST]
    if not matches:
        near = [place for place in pages.alike(said) if reader.may_open(place)]
        matches = [(place, 0, []) for place in near[:MOST]]
    rows = [(fit, row) for place, fit, left in matches for row in reader.rows(place, left)]
    named = NAMED if len("".join(said)) > 1 else NAMED + 1
    return Offers([r for fit, r in rows if fit >= named], [r for fit, r in rows if fit < named])


def everything(person: Person, typed: str, *, most: int) -> list[Shown]:
    """Records, pages and actions in one list, the likeliest first."""
    found = queries.find(typed, most=most, ours=person.is_ours)
    offers = offered(person, typed)
    certain = [hit for hit in found.hits if hit.certain]
    alike = [hit for hit in found.hits if not hit.certain]
    return [
        *offers.first,
        *queries.shown(certain[:most], ours=person.is_ours),
        *offers.more,
        *queries.shown(alike[:most], ours=person.is_ours),
    ][:most]


class _Reader:
    """Asks once what a person is, and which accounts the same words name."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.worn: frozenset[str] | None = None
        self.accounts: dict[str, list[tuple[Account, frozenset[str]]]] = {}

    def may_open(self, place: Destination) -> bool:
        """Whether it exists for them; an action on an account is asked for with the account."""
        if not self.person.is_ours and not place.for_contacts:
            return False
        if not place.on_account and not place.path():
            return False
        if not place.ability or place.on_account:
            return True
        if self.worn is None:
            self.worn = hats(None)
        return objection(self.person, place.ability, None, self.worn) is None

    def rows(self, place: Destination, left: list[str]) -> Iterator[Shown]:
        if not left:
            choice = reverse("search:choose", args=[place.name]) if place.on_account else ""
            yield _shown(place, choice or place.path())
            return
        for account, hats_there in self._named(" ".join(left)):
            ability = place.ability
            if not ability or objection(self.person, ability, account, hats_there) is None:
                yield _shown(place, place.path(account.pk), account)

    def _named(self, words: str) -> list[tuple[Account, frozenset[str]]]:
        """The accounts that some words find, and what the person is to each."""
        if words not in self.accounts:
            hits = queries.find(words, most=ACCOUNTS, ours=True).of("account")
            found = queries.accounts(hit for hit in hits if hit.certain)
            worn = queries.hats_on(found)
            self.accounts[words] = [(account, worn[account.pk]) for account in found]
        return self.accounts[words]


def _shown(place: Destination, path: str, account: Account | None = None) -> Shown:
    name = "action" if place.is_action else "page"
    label = pgettext("found", "Action") if place.is_action else pgettext("found", "Page")
    hint = reader_name(account) if account else ""
    return Shown(name, label, place.icon, str(place.label), path, hint)
