"""People, where they work, what for, and to whom they report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import (
    Dated,
    EditedRow,
    Row,
    ends_after_it_starts,
    never_twice_at_once,
)

if TYPE_CHECKING:
    import datetime as dt


class Office(EditedRow):
    """A unit of the agency, at any height of its tree: agency, country … department, team."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        DISTRICT = "district", _("District")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")

    code = models.CharField(_("Office code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )
    kind = models.CharField(_("Kind of office"), max_length=12, choices=Kind)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    timezone = models.CharField(_("Time zone"), max_length=64, default="Asia/Tokyo")
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("office")

    def __str__(self) -> str:
        return self.name

    def is_closed_on(self, day: dt.date) -> bool:
        return self.closed_on is not None and self.closed_on < day


class Person(EditedRow):
    """Any human: ours, a client's, a supplier's."""

    class Side(models.TextChoices):
        OURS = "ours", _("Ours")
        CLIENT = "client", _("Client")
        SUPPLIER = "supplier", _("Supplier")

    class Language(models.TextChoices):
        JA = "ja", _("Japanese")
        EN = "en", _("English")

    side = models.CharField(_("Side"), max_length=8, choices=Side, default=Side.OURS)
    handle = models.CharField(
        pgettext_lazy("name one signs in with", "Login"),
        max_length=150,
        unique=True,
        null=True,
        blank=True,
    )
    name = models.CharField(_("Name"), max_length=200)
    name_kana = models.CharField(_("Reading"), max_length=200, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.JA)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        indexes: ClassVar = [models.Index(F("email"), name="people_person_email")]

    def __str__(self) -> str:
        if self.anonymised_at is None:
            return self.name
        if self.is_ours:
            return gettext("former colleague")
        return gettext("former contact")

    @property
    def is_ours(self) -> bool:
        return self.side == self.Side.OURS


class LoginManager(BaseUserManager["Login"]):
    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> Login:
        login = self.model(username=username, email=self.normalize_email(email), **fields)
        login.set_password(password)
        login.save(using=self._db)
        return login


class Login(AbstractBaseUser):
    """What somebody signs in with. Credentials: no role that serves pages can read this table."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["email"]

    username = models.CharField(
        pgettext_lazy("name one signs in with", "Login"), max_length=150, unique=True
    )
    email = models.EmailField(_("E-mail"), blank=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="login_row")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[LoginManager] = LoginManager()

    is_staff = is_superuser = False

    def has_perm(self, _permission: str, _thing: object = None) -> bool:
        return False

    def has_module_perms(self, _app: str) -> bool:
        return False


class Employment(EditedRow, Dated):
    """Makes a person staff: where, under which title, at which rank. Rank orders, titles do not."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="employments", verbose_name=_("Office")
    )
    title = models.CharField(_("Title"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("Rank"), default=0)

    class Meta:
        verbose_name = _("employment")
        constraints: ClassVar = [
            ends_after_it_starts("people_employment_dates"),
            never_twice_at_once(
                "person",
                "office",
                name="people_employment_once",
                message=_("This person already works in this office at that time."),
            ),
        ]


class ReportingLine(EditedRow, Dated):
    """Who reports to whom. One solid line at a time; any number of dotted ones."""

    class Kind(models.TextChoices):
        SOLID = "solid", _("Solid line")
        DOTTED = "dotted", _("Dotted line")

    person = models.ForeignKey(Person, models.PROTECT, related_name="lines_up")
    superior = models.ForeignKey(Person, models.PROTECT, related_name="lines_down")
    kind = models.CharField(_("Line"), max_length=6, choices=Kind, default=Kind.SOLID)

    said_at: ClassVar = {"people_line_not_to_oneself": "superior"}

    class Meta:
        verbose_name = _("reporting line")
        constraints: ClassVar = [
            ends_after_it_starts("people_line_dates"),
            models.CheckConstraint(
                condition=~Q(person=F("superior")),
                name="people_line_not_to_oneself",
                violation_error_message=_("Nobody reports to themselves."),
            ),
            never_twice_at_once(
                "person",
                name="people_line_one_solid",
                condition=Q(kind="solid"),
                message=_("This person already has a solid reporting line at that time."),
            ),
            never_twice_at_once(
                "person",
                "superior",
                "kind",
                name="people_line_once",
                message=_("This reporting line already exists at that time."),
            ),
        ]


class Role(EditedRow, Dated):
    """What a person does in an office and all below it, from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(_("Role"), max_length=24, choices=RoleCode)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="roles", verbose_name=_("Office")
    )

    class Meta:
        verbose_name = _("role")
        constraints: ClassVar = [
            ends_after_it_starts("people_role_dates"),
            never_twice_at_once(
                "person",
                "role",
                "office",
                name="people_role_once",
                message=_("This person already has this role there at that time."),
            ),
        ]


class Absence(EditedRow, Dated):
    """Days on which a person is away, and who stands in for them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises",
        verbose_name=_("Deputy"),
    )

    said_at: ClassVar = {
        "people_absence_ends": "ends_on",
        "people_absence_other_deputy": "deputy",
    }

    class Meta:
        verbose_name = _("absence")
        constraints: ClassVar = [
            ends_after_it_starts("people_absence_dates"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False),
                name="people_absence_ends",
                violation_error_message=_("Say on which day the absence ends."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="people_absence_other_deputy",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            never_twice_at_once(
                "person",
                name="people_absence_once",
                message=_("This person is already away on some of these days."),
            ),
        ]


class Departure(Row):
    """That somebody left, and when. Written once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="departures")
    on = models.DateField(_("Last day"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("departure")
