"""The standing cast: two rival clients, those who serve them, and those who look after both."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from kakehashi.people.models import Person
from tests import factories as make
from tests import snapshot

if TYPE_CHECKING:
    from kakehashi.clients.models import Account, Contact
    from kakehashi.people.models import Office


@dataclass
class Cast:
    """Aki serves Sora and reports to Ben; Chie serves its rival; Dan directs Aki's bureau."""

    hq: Office
    tokyo: Office
    bureau1: Office
    bureau2: Office
    osaka: Office
    aki: Person
    ben: Person
    chie: Person
    dan: Person
    emi: Person
    fumi: Person
    go: Person
    hana: Person
    ken: Person
    lena: Person
    sora: Account
    sora_tea: Account
    rival: Account
    ken_contact: Contact


@pytest.fixture
def cast(db: None) -> Cast:
    """See Cast. The first test of a run has it made, the others have its rows put back."""
    if Person.objects.exists():  # a test that made people before gets what follows from both
        return made()
    if not _kept:
        _kept.append(snapshot.taken(made))
    else:
        snapshot.put_back(_kept[0][1])
    return deepcopy(_kept[0][0])


_kept: list[tuple[Cast, str]] = []


def made() -> Cast:
    """Make everybody, row by row."""
    hq = make.office("Kakehashi Agency", code="HQ", kind="agency")
    tokyo = make.office("Tokyo", hq, code="TYO", kind="region")
    bureau1 = make.office("Bureau 1", tokyo, code="TYO1")
    bureau2 = make.office("Bureau 2", tokyo, code="TYO2")
    osaka = make.office("Osaka", hq, code="OSA", kind="region")
    people = {
        "aki": make.staff("Aki", bureau1, "account_executive"),
        "ben": make.staff("Ben", bureau1, "account_supervisor"),
        "chie": make.staff("Chie", bureau2, "account_executive"),
        "dan": make.staff("Dan", bureau1, "account_director"),
        "emi": make.staff("Emi", hq, "agency_director"),
        "fumi": make.staff("Fumi", hq, "finance"),
        "go": make.staff("Go", hq, "conflicts_officer"),
        "hana": make.staff("Hana", hq, "administrator"),
        "lena": make.staff("Lena", tokyo, "creative"),
    }
    make.reports(people["aki"], people["ben"])
    make.reports(people["ben"], people["dan"])
    sora = make.account("Sora", bureau1)
    sora_tea = make.account("Sora Tea", bureau1, parent=sora, company=sora.company, level="brand")
    rival = make.account("Rival", bureau2)
    make.seat(people["aki"], sora, lead=True)
    make.seat(people["chie"], rival, lead=True)
    ken = make.contact("Ken", sora)
    return Cast(
        hq=hq, tokyo=tokyo, bureau1=bureau1, bureau2=bureau2, osaka=osaka,
        **people, ken=ken.person, ken_contact=ken,
        sora=sora, sora_tea=sora_tea, rival=rival,
    )  # fmt: skip
