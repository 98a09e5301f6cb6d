"""Rivalries: who competes with whom, and the rule where nothing is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kakehashi.base.text import folded_name, nfkc, one_line
from kakehashi.clients.models import Brand
from kakehashi.conflicts.models import Policy, Rivalry
from kakehashi.conflicts.queries import ruling
from kakehashi.conflicts.queries.names import exactly
from kakehashi.conflicts.terms import RivalKind
from kakehashi.handoffs import actions as balls
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.models import Handoff
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from typing import Unpack

    from kakehashi.people.models import Office, Person

RULE = "conflicts.rule"


class Table(TypedDict, total=False):
    """The mode and what follows from each severity."""

    mode: str
    strict_direct: str
    strict_adjacent: str
    strict_indirect: str
    split_direct: str
    split_adjacent: str
    split_indirect: str
    clearance_required: bool


@transaction.atomic
def declare_rivalry(  # noqa: PLR0913 - both sides, how, why
    *,
    kind: str,
    one: str,
    other: str,
    competing: bool,
    strength: str,
    ground: str,
    by: Person,
    at: dt.datetime,
) -> Rivalry:
    """Declare that two companies, brands or groups compete, or that they do not."""
    require(by, "conflicts.keep_competitors", None)
    rivalry = Rivalry(
        kind=kind, competing=competing, strength=strength, ground=ground.strip(), declared_by=by,
        declared_at=at,
    )  # fmt: skip
    _set_side(rivalry, "one", one)
    _set_side(rivalry, "other", other)
    if rivalry.one_folded == rivalry.other_folded:
        raise ValidationError({"other": _("Nobody competes with themselves.")})
    _refuse_known(rivalry)
    rivalry.full_clean()
    with spoken(Rivalry):
        rivalry.save(force_insert=True)
    return rivalry


@transaction.atomic
def edit_rivalry(
    *,
    rivalry: Rivalry,
    version: int,
    competing: bool,
    strength: str,
    ground: str,
    by: Person,
) -> Rivalry:
    """Change what is said of two sides; other sides are another rivalry."""
    require(by, "conflicts.keep_competitors", None)
    rivalry.competing, rivalry.strength, rivalry.ground = competing, strength, ground.strip()
    rivalry.full_clean()
    edits.save(rivalry, version=version, fields=["competing", "strength", "ground"])
    return rivalry


@transaction.atomic
def take_back_rivalry(*, rivalry: Rivalry, by: Person) -> None:
    """Declare nothing of the two any more: market and family decide."""
    require(by, "conflicts.keep_competitors", None)
    rivalry.delete()


@transaction.atomic
def set_policy(*, by: Person, at: dt.datetime, reason: str = "", **table: Unpack[Table]) -> Policy:
    """Set the agency's mode and its table. Who changes what was set says why."""
    require(by, "conflicts.set_policy", None)
    policy = Policy.objects.first() or Policy()
    policy.reason = nfkc(reason).strip()
    if policy.set_at is not None and not policy.reason:
        raise ValidationError({"reason": _("Say why the rule changes.")})
    for name, value in table.items():
        setattr(policy, name, value)
    policy.set_by, policy.set_at = by, at
    policy.full_clean()
    policy.version += 0 if policy._state.adding else 1
    policy.save()
    for agency in Handoff.objects.filter(subject_kind=RULE, answered_at=None):
        balls.settle(
            subject_kind=RULE, subject_id=agency.subject_id, by=by, at=at,
            answer=str(policy.get_mode_display()),
        )  # fmt: skip
    return policy


@transaction.atomic
def ask_for_rule(*, agency: Office, by: Person, at: dt.datetime) -> Handoff | None:
    """As an officer of an agency that has no rule yet: be asked for it, once."""
    require(by, "conflicts.set_policy", None)
    if not ruling.is_open() or Handoff.objects.filter(subject_kind=RULE, answered_at=None).exists():
        return None
    with override(by.language):
        title = _("Say how the agency treats rivals: strict exclusivity or split accounts")
        note = _("Until you do, strict exclusivity holds.")
    return balls.ask(
        of=by,
        title=title,
        note=note,
        private=True,
        kind=RULE,
        about=About(RULE, agency.pk, reverse("conflicts:policy")),
        by=by,
        at=at,
    )


def _set_side(rivalry: Rivalry, side: str, typed: str) -> None:
    """A side by name, and whom on file it means if that is plain."""
    name = one_line(typed)
    if not name:
        raise ValidationError({side: _("Whose side is this?")})
    found: dict[str, object] = {"name": name, "folded": folded_name(name)}
    if rivalry.kind == RivalKind.BRAND:
        brands = list(Brand.objects.filter(folded=folded_name(name))[:2])
        found["brand"] = brands[0] if len(brands) == 1 else None
    elif len(companies := exactly(name)) == 1:
        (company,) = companies
        found = {"name": company.name, "folded": company.folded, "company": company}
    for part, value in found.items():
        setattr(rivalry, f"{side}_{part}", value)


def _refuse_known(rivalry: Rivalry) -> None:
    one, other = rivalry.one_folded, rivalry.other_folded
    either = Q(one_folded=one, other_folded=other) | Q(one_folded=other, other_folded=one)
    if Rivalry.objects.filter(either, kind=rivalry.kind).exists():
        raise ValidationError(_("Something is declared of these two already."))
