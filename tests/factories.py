"""Rows for tests, arranged as the owner: every noun with sensible defaults."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.utils.timezone import now

from kakehashi.base.ids import uuid7
from kakehashi.base.text import folded_name, sort_key
from kakehashi.clients.models import Account, Brand, Company, Contact, Fact, Seat
from kakehashi.conflicts.models import (
    Category,
    Commitment,
    CommitmentCategory,
    Consent,
    Denial,
    NamedCompetitor,
    Rivalry,
    Scheme,
    Wall,
)
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.people.models import Employment, Login, Office, Person, ReportingLine, Role
from kakehashi.traffic.models import Assignment, Job

LONG_AGO = dt.date(2016, 4, 1)
PASSWORD = "kakehashi"
_number = count(1)


def office(name: str = "", parent: Office | None = None, **fields: Any) -> Office:
    code = fields.pop("code", f"O{next(_number)}")
    kind = Office.Kind.AGENCY if parent is None else Office.Kind.DEPARTMENT
    return Office.objects.create(
        **{"code": code, "name": name or code, "parent": parent, "kind": kind, **fields}
    )


def person(name: str = "", **fields: Any) -> Person:
    name = name or f"Person {next(_number)}"
    kana = fields.get("name_kana", "")
    return Person.objects.create(**{"name": name, "sort_key": sort_key(name, kana), **fields})


def staff(
    name: str, at: Office, *roles: str, starts_on: dt.date = LONG_AGO, **fields: Any
) -> Person:
    """One of ours: employed at an office, with roles there and a login."""
    handle = fields.pop("handle", f"{name.lower()}.{next(_number)}")
    title, rank = fields.pop("title", ""), fields.pop("rank", 0)
    made = person(name, handle=handle, email=f"{handle}@agency.example", **fields)
    Employment.objects.create(person=made, office=at, title=title, rank=rank, starts_on=starts_on)
    for role in roles:
        Role.objects.create(person=made, role=role, office=at, starts_on=starts_on)
    login(made)
    return made


def login(of: Person) -> Login:
    handle = of.handle or f"contact.{next(_number)}"
    return Login.objects.create_user(handle, of.email, PASSWORD, person=of)


def reports(who: Person, to: Person, kind: str = "solid", **dates: Any) -> ReportingLine:
    dates = {"starts_on": LONG_AGO, **dates}
    return ReportingLine.objects.create(person=who, superior=to, kind=kind, **dates)


def company(name: str = "", **fields: Any) -> Company:
    name = name or f"Company {next(_number)}"
    keys = {"folded": folded_name(name), "sort_key": sort_key(name, fields.get("name_kana", ""))}
    return Company.objects.create(**{"name": name, **keys, **fields})


def brand(of: Company, name: str, **fields: Any) -> Brand:
    return Brand.objects.create(company=of, name=name, folded=folded_name(name), **fields)


def account(name: str, lead_office: Office, **fields: Any) -> Account:
    owner = fields.pop("company", None) or company(name)
    keys = {"code": f"A{next(_number)}", "sort_key": sort_key(name, fields.get("name_kana", ""))}
    defaults = {"status": "active", **keys}
    return Account.objects.create(
        name=name, company=owner, lead_office=lead_office, **{**defaults, **fields}
    )


def seat(who: Person, on: Account, role: str = "account_executive", **fields: Any) -> Seat:
    return Seat.objects.create(
        person=who, account=on, role=role, **{"starts_on": LONG_AGO, **fields}
    )


def contact(name: str, on: Account, **fields: Any) -> Contact:
    """A client's person with a login; pass `person` to reuse one."""
    who = fields.pop("person", None)
    if who is None:
        who = person(name, side=Person.Side.CLIENT, email=f"{name.lower()}@client.example")
        login(who)
    return Contact.objects.create(person=who, account=on, **{"portal": True, **fields})


def fact(on: Account, by: Person, text: str = "They plan a year ahead.", **fields: Any) -> Fact:
    defaults = {"topic": "calendar", "source": "Meeting", "as_of": LONG_AGO, "written_at": now()}
    return Fact.objects.create(account=on, written_by=by, text=text, **{**defaults, **fields})


def denial(who: Person, on: Account, **fields: Any) -> Denial:
    wall, _made = Wall.objects.get_or_create(name=fields.pop("wall", "Wall"))
    defaults = {"starts_on": LONG_AGO, "made_at": now(), "reason": "They serve a rival."}
    return Denial.objects.create(wall=wall, person=who, account=on, **{**defaults, **fields})


def category(code: str, above: Category | None = None, **fields: Any) -> Category:
    """A category written `scheme:code`; its scheme is made with its first."""
    name_of_scheme, _colon, own = code.partition(":")
    scheme, _made = Scheme.objects.get_or_create(code=name_of_scheme, defaults={"name": code})
    pk = uuid7()
    lineage = [*(above.lineage if above else []), pk]
    return Category.objects.create(
        pk=pk, scheme=scheme, code=own, parent=above, lineage=lineage, **{"name": own, **fields}
    )


def commitment(
    on: Account,
    *categories: Category,
    names: tuple[str, ...] = (),
    **fields: Any,
) -> Commitment:
    """A clause of an account, with its categories and the competitors it names."""
    defaults = {"level": "category", "starts_on": LONG_AGO, "noted_at": now()}
    made = Commitment.objects.create(
        account=on, **{"code": f"C{next(_number)}", **defaults, **fields}
    )
    for each in categories:
        CommitmentCategory.objects.create(commitment=made, category=each)
    for name in names:
        found = Company.objects.filter(folded=folded_name(name)).first()
        NamedCompetitor.objects.create(
            commitment=made, name=name, folded=folded_name(name), company=found
        )
    return made


def rivalry(one: Company, other: Company, **fields: Any) -> Rivalry:
    """Two companies that are declared to compete."""
    sides = {
        "one_name": one.name, "one_folded": one.folded, "one_company": one,
        "other_name": other.name, "other_folded": other.folded, "other_company": other,
    }  # fmt: skip
    return Rivalry.objects.create(**{**sides, "declared_at": now(), **fields})


def consent(on: Account, **fields: Any) -> Consent:
    """The committed client's consent to a case."""
    defaults = {"given_on": LONG_AGO, "recorded_at": now(), "document": "Letter"}
    return Consent.objects.create(account=on, **{**defaults, **fields})


def job(on: Account, title: str = "Spring film", **fields: Any) -> Job:
    return Job.objects.create(account=on, title=title, **{"number": f"J{next(_number)}", **fields})


def assignment(who: Person, to: Job, **fields: Any) -> Assignment:
    return Assignment.objects.create(
        person=who, job=to, account=to.account, **{"starts_on": LONG_AGO, **fields}
    )


def revenue(
    on: Account, month: dt.date, net: int, cost: int | None = None, **fields: Any
) -> Revenue:
    defaults = {"service_line": "media", "currency": "JPY", "billings": net * 5}
    line = Revenue.objects.create(
        account=on, month=month, net_revenue=net, **{**defaults, **fields}
    )
    if cost is not None:
        RevenueCost.objects.create(revenue=line, account=on, cost=cost)
    return line
