"""Nouns of this package: people and where they work, and when they do."""

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
    "Departure",
    "Employment",
    "Login",
    "LoginManager",
    "Office",
    "Person",
    "ReportingLine",
    "Role",
]
