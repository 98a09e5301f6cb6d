"""A version of a brief on paper: exactly its words, with the digest and who approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.approvals import rules
from kakehashi.briefs import queries, rendering
from kakehashi.documents.rendering import pdf
from kakehashi.ui.formats import date_text, reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.approvals.models import Circulation
    from kakehashi.briefs.models import BriefVersion


class NotAsWritten(RuntimeError):
    """A version is not what its digest says: somebody reached around the program."""


def printed(version: BriefVersion) -> bytes:
    """The PDF of a version in the brief's language. Raises NotAsWritten rather than print it."""
    if not rendering.is_intact(version):
        raise NotAsWritten(f"version {version.pk} is not what was approved")
    content = version.content
    with translation.override(content["language"]):
        words: dict[str, Any] = {
            "language": content["language"],
            "kind": content["kind"],
            "title": content["title"],
            "author": _("Kakehashi"),
            "facts": [
                {"label": _("Account"), "text": content["account"]},
                {"label": _("Kind of work"), "text": content["work"]},
                {"label": _("Version"), "text": str(version.number)},
                {"label": _("Date"), "text": date_text(version.made_at.date(), "long")},
            ],
            "sections": content["sections"],
            "empty": _("not filled in"),
            "footer": f"{content['title']} · {queries.version_name(version)}",
            "digest": f"SHA-256 {version.digest}",
            "signed": list(_signed(version)),
            "signed_heading": _("Approved"),
        }
    return pdf("sheet", words, dated=version.made_at)


def _signed(version: BriefVersion) -> Iterator[dict[str, str]]:
    """Who decided on this very version, as far as the reader sees it."""
    for circulation in reversed(queries.of_version(version)):
        yield from _decisions(circulation)


def _decisions(circulation: Circulation) -> Iterator[dict[str, str]]:
    for step in circulation.steps.all():
        decision = rules.decision_on(step)
        if decision is not None:
            yield {
                "who": reader_name(decision.decided_by),
                "what": str(decision.get_verdict_display()),
                "at": date_text(decision.at, "long"),
            }
