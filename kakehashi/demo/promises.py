"""Commitments, competitors and the agency's rule, as its conflicts officer noted them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Category
from kakehashi.demo.content.promises import MEDIA_RULES, PROMISES, RIVALRIES

if TYPE_CHECKING:
    from kakehashi.demo.content.promises import PromiseRow
    from kakehashi.demo.world import World

OFFICER = "ichinose"


def note_promises(world: World) -> None:
    """The tree of categories first: clauses and accounts speak in its words."""
    with world.acting(OFFICER) as by:
        actions.plant_starter_tree(by=by)
        actions.set_policy(mode="split", by=by, at=world.at(world.month(36)))
        for row in PROMISES:
            _note(world, row)
        for pair in RIVALRIES:
            actions.declare_rivalry(
                kind=pair.kind, one=pair.one, other=pair.other, competing=pair.competing,
                strength="direct", ground=pair.ground, by=by, at=world.at(world.month(30)),
            )  # fmt: skip
        actions.declare_pair(
            one=Category.objects.get(name="緑茶飲料"),
            other=Category.objects.get(name="日本茶"),
            competing=True,
            reason="家庭で淹れる茶葉と缶・ペットボトルの緑茶は、同じ飲用場面を争う。",
            by=by,
            at=world.at(world.month(12)),
        )
        for rule in MEDIA_RULES:
            actions.note_media_rule(
                account=world.accounts[rule.account], medium=rule.medium, rule=rule.rule,
                starts_on=world.day(rule.starts), source=rule.source, by=by,
                at=world.at(world.day(rule.starts)),
            )  # fmt: skip


def _note(world: World, row: PromiseRow) -> None:
    starts_on = world.day(row.starts)
    actions.note_commitment(
        account=world.accounts[row.account],
        categories=list(Category.objects.filter(name__in=row.categories)),
        competitors=row.competitors,
        code=row.code,
        origin="clause",
        level=row.level,
        scope=row.scope,
        countries=row.countries,
        disciplines=[],
        starts_on=starts_on,
        ends_on=None if row.ends is None else world.day(row.ends),
        cooling_off_months=row.cooling_off,
        personnel_barrier_months=row.barrier,
        safeguards=row.safeguards,
        clause_text=row.clause,
        clause_file=row.file,
        clause_page=row.page,
        by=world.people[OFFICER],
        at=world.at(max(starts_on, world.month(36))),
    )
