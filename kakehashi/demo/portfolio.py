"""Companies, brands and accounts; who serves them, and how they became what they are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from kakehashi.base.identifiers import corporate_check_digit
from kakehashi.clients import actions
from kakehashi.demo.content.accounts import ACCOUNTS, HANDOVERS, HISTORY, SEATS
from kakehashi.demo.content.companies import BRANDS, COMPANIES
from kakehashi.demo.content.people import FOUNDER
from kakehashi.demo.world import RECORDS

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.demo.content.accounts import AccountRow, HandoverRow
    from kakehashi.demo.world import World

BASE = 990_000_000_000  # no registry office has these numbers
NOTICE = 30  # days the team stays on an account that was lost


def add_companies(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        for at, row in enumerate(COMPANIES, start=1):
            world.companies[row.code] = actions.add_company(
                by=by,
                code=row.code,
                name=row.name,
                name_kana=row.kana,
                name_en=row.name_en,
                parent=world.companies.get(row.above),
                country=row.country,
                address=row.address,
                industry=row.industry,
                fiscal_year_end=row.year_end,
                aliases=row.aliases,
                **_numbers(row.country, at),
            )


def open_accounts(world: World) -> None:
    """Each account with its first seat, as it was when the agency began to keep records of it."""
    with world.acting(FOUNDER.login) as by:
        for row in ACCOUNTS:
            first = seats_of(row.code)[0]
            months, status, _reason = _history(row.code)[0]
            world.openers[row.code] = first.login
            world.opened[row.code] = opened = world.month(months)
            world.accounts[row.code] = actions.open_account(
                person=world.people[first.login],
                role=first.role,
                lead=first.lead,
                by=by,
                at=world.at(opened),
                code=row.code,
                company=world.companies[row.company],
                name=row.name,
                name_kana=row.kana,
                name_en=row.name_en,
                parent=world.accounts.get(row.above),
                level=row.level,
                lead_office=world.offices[row.office],
                categories=row.categories,
                status=status,
                starts_on=_since(world, row),
            )


def give_seats(world: World) -> None:
    """The rest of each team, and everybody's share of working time."""
    with world.acting(FOUNDER.login) as by:
        for code in SEATS:
            account = world.accounts[code]
            first, *others = seats_of(code)
            seat = account.seats.get()
            actions.change_seat(
                seat=seat,
                version=seat.version,
                starts_on=seat.starts_on,
                ends_on=None,
                lead=first.lead,
                share=first.share,
                by=by,
            )
            for row in others:
                actions.give_seat(
                    account=account,
                    person=world.people[row.login],
                    role=row.role,
                    starts_on=max(world.opened[code], world.joined[row.login]),
                    lead=row.lead,
                    share=row.share,
                    by=by,
                )


def change_statuses(world: World) -> None:
    for code, changes in HISTORY.items():
        account = world.accounts[code]
        with world.acting(world.openers[code]) as by:
            for months, status, reason in changes[1:]:
                on = world.month(months)
                actions.change_status(
                    account=account, status=status, on=on, reason=reason, by=by, at=world.at(on)
                )


def handle_brands(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        brands = [
            actions.add_brand(
                company=world.companies[row.company],
                by=by,
                name=row.name,
                name_kana=row.kana,
                name_en=row.name_en,
                categories=row.categories,
                countries=row.countries,
            )
            for row in BRANDS
        ]
    for brand, row in zip(brands, BRANDS, strict=True):
        with world.acting(world.openers[row.account]) as by:
            actions.handle_brand(
                account=world.accounts[row.account],
                brand=brand,
                starts_on=world.opened[row.account],
                by=by,
            )


def hand_over(world: World) -> None:
    """One seat that moved, and one that is to move: its receiver has yet to confirm."""
    for row in HANDOVERS:
        _hand_over(world, row)


def end_seats(world: World) -> None:
    """Who served an account that was lost serves it no more."""
    for code, changes in HISTORY.items():
        months, status, _reason = changes[-1]
        if status == "lost":
            lost = world.month(months).toordinal() - world.today.toordinal()
            with world.acting(FOUNDER.login) as by:
                for seat in world.accounts[code].seats.filter(ends_on=None):
                    actions.end_seat(seat=seat, on=world.day(lost + NOTICE), by=by)


@dataclass(frozen=True)
class Place:
    """One seat as the table of accounts writes it: role*=login:share."""

    role: str
    lead: bool
    login: str
    share: Decimal


def seats_of(account: str) -> list[Place]:
    places = []
    for told in SEATS[account].split():
        role, _is, rest = told.partition("=")
        login, _of, share = rest.partition(":")
        places.append(Place(role.rstrip("*"), role.endswith("*"), login, Decimal(share) / 100))
    return places


def _hand_over(world: World, row: HandoverRow) -> None:
    proposed = world.day(row.proposed)
    with world.acting(row.giver) as giver:
        seat = world.accounts[row.account].seats.get(person=giver, role=row.role)
        handover = actions.propose_handover(
            seat=seat,
            receiver=world.people[row.receiver],
            on=world.day(row.on),
            note=row.note,
            by=giver,
            at=world.at(proposed),
        )
    for login in row.confirmed:
        with world.acting(login) as by:
            actions.confirm_handover(
                handover=handover, by=by, at=world.at(world.day(row.proposed + 2))
            )
    if row.giver == world.openers[row.account] and row.receiver in row.confirmed:
        world.openers[row.account] = row.receiver


def _history(account: str) -> tuple[tuple[int, str, str], ...]:
    return HISTORY.get(account, ((RECORDS, "active", ""),))


def _since(world: World, row: AccountRow) -> dt.date | None:
    """When the client came; a prospect has not come yet."""
    if _history(row.code)[0][1] == "prospect":
        return None
    return world.month(12 * row.years)


class Numbers(TypedDict, total=False):
    """How public registers number a company."""

    corporate_number: str
    registration_number: str
    lei: str


def _numbers(country: str, at: int) -> Numbers:
    """Numbers whose check digits are right and which belong to nobody."""
    if country == "JP":
        base = str(BASE + at)
        number = f"{corporate_check_digit(base)}{base}"
        return {"corporate_number": number, "registration_number": f"T{number}"}
    return {"lei": _lei(f"KKDO00DEM0{at:08}")}


def _lei(stem: str) -> str:
    digits = "".join(str(int(character, 36)) for character in f"{stem}00")
    return f"{stem}{98 - int(digits) % 97:02}"
