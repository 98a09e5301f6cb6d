"""The demo agency, built as its own people would have built it: through the product's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.demo import (
    balls,
    book,
    briefs,
    calendars,
    clearing,
    departments,
    jobs,
    notices,
    portfolio,
    promises,
    requests,
    revenue,
    staff,
)
from kakehashi.demo.signin import set_passwords
from kakehashi.demo.world import World

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.demo.world import Progress

STAGES = (
    ("The agency and its offices", (staff.found, staff.open_offices)),
    ("People, roles and reporting lines", (staff.add_people, staff.draw_lines)),
    (
        "Hours and days off",
        (calendars.set_hours, calendars.plan_days_off, calendars.set_own_hours),
    ),
    ("Companies and accounts", (portfolio.add_companies, portfolio.open_accounts)),
    ("Walls between rivals, then teams", (departments.put_up_walls, portfolio.give_seats)),
    ("Brands and the accounts' history", (portfolio.handle_brands, portfolio.change_statuses)),
    ("Commitments and competitors", (promises.note_promises,)),
    ("Handovers and absences", (portfolio.hand_over, staff.let_leave, staff.plan_absences)),
    ("Contacts and the account book", (book.add_contacts, book.write_facts)),
    ("The last days of some seats", (portfolio.end_seats,)),
    ("Jobs", (jobs.make_templates, jobs.open_jobs)),
    ("Briefs and their approvals", (briefs.make_templates, briefs.write_briefs)),
    (
        "What waits for whom",
        (
            departments.tell_of_walls,
            clearing.ask_for_consent,
            clearing.require_clearance,
            clearing.ask_checks,
            balls.open_desks,
            balls.answer_balls,
            balls.pass_balls,
            requests.ask_for_things,
            requests.take_in_mail,
            notices.see_notices,
        ),
    ),
    ("Three years of revenue", (revenue.book_revenue, revenue.add_up, revenue.set_targets)),
)


def build(today: dt.date, seed: int, progress: Progress, *, owner: str = "default") -> World:
    """Build the agency in an empty database, all or nothing.

    `owner` names the connection that may write passwords, once everything is there.
    """
    world = World(today, seed, progress)
    with transaction.atomic():
        for stage, parts in STAGES:
            progress(stage)
            for part in parts:
                part(world)
    set_passwords(world.usernames, using=owner)
    return world
