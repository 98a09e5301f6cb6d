"""What a column is called and what its value reads like, for those that stand in no form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    TextField,
)
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.base.hours import parse_week, week_text
from kakehashi.base.phrases import NO, YES
from kakehashi.history import kinds
from kakehashi.policy.visibility import TABLES, Class
from kakehashi.ui.formats import (
    DateForm,
    country_text,
    date_text,
    money_text,
    number_text,
    percent_text,
    year_end_text,
)

if TYPE_CHECKING:
    from django.db.models import Field

# What the program keeps for itself, or what the change says anyway.
UNTOLD = frozenset(
    {
        "after", "by_date", "digest", "dkim", "dmarc", "entry_id", "findings", "folded",
        "followed_at", "id", "lineage", "media_type", "one_folded", "only", "other_folded", "path",
        "place", "position", "proposed_at", "proposed_by_id", "rebriefs", "revenue_id", "sheet",
        "sort_key", "spf", "subject_id", "subject_kind", "version", "written_at", "written_by_id",
    }
)  # fmt: skip
CURRENCIES = {"fee": "fee_currency"}
LABELS = {
    "accepted_at": pgettext_lazy("history", "Accepted"),
    "accepted_id": _("Accepted version"),
    "account_id": _("Account"),
    "acknowledged_at": _("Read"),
    "added_at": _("Added"),
    "added_by_id": _("Added by"),
    "anonymised_at": _("Anonymised"),
    "answered_at": _("Answered"),
    "answered_by_id": _("Answered by"),
    "asked_at": _("Asked"),
    "asked_by_id": _("Asked by"),
    "asked_of_id": _("Asked of"),
    "at": pgettext_lazy("of a moment", "At"),
    "authors": _("Written by"),
    "begun_at": _("Begun"),
    "begun_by_id": _("Begun by"),
    "billing": _("Billing"),
    "brand_id": _("Brand"),
    "brief_id": _("Brief"),
    "by_id": pgettext_lazy("a person", "By"),
    "came_at": _("Came in"),
    "category_id": _("Category"),
    "closed_at": _("Closed"),
    "commitment_id": _("Commitment"),
    "company_id": _("Company"),
    "contact_id": _("Contact"),
    "currency": _("Currency"),
    "decided_at": pgettext_lazy("history", "Decided"),
    "decided_by_id": _("Decided by"),
    "declared_at": _("Declared"),
    "declared_by_id": _("Declared by"),
    "desk_id": _("Desk"),
    "details": _("Details"),
    "done_at": pgettext_lazy("of a task", "Done"),
    "done_by_id": _("Done by"),
    "ended_at": _("Ended"),
    "fate": _("What became of it"),
    "flagged_at": _("Flagged"),
    "follows_id": _("Follows"),
    "forwarded_by_id": _("Forwarded by"),
    "given_at": _("Given"),
    "given_by_id": pgettext_lazy("history", "Given by"),
    "giver_id": _("Gives"),
    "job_id": _("Job"),
    "judged_at": _("Judged"),
    "judged_by_id": _("Judged by"),
    "left_on": _("Left on"),
    "lei": "LEI",
    "lifted_at": _("Lifted"),
    "lifted_by_id": _("Lifted by"),
    "made_at": _("Entered"),
    "made_by_id": _("Entered by"),
    "mail_id": _("Mail"),
    "mode": _("Mode"),
    "moved_at": _("Moved"),
    "needs_id": _("After which task"),
    "note_id": _("Research note"),
    "noted_at": _("Noted"),
    "noted_by_id": _("Noted by"),
    "number": _("Number"),
    "office_id": _("Office"),
    "one_brand_id": _("First brand"),
    "one_company_id": _("First company"),
    "opened_at": _("Opened"),
    "other_brand_id": _("Second brand"),
    "other_company_id": _("Second company"),
    "other_id": _("Corresponds to"),
    "parent_id": pgettext_lazy("what stands above", "Above"),
    "people": _("People asked for"),
    "person_id": pgettext_lazy("history", "Person"),
    "production": _("Production"),
    "proof": _("Sender"),
    "raised_at": _("Raised"),
    "raised_by_id": _("Raised by"),
    "ran_at": pgettext_lazy("of a check", "Run"),
    "reason": _("Reason"),
    "receiver_id": _("Takes over"),
    "recorded_at": _("Recorded"),
    "recorded_by_id": _("Recorded by"),
    "request_id": _("Request"),
    "resolved_at": _("Resolved"),
    "result": _("Result"),
    "retired_at": _("Retired"),
    "retired_by_id": _("Retired by"),
    "round": _("Round"),
    "said": _("What was said"),
    "scheme_id": _("Scheme"),
    "seat_id": _("Seat"),
    "sent_at": pgettext_lazy("of a mail", "Sent"),
    "set_at": pgettext_lazy("of a rule", "Set"),
    "set_by_id": pgettext_lazy("of a rule", "Set by"),
    "settled_at": _("Settled"),
    "shared_at": _("Shared with the client"),
    "side": _("Whose people"),
    "side_id": pgettext_lazy("history", "Side"),
    "since": pgettext_lazy("history", "Since"),
    "size": _("Size in bytes"),
    "split_adjacent": _("Split accounts: adjacent category"),
    "split_direct": _("Split accounts: direct rival"),
    "split_indirect": _("Split accounts: indirect rival"),
    "started_at": _("Started"),
    "started_by_id": _("Started by"),
    "state": pgettext_lazy("history", "State"),
    "strict_adjacent": _("Strict: adjacent category"),
    "strict_direct": _("Strict: direct rival"),
    "strict_indirect": _("Strict: indirect rival"),
    "superior_id": _("Superior"),
    "task_id": _("Task"),
    "template_id": _("Template"),
    "title": pgettext_lazy("history", "Title"),
    "verdict": _("Verdict"),
    "wall_id": _("Wall"),
    "withdrawn_at": _("Withdrawn"),
    "withdrawn_by_id": _("Withdrawn by"),
}


def label(table: str, column: str) -> str:
    if column in LABELS and _is_bare(table, column):
        return str(LABELS[column])
    field = kinds.field_of(table, column)
    return str(field.verbose_name) if field is not None else column


def _is_bare(table: str, column: str) -> bool:
    """Whether the model gives the column no name of its own, but what Django makes of it."""
    field = kinds.field_of(table, column)
    return field is None or str(field.verbose_name) == field.name.replace("_", " ")


def told(table: str) -> list[str]:
    """The columns of a table that are told, in their order."""
    hidden = {TABLES[table].part_of, *TABLES[table].unkept.split(",")}
    if TABLES[table].kind in {Class.WALLED, Class.FINANCE}:
        hidden.add(TABLES[table].account)
    return [column for column in kinds.order(table) if column not in UNTOLD | hidden]


def is_written(table: str, column: str) -> bool:
    """Whether its values are somebody's own words: neither chosen from a list nor a row's name."""
    field = kinds.field_of(table, column)
    return isinstance(field, CharField | TextField) and not field.choices


def repeats(column: str, value: Any, by: str) -> bool:
    """Whether a value of a new row only says what its change says: when, and by whom."""
    if column == "at" or column.endswith("_at"):
        return True
    return (column == "by_id" or column.endswith("_by_id")) and str(value) == by


def text(table: str, column: str, value: Any, values: dict[str, Any]) -> str:  # noqa: PLR0911 - one a kind
    """A value as a reader reads it; empty for nothing. `values` are those beside it."""
    field = kinds.field_of(table, column)
    if value is None or value in ("", [], {}):
        return ""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DecimalField):
        return _number(column, Decimal(str(value)), values)
    if isinstance(field, BooleanField):
        return str(YES if value else NO)
    if isinstance(field, DateField):
        return _date(field, value)
    if isinstance(value, list) and column == "week":
        return week_text(parse_week(value))
    if isinstance(value, (list, dict)):
        return ", ".join(_leaf(column, one) for one in _leaves(value))
    if column == "size":
        return number_text(value)
    return year_end_text(value) if column == "fiscal_year_end" else _leaf(column, value)


def _number(column: str, value: Decimal, values: dict[str, Any]) -> str:
    if column == "share":
        return percent_text(value)
    currency = values.get(CURRENCIES.get(column, "currency"))
    if currency:
        return money_text(value, currency)
    return number_text(value, max(0, -int(value.normalize().as_tuple().exponent)))


def _date(field: Field, value: Any) -> str:
    form: DateForm = "month" if field.column == "month" else "plain"
    if not isinstance(value, str):
        return date_text(value, form)
    if isinstance(field, DateTimeField):
        moment = parse_datetime(value)
        return date_text(moment, "plain") if moment else value
    return date_text(dt.date.fromisoformat(value), form)


def _leaf(column: str, value: Any) -> str:
    return country_text(value) if column in {"country", "countries"} else str(value)


def _leaves(value: Any) -> list[Any]:
    """What stands in a list or a mapping, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    return [] if value in (None, "") else [value]
