"""The closed lists of conflicts: how bad a hit is, what follows, how far a promise reaches."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Severity(TextChoices):
    """How closely a case touches what was promised, the worst first."""

    DIRECT = "direct", pgettext_lazy("severity", "direct")
    ADJACENT = "adjacent", pgettext_lazy("severity", "adjacent")
    INDIRECT = "indirect", pgettext_lazy("severity", "indirect")


class Result(TextChoices):
    """What follows from a check, the mildest first."""

    CLEAR = "clear", pgettext_lazy("result of a check", "clear")
    SAFEGUARDS = "safeguards", pgettext_lazy("result of a check", "with safeguards")
    CONSENT = "consent", pgettext_lazy("result of a check", "needs the client's consent")
    BLOCKED = "blocked", pgettext_lazy("result of a check", "blocked")

    @property
    def weight(self) -> int:
        return list(Result).index(self)


class Mode(TextChoices):
    """What holds between two clients where nothing was written down."""

    STRICT = "strict", _("Strict exclusivity")
    SPLIT = "split", _("Split accounts")


class Level(TextChoices):
    """What of the rivals a commitment keeps out."""

    BRAND = "brand", pgettext_lazy("level of a commitment", "Brand")
    CATEGORY = "category", pgettext_lazy("level of a commitment", "Category")
    COMPANY = "company", pgettext_lazy("level of a commitment", "Company")
    GROUP = "group", pgettext_lazy("level of a commitment", "Group")


class Scope(TextChoices):
    """Which of our units a commitment binds, counted from the lead office of its account."""

    TEAM = "team", _("The team: its lead office and below")
    OFFICE = "office", _("The office: its region or country and below")
    AGENCY_BRAND = "agency_brand", _("The agency brand: its agency and below")
    NETWORK = "network", _("The whole network")


class Origin(TextChoices):
    """Where a commitment stands."""

    CLAUSE = "clause", _("Clause of a contract")
    POLICY = "policy", _("The client's declared policy, without a contract")


class Occasion(TextChoices):
    """What a check was run for."""

    ASKED = "asked", _("Asked by hand")
    PROSPECT = "prospect", _("New prospect")
    BRAND = "brand", _("New brand or category")
    SEAT = "seat", _("Staffing")
    OPPORTUNITY = "opportunity", _("Opportunity or pitch")
    CONTRACT = "contract", pgettext_lazy("occasion of a check", "Contract")
    MERGER = "merger", _("Companies came together")
    COMMITMENT = "commitment", _("A commitment was noted or changed")
    RULE = "rule", _("The rule of the agency changed")
    NIGHTLY = "nightly", _("Nightly: something changed")


class LinkKind(TextChoices):
    """How a category of one scheme stands to one of another."""

    SAME = "same", _("is the same as")
    INSIDE = "inside", _("lies inside")


class RivalKind(TextChoices):
    """Between whom a rivalry is declared."""

    COMPANY = "company", pgettext_lazy("who competes", "Companies")
    BRAND = "brand", pgettext_lazy("who competes", "Brands")
    GROUP = "group", pgettext_lazy("who competes", "Groups")


class Medium(TextChoices):
    """Where competitors are kept out of one programme, page or break."""

    TV = "tv", _("Television")
    RADIO = "radio", _("Radio")
    PRINT = "print", _("Newspapers and magazines")
    ONLINE = "online", _("Online")
    OUTDOOR = "outdoor", _("Outdoor and transit")


class WallKind(TextChoices):
    """How the people on the sides of a wall are named."""

    ORGANISATIONAL = "organisation", _("Offices and people")
    LOCATION = "location", _("Locations")
    PERSONNEL = "personnel", _("Named people")


class Verdict(TextChoices):
    """What the officer decides of one hit."""

    NO_CONFLICT = "no_conflict", _("No conflict")
    SAFEGUARDS = "safeguards", _("Clear with safeguards: a wall between the two")
    CONSENT = "consent", _("Ask the client for consent")
    DECLINE = "decline", pgettext_lazy("decision of a check", "Decline")


class Cleared(TextChoices):
    """What becomes of a check in the end."""

    CLEAR = "clear", pgettext_lazy("outcome of a check", "Cleared")
    SAFEGUARDS = "safeguards", pgettext_lazy("outcome of a check", "Cleared with safeguards")
    DECLINED = "declined", pgettext_lazy("outcome of a check", "Declined")
