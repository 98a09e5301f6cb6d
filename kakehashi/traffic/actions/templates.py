"""What the agency edits itself: templates of tasks, and the pattern of job numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.traffic import numbering, workback
from kakehashi.traffic.actions.tasks import Everyday
from kakehashi.traffic.models import NumberPattern, Template, TemplateTask
from kakehashi.traffic.workback import Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kakehashi.people.models import Person

MOST = 60


@dataclass(frozen=True)
class Line:
    """One task of a template as it was typed; `after` are the numbers of the lines before it."""

    title: str
    role: str = ""
    days: int = 1
    after: tuple[int, ...] = ()
    title_en: str = ""


@transaction.atomic
def make_template(
    *, name: str, kind: str, lines: Sequence[Line], by: Person, name_en: str = ""
) -> Template:
    """Make a template of tasks for one kind of job."""
    require(by, "traffic.edit_templates", None)
    template = Template(name=one_line(nfkc(name)), name_en=one_line(nfkc(name_en)), kind=kind)
    template.full_clean()
    with spoken(Template):
        template.save(force_insert=True)
    _write(template, lines)
    return template


@transaction.atomic
def edit_template(  # noqa: PLR0913 - what makes a template
    *,
    template: Template,
    version: int,
    name: str,
    name_en: str,
    kind: str,
    lines: Sequence[Line],
    by: Person,
) -> Template:
    """Change a template. Jobs that were made from it stay as they are."""
    require(by, "traffic.edit_templates", None)
    template.name, template.name_en = one_line(nfkc(name)), one_line(nfkc(name_en))
    template.kind = kind
    template.full_clean()
    with spoken(Template):
        edits.save(template, version=version, fields=("name", "name_en", "kind"))
    template.tasks.all().delete()
    _write(template, lines)
    return template


@transaction.atomic
def close_template(*, template: Template, on: dt.date, by: Person) -> Template:
    """Stop offering a template."""
    require(by, "traffic.edit_templates", None)
    template.closed_on = on
    edits.save(template, version=template.version, fields=("closed_on",))
    return template


@transaction.atomic
def set_pattern(*, pattern: str, by: Person, at: dt.datetime) -> NumberPattern:
    """Say what job numbers look like from now on."""
    require(by, "traffic.set_pattern", None)
    written = nfkc(pattern).strip()
    numbering.check(written)
    row = NumberPattern(pattern=written, set_by=by, set_at=at)
    row.full_clean()
    row.save(force_insert=True)
    return row


def _write(template: Template, lines: Sequence[Line]) -> None:
    """Number the lines as they stand; raises where one waits for what is not there, or a circle."""
    if not lines:
        raise ValidationError({"lines": _("A template has at least one task.")})
    if len(lines) > MOST:
        raise ValidationError({"lines": _("A template has at most 60 tasks.")})
    rows = [
        TemplateTask(
            template=template, place=place, title=one_line(nfkc(line.title)), role=line.role,
            title_en=one_line(nfkc(line.title_en)), days=line.days, after=sorted(set(line.after)),
        )
        for place, line in enumerate(lines, start=1)
    ]  # fmt: skip
    _refuse_nonsense(rows)
    for row in rows:
        _clean(row)
    TemplateTask.objects.bulk_create(rows)


def _clean(row: TemplateTask) -> None:
    try:
        row.full_clean(exclude=["template"], validate_constraints=False)
    except ValidationError as error:
        said = [f"{row.place}: {text}" for texts in error.message_dict.values() for text in texts]
        raise ValidationError({"lines": said}) from error


def _refuse_nonsense(rows: Sequence[TemplateTask]) -> None:
    places = {row.place for row in rows}
    for row in rows:
        if missing := sorted(set(row.after) - places):
            words = {"line": row.place, "number": missing[0]}
            said = _("Task %(line)s waits for number %(number)s, which there is not.") % words
            raise ValidationError({"lines": said})
    steps = [Step(row.place, 1, Everyday(), frozenset(row.after)) for row in rows]
    try:
        workback.in_order(steps)
    except workback.Circle as circle:
        raise ValidationError({"lines": _("These tasks would wait for each other.")}) from circle
