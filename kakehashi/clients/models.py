"""Companies as registers know them, and accounts: the relationships we serve."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.people.models import Office, Person
from kakehashi.policy.constraints import SameAccount
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import (
    Dated,
    EditedRow,
    Row,
    ends_after_it_starts,
    never_twice_at_once,
)


class Company(EditedRow):
    """A legal entity as public registers know it. Never says that we deal with it."""

    code = models.CharField(_("Company code"), max_length=40, unique=True, null=True, blank=True)
    corporate_number = models.CharField(
        _("Corporate number"), max_length=13, unique=True, null=True, blank=True
    )
    lei = models.CharField(_("LEI"), max_length=20, unique=True, null=True, blank=True)
    registration_number = models.CharField(
        _("Invoice registration number"), max_length=14, blank=True
    )
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=300)
    name_kana = models.CharField(_("Reading"), max_length=300, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=300, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=300, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Parent company"),
    )
    country = models.CharField(_("Country"), max_length=2, blank=True)
    address = models.CharField(_("Address"), max_length=500, blank=True)
    industry = models.CharField(_("Industry"), max_length=120, blank=True)
    fiscal_year_end = models.CharField(_("Fiscal year end"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("company")
        indexes: ClassVar = [models.Index(F("sort_key"), F("id"), name="clients_company_order")]

    def __str__(self) -> str:
        return self.name


class CompanyName(Row):
    """Another name a company is or was known by."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("Alias")
        FORMER = "former", _("Former name")

    company = models.ForeignKey(Company, models.CASCADE, related_name="names")
    kind = models.CharField(_("Kind of name"), max_length=6, choices=Kind, default=Kind.ALIAS)
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    until = models.DateField(_("Until"), null=True, blank=True)

    said_at: ClassVar = {"clients_companyname_once": "name"}

    class Meta:
        verbose_name = _("other name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "kind", "name"],
                name="clients_companyname_once",
                violation_error_message=_("The company already has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Brand(EditedRow):
    """What is advertised. Belongs to a company."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="brands")
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=200)
    name_kana = models.CharField(_("Reading"), max_length=200, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    folded = models.CharField(max_length=200, editable=False)
    categories = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("Categories")
    )
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("Countries")
    )

    said_at: ClassVar = {"clients_brand_once": "name"}

    class Meta:
        verbose_name = _("brand")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "folded"],
                name="clients_brand_once",
                violation_error_message=_("The company already has a brand of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Account(EditedRow):
    """A relationship we serve: the unit of seats, walls and money. They form a tree."""

    class Status(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        ACTIVE = "active", _("Active")
        DORMANT = "dormant", _("Dormant")
        LOST = "lost", _("Lost")

    class Level(models.TextChoices):
        GLOBAL = "global", _("Global")
        REGIONAL = "regional", _("Regional")
        NATIONAL = "national", _("National")
        BRAND = "brand", _("Brand")

    code = models.CharField(_("Account code"), max_length=40, unique=True)
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="accounts", verbose_name=_("Company")
    )
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=200)
    name_kana = models.CharField(_("Reading"), max_length=200, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Account above"),
    )
    level = models.CharField(_("Level"), max_length=8, choices=Level, default=Level.NATIONAL)
    status = models.CharField(_("Status"), max_length=8, choices=Status, default=Status.PROSPECT)
    lead_office = models.ForeignKey(
        Office, models.PROTECT, related_name="accounts", verbose_name=_("Lead office")
    )
    categories = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("Categories")
    )
    starts_on = models.DateField(_("Client since"), null=True, blank=True)

    class Meta:
        verbose_name = _("account")
        indexes: ClassVar = [
            models.Index(F("sort_key"), F("id"), name="clients_account_order"),
            models.Index(F("status"), F("sort_key"), F("id"), name="clients_account_by_status"),
        ]

    def __str__(self) -> str:
        return self.name


class StatusChange(Row):
    """When and why an account became prospect, active, dormant or lost. Written once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="status_changes")
    status = models.CharField(_("Status"), max_length=8, choices=Account.Status)
    on = models.DateField(_("On"))
    reason = models.TextField(_("Reason"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("status change")
        indexes: ClassVar = [
            models.Index(F("account"), F("on"), name="clients_statuschange_by_day")
        ]


class AccountBrand(EditedRow, Dated):
    """That an account handles a brand. Walled, as the brand itself is not."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="account_brands")
    brand = models.ForeignKey(
        Brand, models.PROTECT, related_name="account_brands", verbose_name=_("Brand")
    )

    class Meta:
        verbose_name = _("brand handled")
        constraints: ClassVar = [
            ends_after_it_starts("clients_accountbrand_dates"),
            never_twice_at_once(
                "account",
                "brand",
                name="clients_accountbrand_once",
                message=_("The account already handles this brand at that time."),
            ),
        ]


class Contact(EditedRow):
    """A client's person on one account: one row for each account they deal with us on."""

    class BuyingRole(models.TextChoices):
        INITIATOR = "initiator", _("Initiator")
        USER = "user", _("User")
        INFLUENCER = "influencer", _("Influencer")
        DECIDER = "decider", _("Decider")
        APPROVER = "approver", _("Approver")
        BUYER = "buyer", _("Buyer")
        GATEKEEPER = "gatekeeper", _("Gatekeeper")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        MEETING = "meeting", _("In person")
        PORTAL = "portal", _("Portal")

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    title = models.CharField(_("Title"), max_length=120, blank=True)
    department = models.CharField(_("Department"), max_length=120, blank=True)
    buying_role = models.CharField(
        _("Role in buying"), max_length=10, choices=BuyingRole, blank=True
    )
    reports_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="reports",
        verbose_name=_("Reports to"),
    )
    channel = models.CharField(_("Prefers"), max_length=8, choices=Channel, blank=True)
    preferences = models.CharField(_("How to deal with them"), max_length=500, blank=True)
    portal = models.BooleanField(_("May use the portal"), default=False)
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_on = models.DateField(_("Left on"), null=True, blank=True)

    said_at: ClassVar = {
        "clients_contact_once": "person",
        "clients_contact_not_to_oneself": "reports_to",
    }

    class Meta:
        verbose_name = _("contact")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="clients_contact_of_account"),
            models.UniqueConstraint(
                fields=["account", "person"],
                name="clients_contact_once",
                violation_error_message=_("This person is already a contact of the account."),
            ),
            SameAccount(field="reports_to", name="clients_contact_reports_same_account"),
            models.CheckConstraint(
                condition=~Q(reports_to=F("id")),
                name="clients_contact_not_to_oneself",
                violation_error_message=_("Nobody reports to themselves."),
            ),
        ]


