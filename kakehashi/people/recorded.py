"""Where records of people and offices are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    record("people.Person", page="people:person")
    record("people.Office", page="people:office")
    record("people.Employment", about=("person_id", "office_id"))
    record("people.ReportingLine", about=("person_id", "superior_id"))
    record("people.Role", about=("person_id", "role"))
    record("people.Absence", about=("person_id", "starts_on"))
    record("people.WorkingPattern", about=("person_id",))
    record("people.OfficeHours", about=("office_id",))
