"""The closed lists of conflicts: how bad a hit is, what follows, how far a promise reaches."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WallKind(TextChoices):
    """How the people on the sides of a wall are named."""

    ORGANISATIONAL = "organisation", _("Offices and people")
    LOCATION = "location", _("Locations")
    PERSONNEL = "personnel", _("Named people")
