"""The role codes of account service and of the departments behind it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleCode(models.TextChoices):
    COORDINATOR = "coordinator", _("Account coordinator")
    ACCOUNT_EXECUTIVE = "account_executive", _("Account executive")
    ACCOUNT_SUPERVISOR = "account_supervisor", _("Account supervisor")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    KEY_ACCOUNT_MANAGER = "key_account_manager", _("Key account manager")
    ACCOUNT_PLANNER = "account_planner", _("Account planner")
    ACCOUNT_DIRECTOR = "account_director", _("Account director")
    GROUP_ACCOUNT_DIRECTOR = "group_account_director", _("Group account director")
    AGENCY_DIRECTOR = "agency_director", _("Agency director")
    GLOBAL_ACCOUNT_MANAGER = "global_account_manager", _("Global account manager")
    NATIONAL_ACCOUNT_MANAGER = "national_account_manager", _("National account manager")
    TRAFFIC = "traffic", _("Traffic")
    CREATIVE = "creative", _("Creative")
    CREATIVE_DIRECTOR = "creative_director", _("Creative director")
    MEDIA = "media", _("Media")
    PRODUCTION = "production", _("Production")
    FINANCE = "finance", _("Finance")
    CONFLICTS_OFFICER = "conflicts_officer", _("Conflicts officer")
    ADMINISTRATOR = "administrator", _("Administrator")


LINE = frozenset(
    {RoleCode.ACCOUNT_DIRECTOR, RoleCode.GROUP_ACCOUNT_DIRECTOR, RoleCode.AGENCY_DIRECTOR}
)
FUNCTIONS = frozenset(
    {RoleCode.FINANCE, RoleCode.TRAFFIC, RoleCode.CONFLICTS_OFFICER, RoleCode.ADMINISTRATOR}
)
SEES_COST = LINE | {RoleCode.FINANCE}
