"""Where briefs and their templates are shown, and what tells their parts apart."""

from __future__ import annotations

from kakehashi.history.kinds import register as record


def register() -> None:
    of_account = {"pk": "account_id"}
    record("briefs.Brief", page="briefs:brief")
    record("briefs.Direction", page="briefs:of-account", by=of_account)
    record("briefs.ResearchNote", page="briefs:of-account", by=of_account, about=("finding",))
    record("briefs.Citation", about=("note_id",))
    record("briefs.Objection", about=("text",))
    record("briefs.Template", page="briefs:template")
