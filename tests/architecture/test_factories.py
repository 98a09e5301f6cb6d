"""Every model has a factory, or a reason why tests make its rows otherwise."""

from __future__ import annotations

import inspect
import re

from django.apps import apps

from tests import factories

DERIVED = "kept by triggers from other rows"
BY_ACTION = "made by the package's own action, which tests call"
WITHOUT = {
    "api.Feed": BY_ACTION,
    "approvals.Circulation": BY_ACTION,
    "approvals.Decision": BY_ACTION,
    "approvals.Step": BY_ACTION,
    "approvals.TakenBack": BY_ACTION,
    "briefs.Brief": BY_ACTION,
    "briefs.BriefVersion": BY_ACTION,
    "briefs.Citation": BY_ACTION,
    "briefs.Direction": BY_ACTION,
    "briefs.InternalComment": BY_ACTION,
    "briefs.Objection": BY_ACTION,
    "briefs.ResearchNote": BY_ACTION,
    "briefs.Section": BY_ACTION,
    "briefs.SharedComment": BY_ACTION,
    "briefs.Template": BY_ACTION,
    "briefs.TemplateSection": BY_ACTION,
    "clients.AccountBrand": BY_ACTION,
    "clients.CompanyName": BY_ACTION,
    "clients.Handover": BY_ACTION,
    "clients.HandoverConfirmation": BY_ACTION,
    "clients.StatusChange": BY_ACTION,
    "conflicts.Attempt": "written by the middleware, for every page that was not there",
    "conflicts.Behind": DERIVED,
    "conflicts.CategoryLink": BY_ACTION,
    "conflicts.CategoryPair": BY_ACTION,
    "conflicts.CategoryWord": BY_ACTION,
    "conflicts.Check": BY_ACTION,
    "conflicts.ConsentRequest": BY_ACTION,
    "conflicts.Decision": BY_ACTION,
    "conflicts.Exemption": BY_ACTION,
    "conflicts.Hit": BY_ACTION,
    "conflicts.MediaAdjacency": BY_ACTION,
    "conflicts.Recheck": "how far a task is, written by it",
    "conflicts.SeatPermit": BY_ACTION,
    "conflicts.Member": DERIVED,
    "conflicts.Policy": BY_ACTION,
    "conflicts.Receipt": BY_ACTION,
    "conflicts.Side": BY_ACTION,
    "conflicts.SideRule": BY_ACTION,
    "conflicts.Told": BY_ACTION,
    "conflicts.WallNotice": BY_ACTION,
    "handoffs.Desk": BY_ACTION,
    "handoffs.Handoff": BY_ACTION,
    "handoffs.Keeper": BY_ACTION,
    "handoffs.Reminder": BY_ACTION,
    "imports.ExportRun": BY_ACTION,
    "imports.ImportProblem": BY_ACTION,
    "imports.ImportRun": BY_ACTION,
    "imports.Mapping": BY_ACTION,
    "imports.Upload": BY_ACTION,
    "notify.Bounce": BY_ACTION,
    "notify.Mail": BY_ACTION,
    "notify.Notification": BY_ACTION,
    "notify.Preference": BY_ACTION,
    "people.Absence": BY_ACTION,
    "people.DayOff": BY_ACTION,
    "people.Departure": BY_ACTION,
    "people.OfficeHours": BY_ACTION,
    "people.WorkingPattern": BY_ACTION,
    "money.CalendarCost": DERIVED,
    "money.CalendarSum": DERIVED,
    "money.MonthCost": DERIVED,
    "money.MonthSum": DERIVED,
    "money.Tally": BY_ACTION,
    "money.Target": BY_ACTION,
    "money.YearKept": DERIVED,
    "money.YearSum": DERIVED,
    "policy.AccountAbove": DERIVED,
    "policy.Change": DERIVED,
    "policy.Denied": DERIVED,
    "policy.OfficeAbove": DERIVED,
    "policy.Overview": DERIVED,
    "policy.Sight": DERIVED,
    "policy.Stated": "written by `migrate`",
    "policy.Superior": DERIVED,
    "requests.ClientRequest": BY_ACTION,
    "requests.Entry": BY_ACTION,
    "requests.File": BY_ACTION,
    "requests.FileBytes": BY_ACTION,
    "requests.Mail": BY_ACTION,
    "requests.Note": BY_ACTION,
    "search.Entry": DERIVED,
    "search.Pin": BY_ACTION,
    "search.Visit": BY_ACTION,
    "traffic.ChangeRequest": BY_ACTION,
    "traffic.Dependency": BY_ACTION,
    "traffic.JobCount": BY_ACTION,
    "traffic.NumberPattern": BY_ACTION,
    "traffic.Review": BY_ACTION,
    "traffic.StateChange": BY_ACTION,
    "traffic.Task": BY_ACTION,
    "traffic.Template": BY_ACTION,
    "traffic.TemplateTask": BY_ACTION,
}
MAKES = re.compile(r"\b(\w+)\.objects\.(?:create|create_user|get_or_create)\(")


def test_every_model_has_a_factory_or_a_reason():
    made = set(MAKES.findall(inspect.getsource(factories)))
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("kakehashi.")}
    without = {label for label in ours if label.split(".")[1] not in made}

    assert without == set(WITHOUT)
