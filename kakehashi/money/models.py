"""Revenue by account and month; what it cost stands in a table of its own.

What pages add up, and what lists are sorted by, is added up beforehand: see `MonthSum`,
`CalendarSum`, `YearSum`.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.base.periods import Months
from kakehashi.clients.models import Account, Company
from kakehashi.people.models import Office, Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.rows import EditedRow, Row


class Revenue(models.Model):
    """What one service line of an account brought in a month, in one currency."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="revenue", db_index=False)
    month = models.DateField(_("Month"))
    service_line = models.CharField(_("Service line"), max_length=80)
    currency = models.CharField(_("Currency"), max_length=3)
    billings = models.DecimalField(_("Billings"), max_digits=18, decimal_places=4, default=0)
    net_revenue = models.DecimalField(_("Net revenue"), max_digits=18, decimal_places=4, default=0)

    said_at: ClassVar = {"money_revenue_first_of_month": "month"}

    class Meta:
        verbose_name = _("revenue")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "month", "service_line", "currency"], name="money_revenue_once"
            ),
            models.UniqueConstraint(fields=["account", "id"], name="money_revenue_of_account"),
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="money_revenue_first_of_month",
                violation_error_message=_("A month is written as its first day."),
            ),
        ]


class RevenueCost(models.Model):
    """What a line of revenue cost. Who sees the account does not thereby see its margin."""

    revenue = models.OneToOneField(
        Revenue, models.CASCADE, primary_key=True, db_constraint=False, related_name="cost_row"
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    cost = models.DecimalField(_("Cost"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("cost")
        constraints: ClassVar = [
            SameAccount(field="revenue", name="money_cost_same_account"),
        ]


class MonthSum(models.Model):
    """What an account brought in a month in one currency, kept by PostgreSQL.

    Every change of revenue changes them in its own transaction; a month whose lines are gone is
    nothing. See policy/sql/money.sql.
    """

    pk = models.CompositePrimaryKey("account_id", "currency", "month")
    account = models.ForeignKey(Account, models.PROTECT, related_name="month_sums", db_index=False)
    currency = models.CharField(max_length=3)
    month = models.DateField()
    billings = models.DecimalField(max_digits=20, decimal_places=4)
    net_revenue = models.DecimalField(max_digits=20, decimal_places=4)


class MonthCost(models.Model):
    """What those lines of a month cost whose cost is known, and what they brought."""

    pk = models.CompositePrimaryKey("account_id", "currency", "month")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    month = models.DateField()
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    net_revenue = models.DecimalField(max_digits=20, decimal_places=4)


class CalendarSum(models.Model):
    """What an account brought in each month of a calendar year in one currency, kept by PostgreSQL.

    Portfolios of very many accounts read these: a row holds what is else in twelve. Its columns are
    `billings_1` to `billings_12` and `net_revenue_1` to `net_revenue_12`.
    """

    pk = models.CompositePrimaryKey("account_id", "currency", "year")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    year = models.SmallIntegerField()


class CalendarCost(models.Model):
    """The months of `MonthCost` by calendar year: `cost_1` and on, `net_revenue_1` and on."""

    pk = models.CompositePrimaryKey("account_id", "currency", "year")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    year = models.SmallIntegerField()


def _add_months(model: type[models.Model], *columns: str) -> None:
    for column in columns:
        for month in range(1, 13):
            field = models.DecimalField(max_digits=20, decimal_places=4)
            model.add_to_class(f"{column}_{month}", field)


_add_months(CalendarSum, "billings", "net_revenue")
_add_months(CalendarCost, "cost", "net_revenue")


class YearKept(models.Model):
    """Twelve months, named by the last of them, whose sums are kept: all of them or none."""

    last = models.DateField(primary_key=True)


class YearSum(models.Model):
    """What an account brought in twelve months in one currency, kept by PostgreSQL.

    Every change of a month changes the sums of the years that are kept, in its own transaction; of
    what is not in a table, the sum is nothing. See policy/sql/money.sql.
    """

    pk = models.CompositePrimaryKey("account_id", "currency", "last")
    account = models.ForeignKey(Account, models.PROTECT, related_name="year_sums", db_index=False)
    currency = models.CharField(max_length=3)
    last = models.DateField()
    net_revenue = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                F("last"), F("currency"), F("net_revenue").desc(), F("account"),
                name="money_yearsum_largest",
            )
        ]  # fmt: skip


def _only_one_of(*names: str) -> Q:
    """Exactly one of some fields says something."""
    return reduce(or_, (Q(**{f"{name}__isnull": name != one for name in names}) for one in names))


class Target(EditedRow):
    """What an account, a client family, an office or a person is to bring in some months.

    An account counts with those below it, a company with the companies below it.
    """

    class Measure(models.TextChoices):
        NET_REVENUE = "net_revenue", _("Net revenue")
        BILLINGS = "billings", _("Billings")

    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Account")
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Client family"),
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Office")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    first = models.DateField(_("From month"))
    last = models.DateField(_("To month"))
    measure = models.CharField(_("Measured by"), max_length=11, choices=Measure)
    currency = models.CharField(_("Currency"), max_length=3)
    amount = models.DecimalField(_("Target"), max_digits=18, decimal_places=4)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Set by"))
    set_at = models.DateTimeField(_("Set at"))
    dropped_at = models.DateTimeField(_("Dropped at"), null=True, blank=True)

    said_at: ClassVar = {
        "money_target_months": "last",
        "money_target_of_something": "amount",
    }

    class Meta:
        verbose_name = _("target")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_only_one_of("account", "company", "office", "person"),
                name="money_target_of_one",
            ),
            models.CheckConstraint(
                condition=Q(first__day=1, last__day=1, first__lte=F("last")),
                name="money_target_months",
                violation_error_message=_("The last month lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="money_target_of_something",
                violation_error_message=_("A target is more than nothing."),
            ),
            models.UniqueConstraint(
                fields=[
                    *("account", "company", "office", "person"),
                    *("first", "last", "measure", "currency"),
                ],
                condition=Q(dropped_at__isnull=True),
                nulls_distinct=False,
                name="money_target_once",
                violation_error_message=_("There is a target for these months already: change it."),
            ),
        ]

    @property
    def of(self) -> Account | Company | Office | Person:
        """Whose target it is."""
        whose = self.account or self.company or self.office or self.person
        assert whose is not None  # a constraint says so
        return whose

    @property
    def months(self) -> Months:
        return Months(self.first, self.last)


class Tally(Row):
    """A portfolio of very many accounts, added up for one reader while they do something else.

    `question` is how an address asks for it, `sight` what its reader saw when it was added up: it
    is shown only while they see the same.
    """

    class Form(models.TextChoices):
        PAGE = "page"
        WORKBOOK = "xlsx"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    form = models.CharField(max_length=4, choices=Form)
    question = models.CharField(max_length=400)
    day = models.DateField()
    sight = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    found = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    file = models.BinaryField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("added-up portfolio")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "form", "question"], name="money_tally_once")
        ]

    @property
    def is_ready(self) -> bool:
        return self.finished_at is not None and not self.error
