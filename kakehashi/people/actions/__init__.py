"""What is done with people and offices. Every verb is atomic and asks whether it may be done."""

from kakehashi.people.actions.absences import cancel_absence, change_absence, plan_absence
from kakehashi.people.actions.calendars import (
    add_day_off,
    change_day_off,
    change_own_hours,
    inherit_hours,
    remove_day_off,
    remove_own_hours,
    set_office_hours,
    set_own_hours,
)
from kakehashi.people.actions.leaving import anonymise, leave
from kakehashi.people.actions.lines import (
    end_reporting_line,
    set_reporting_line,
)
from kakehashi.people.actions.offices import close_office, edit_office, move_office, open_office
from kakehashi.people.actions.own import change_own, change_own_address, choose_language
from kakehashi.people.actions.people import add_person, edit_person, invite
from kakehashi.people.actions.posts import change_employment, employ, end_employment
from kakehashi.people.actions.roles import end_role, give_role

__all__ = [
    "add_day_off",
    "add_person",
    "anonymise",
    "cancel_absence",
    "change_absence",
    "change_day_off",
    "change_employment",
    "change_own",
    "change_own_address",
    "change_own_hours",
    "choose_language",
    "close_office",
    "edit_office",
    "edit_person",
    "employ",
    "end_employment",
    "end_reporting_line",
    "end_role",
    "give_role",
    "inherit_hours",
    "invite",
    "leave",
    "move_office",
    "open_office",
    "plan_absence",
    "remove_day_off",
    "remove_own_hours",
    "set_office_hours",
    "set_own_hours",
    "set_reporting_line",
]