class Seat(EditedRow, Dated):
    """A person serves an account in a role. One lead for each account and role at a time."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="seats", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="seats", verbose_name=_("Person")
    )
    role = models.CharField(_("Role"), max_length=24, choices=RoleCode)
    lead = models.BooleanField(_("Lead"), default=False)
    share = models.DecimalField(
        _("Share of working time"), max_digits=4, decimal_places=3, null=True, blank=True
    )

    said_at: ClassVar = {"clients_seat_share": "share"}

    class Meta:
        verbose_name = _("seat")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="clients_seat_of_account"),
            ends_after_it_starts("clients_seat_dates"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1),
                name="clients_seat_share",
                violation_error_message=_("A share lies between none and all of somebody's time."),
            ),
            never_twice_at_once(
                "account",
                "person",
                "role",
                name="clients_seat_once",
                message=_("This person already has this seat at that time."),
            ),
            never_twice_at_once(
                "account",
                "role",
                name="clients_seat_one_lead",
                condition=Q(lead=True),
                message=_("Somebody else leads this account in this role at that time."),
            ),
        ]


class Fact(EditedRow):
    """One thing we know of the client's business, with where it comes from and as of when."""

    class Topic(models.TextChoices):
        PRODUCT = "product", _("Products")
        MARKET = "market", _("Market")
        RIVAL = "rival", _("Rivals")
        CALENDAR = "calendar", _("The client's year")
        WORKING = "working", _("How this client works")
        PEOPLE = "people", _("People and routes")

    account = models.ForeignKey(Account, models.CASCADE, related_name="facts")
    topic = models.CharField(_("Topic"), max_length=8, choices=Topic)
    text = models.TextField(_("What we know"))
    source = models.CharField(_("Source"), max_length=300)
    as_of = models.DateField(_("As of"))
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("fact")
        indexes: ClassVar = [models.Index(F("account"), F("topic"), name="clients_fact_by_topic")]


class Handover(EditedRow):
    """A seat is to move to another person on a day. It does once both have confirmed the sheet."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="handovers", db_index=False)
    seat = models.ForeignKey(Seat, models.PROTECT, db_constraint=False, related_name="handovers")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="handovers_given")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="handovers_received")
    on = models.DateField(_("First day of the receiver"))
    sheet = models.JSONField(editable=False)
    note = models.TextField(_("What the receiver should know"), blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    said_at: ClassVar = {"clients_handover_to_somebody_else": "receiver"}

    class Meta:
        verbose_name = _("handover")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "id"], name="clients_handover_of_account"),
            SameAccount(field="seat", name="clients_handover_seat_same_account"),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(moved_at__isnull=True, withdrawn_at__isnull=True),
                name="clients_handover_one_open",
                violation_error_message=_("This seat is already being handed over."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")),
                name="clients_handover_to_somebody_else",
                violation_error_message=_("Choose somebody else to receive the seat."),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.moved_at is None and self.withdrawn_at is None


class HandoverConfirmation(Row):
    """One side has read the sheet and agrees. Written once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    handover = models.ForeignKey(
        Handover, models.CASCADE, db_constraint=False, related_name="confirmations"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation")
        constraints: ClassVar = [
            SameAccount(field="handover", name="clients_confirmation_same_account"),
            models.UniqueConstraint(
                fields=["handover", "by"],
                name="clients_confirmation_once",
                violation_error_message=_("You have confirmed already."),
            ),
        ]
