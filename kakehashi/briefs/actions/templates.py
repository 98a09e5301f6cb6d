"""The agency's templates: what each kind of work is briefed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from kakehashi.base.text import one_line
from kakehashi.briefs.models import Template, TemplateSection
from kakehashi.briefs.usual import USUAL
from kakehashi.policy import edits
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt
    from typing import Unpack

    from kakehashi.people.models import Person


class Asked(TypedDict):
    """What a section of a template asks."""

    position: int
    topic: str
    heading: str
    heading_en: str
    question: str
    question_en: str


@transaction.atomic
def make_template(
    *, kind: str, name: str, by: Person, name_en: str = "", like: Template | None = None
) -> Template:
    """A template for a kind of work, with the sections of another or with none yet."""
    require(by, "briefs.edit_templates", None)
    template = Template(kind=kind, name=one_line(name), name_en=one_line(name_en))
    template.full_clean()
    template.save(force_insert=True)
    for section in like.sections.all() if like else ():
        _made(
            template,
            position=section.position,
            topic=section.topic,
            heading=section.heading,
            heading_en=section.heading_en,
            question=section.question,
            question_en=section.question_en,
        )
    return template


@transaction.atomic
def begin_with_usual(*, by: Person) -> list[Template]:
    """The client brief by its eight headings, the creative brief by its five questions."""
    made = []
    for kind, name, name_en, asked in USUAL:
        template = make_template(kind=kind, name=name, name_en=name_en, by=by)
        for position, section in enumerate(asked, start=1):
            _made(template, position=position, **section._asdict())
        made.append(template)
    return made


@transaction.atomic
def add_section(*, template: Template, by: Person, **asked: Unpack[Asked]) -> TemplateSection:
    """Ask for one thing more in briefs begun from now on."""
    require(by, "briefs.edit_templates", None)
    return _made(template, **asked)


@transaction.atomic
def edit_section(
    *, section: TemplateSection, version: int, by: Person, **asked: Unpack[Asked]
) -> TemplateSection:
    """Ask otherwise, or at another place."""
    require(by, "briefs.edit_templates", None)
    for name, value in asked.items():
        setattr(section, name, value)
    section.full_clean()
    edits.save(section, version=version, fields=list(asked))
    return section


@transaction.atomic
def remove_section(*, section: TemplateSection, by: Person) -> None:
    """Ask for it no longer; briefs that were begun keep it."""
    require(by, "briefs.edit_templates", None)
    section.delete()


@transaction.atomic
def retire_template(*, template: Template, by: Person, at: dt.datetime) -> Template:
    """Nobody begins a brief from it any more."""
    require(by, "briefs.retire_template", template)
    template.retired_at = at
    edits.save(template, version=template.version, fields=["retired_at"])
    return template


def _made(template: Template, **asked: Unpack[Asked]) -> TemplateSection:
    section = TemplateSection(template=template, **asked)
    section.full_clean()
    section.save(force_insert=True)
    return section
