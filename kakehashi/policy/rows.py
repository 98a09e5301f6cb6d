"""What rows have in common: an id that sorts by time, a version against lost updates, dates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router
from django.db.models import F, Func, Q, Value
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kakehashi.base.ids import uuid7

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

LAST_BEFORE_FIRST = _("The last day comes before the first.")


class Row(models.Model):
    """A row with a UUIDv7, so that no id tells how many rows the reader may not see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    said_at: ClassVar[Mapping[str, str]] = {}
    """At which field it is said that a constraint of this name is broken."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:  # noqa: N802 - Django's
        """What get_…_display says. Django's own lists all choices anew for each row of a list."""
        value = getattr(self, field.attname)
        return force_str(_labels(field, get_language()).get(value, value), strings_only=True)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, but what was read a moment ago is not asked for once more.

        A row that somebody acts on was read as what they see; PostgreSQL holds to its being there.
        """
        super().clean_fields({*(exclude or ()), *_at_hand(self)})

    def _get_unique_checks(self, exclude: Collection[str] | None = None, **more: Any) -> Any:
        """As Django does, but nobody looks whether a new UUID is taken."""
        return super()._get_unique_checks({*(exclude or ()), "id"}, **more)  # type: ignore[misc]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, but what is wrong is said at the field where it is put right."""
        errors: dict[str, list[ValidationError]] = {}
        using = router.db_for_write(type(self), instance=self)
        left_out = set(exclude) if exclude else None
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=left_out, using=using)
                except ValidationError as broken:
                    if hasattr(broken, "error_dict"):
                        broken.update_error_dict(errors)
                    else:
                        field = place_of(type(self), constraint)
                        errors.setdefault(field, []).extend(broken.error_list)
        if errors:
            raise ValidationError(errors)


def place_of(model: type[models.Model], constraint: models.BaseConstraint) -> str:
    """The field at which it is said that a constraint is broken, or the whole form."""
    if field := getattr(model, "said_at", {}).get(constraint.name):
        return str(field)
    fields: tuple[str, ...] = getattr(constraint, "fields", ())
    return fields[0] if len(fields) == 1 else NON_FIELD_ERRORS


def _at_hand(row: Row) -> Iterator[str]:
    """The fields that name a row which is at hand."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            other = field.get_cached_value(row)
            if other is not None and not other._state.adding:
                yield field.name


@cache
def _labels(field: models.Field[Any, Any], spoken: str | None) -> dict[Any, Any]:  # noqa: ARG001
    """The choices of a field in the language that is spoken, which only keeps them apart here."""
    return {value: force_str(label, strings_only=True) for value, label in field.flatchoices}


class EditedRow(Row):
    """A row people edit. `version` counts its edits; see policy.edits.save."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Dated(models.Model):
    """Holds from `starts_on` to `ends_on`, both days included; for good if `ends_on` is empty."""

    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Say it before PostgreSQL is asked for a range that ends before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": LAST_BEFORE_FIRST})

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def during(first: dt.date, last: dt.date | None = None) -> Q:
    """Dated rows that hold on at least one day from `first` to `last` (None: for ever)."""
    begun = Q() if last is None else Q(starts_on__lte=last)
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))


def days_of_validity() -> Func:
    """The daterange of a Dated row, for exclusion constraints and lookups."""
    return Func(
        F("starts_on"),
        F("ends_on"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=LAST_BEFORE_FIRST,
    )


def never_twice_at_once(
    *fields: str, name: str, message: Any, condition: Q | None = None
) -> ExclusionConstraint:
    """No two rows with the same `fields` may hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (days_of_validity(), RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
