"""Nouns of this package: people and where they work, and when they do."""

from kakehashi.people.models.calendars import DayOff, OfficeHours, WorkingPattern
from kakehashi.people.models.people import (
    Absence,
    Departure,
    Employment,
    Login,
    LoginManager,
    Office,
    Person,
    ReportingLine,
    Role,
)

__all__ = [
    "Absence",
    "DayOff",
    "Departure",
    "Employment",
    "Login",
    "LoginManager",
    "Office",
    "OfficeHours",
    "Person",
    "ReportingLine",
    "Role",
    "WorkingPattern",
]
