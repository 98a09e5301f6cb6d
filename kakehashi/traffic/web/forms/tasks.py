"""Forms of tasks, of the templates they come from, and of the pattern of job numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.web.forms.base import ActionForm, DayField, EditForm, choices
from kakehashi.clients.web.lookups import ColleagueField
from kakehashi.traffic.actions import Line
from kakehashi.traffic.models import Job, Task, Template
from kakehashi.traffic.models.tasks import LONGEST, ROLES
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterator

SPARE = 4
"""Empty lines at the end of a template's form."""


class AfterField(forms.MultipleChoiceField):
    """Tasks of the same job, by checking them."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, tasks: list[Task]) -> None:
        self.tasks = {str(task.pk): task for task in tasks}
        self.choices = [(pk, task.title) for pk, task in self.tasks.items()]

    def clean(self, value: Any) -> list[Task]:
        return [self.tasks[pk] for pk in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        return [str(getattr(one, "pk", one)) for one in value or []]


class TaskFields(ActionForm):
    """What is to be done, by whom, for how long."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=choices(ROLES))
    person = ColleagueField(
        label=_("Who"),
        required=False,
        help_text=_("They see this job, and of the account its name, from now on."),
    )
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=LONGEST, initial=1)
    starts_on = DayField(label=_("Begins"), required=False)
    due_on = DayField(label=_("Ends"), required=False)
    after = AfterField(label=_("Waits for"), required=False)


class AddTaskForm(TaskFields):
    """A new task of a job."""

    def __init__(self, *args: Any, tasks: list[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].offer(tasks)
        if not tasks:
            del self.fields["after"]


class EditTaskForm(EditForm, TaskFields):
    """A task as it stands."""

    def __init__(self, *args: Any, row: Task, tasks: list[Task], **options: Any) -> None:
        self.needs = list(row.waits_for.values_list("needs_id", flat=True))
        super().__init__(*args, row=row, **options)
        self.fields["after"].offer([task for task in tasks if task.pk != row.pk])
        if len(tasks) < 2:  # noqa: PLR2004 - itself and another
            del self.fields["after"]

    def standing_of(self, row: Task) -> dict[str, Any]:
        names = ("title", "role", "person", "days", "starts_on", "due_on")
        standing = {"version": row.version, **{name: getattr(row, name) for name in names}}
        return {**standing, "after": self.needs}


class TemplateChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{reader_name(obj)} ({obj.get_kind_display()})"


class UseTemplateForm(ActionForm):
    """Which template a job's tasks come from."""

    template = TemplateChoice(Template.objects.none(), label=_("Template"))

    def __init__(self, *args: Any, job: Job, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Template.objects.filter(closed_on=None).order_by("name", "pk")
        self.fields["template"].queryset = rows
        self.initial["template"] = rows.filter(kind=job.kind).first()


class TemplateForm(ActionForm):
    """A template: its name, its kind, and its tasks line by line, as many as there are."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind of job"), choices=Job.Kind)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    PARTS = ("title", "title_en", "role", "days", "after")

    def __init__(self, *args: Any, template: Template | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template = template
        standing = list(template.tasks.order_by("place")) if template else []
        if template is not None:
            self.initial = {
                "name": template.name, "name_en": template.name_en, "kind": template.kind,
                "version": template.version,
            }  # fmt: skip
        sent = sum(name.startswith("title-") for name in self.data)
        for place in range(1, max(len(standing) + SPARE, sent) + 1):
            self._add_line(place, standing[place - 1] if place <= len(standing) else None)

    def _add_line(self, place: int, row: Any) -> None:
        numbers = ", ".join(map(str, row.after)) if row else ""
        words = {"n": place}
        self.fields |= {
            f"title-{place}": forms.CharField(
                label=_("Task %(n)s") % words, max_length=200, required=False,
                initial=row.title if row else "",
            ),
            f"title_en-{place}": forms.CharField(
                label=_("Task %(n)s in English") % words, max_length=200, required=False,
                initial=row.title_en if row else "",
            ),
            f"role-{place}": forms.ChoiceField(
                label=_("Role of task %(n)s") % words, choices=choices(ROLES), required=False,
                initial=row.role if row else "",
            ),
            f"days-{place}": forms.IntegerField(
                label=_("Working days of task %(n)s") % words, min_value=1, max_value=LONGEST,
                required=False, initial=row.days if row else 1,
            ),
            f"after-{place}": NumbersField(
                label=_("What task %(n)s waits for") % words, required=False, initial=numbers
            ),
        }  # fmt: skip

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """For the page: the fields of each line."""
        places = [int(name.partition("-")[2]) for name in self.fields if name.startswith("title-")]
        for place in places:
            yield place, [self[f"{part}-{place}"] for part in self.PARTS]

    def heads(self) -> list[Any]:
        return [self[name] for name in ("name", "name_en", "kind")]

    def lines(self) -> list[Line]:
        """What was typed, without lines that were left empty."""
        data = self.cleaned_data
        return [
            Line(
                title=data[f"title-{place}"],
                title_en=data[f"title_en-{place}"],
                role=data[f"role-{place}"],
                days=data[f"days-{place}"] or 1,
                after=tuple(data[f"after-{place}"]),
            )
            for place, _fields in self.rows()
            if data.get(f"title-{place}")
        ]


class NumbersField(forms.CharField):
    """Numbers of lines, with commas between them."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value).replace("、", ",").replace("，", ",")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(_("Write numbers of tasks, with commas between them."))
        return [int(part) for part in parts]


class PatternForm(ActionForm):
    """What job numbers look like."""

    pattern = forms.CharField(
        label=_("Pattern"),
        max_length=80,
        help_text=_(
            "{account} is the account's code, {year} 26, {fullyear} 2026, {number:03} 014. "
            "Numbers that were given stay."
        ),
    )
