"""Forms of files: what to upload, and which column of it is which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.base.errors import Unreadable
from kakehashi.imports.layouts import lay_out
from kakehashi.imports.maps import FileMap
from kakehashi.imports.reading import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

    from kakehashi.imports.columns import Column
    from kakehashi.imports.models import Upload

DAY_FORMS = [
    ("", gettext_lazy("As usual")),
    ("%d/%m/%Y", "31/12/2025"),
    ("%m/%d/%Y", "12/31/2025"),
    ("%d-%m-%Y", "31-12-2025"),
    ("%d.%m.%Y", "31.12.2025"),
    ("%d-%m-%y", "31-12-25"),
    ("%d/%m/%y", "31/12/25"),
]


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            most = limits.FILE_BYTES // limits.MEGABYTE
            raise forms.ValidationError(
                _("At most %(most)s MB are read. Send the file in parts.") % {"most": most}
            )
        return file


class ColumnsForm(forms.Form):
    """For each of our columns a heading of the file, or one value for every row."""

    def __init__(self, *args: Any, upload: Upload, known: FileMap, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.upload = upload
        self.headings = list(upload.header)
        choices = [("", "–"), *((name, name) for name in self.headings)]
        for column in upload.file_kind.columns:
            self._add(column, choices, known)

    def _add(self, column: Column, choices: list[tuple[str, str]], known: FileMap) -> None:
        heading = known.columns.get(column.name, "")
        self.fields[f"column_{column.name}"] = forms.ChoiceField(
            label=_("Heading for %(column)s") % {"column": column.label},
            choices=choices,
            required=False,
            initial=heading if heading in self.headings else "",
        )
        self.fields[f"constant_{column.name}"] = forms.CharField(
            label=_("One value for all: %(column)s") % {"column": column.label},
            required=False,
            max_length=300,
            initial=known.constants.get(column.name, ""),
        )
        if column.type == "date":
            self.fields[f"format_{column.name}"] = forms.ChoiceField(
                label=_("Dates in %(column)s") % {"column": column.label},
                choices=DAY_FORMS,
                required=False,
                initial=known.formats.get(column.name, ""),
            )

    @property
    def has_dates(self) -> bool:
        """Whether there are columns of days, which people write in many forms."""
        return any(name.startswith("format_") for name in self.fields)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each column with its inputs."""
        for column in self.upload.file_kind.columns:
            name = column.name
            yield {
                "column": column,
                "heading": self[f"column_{name}"],
                "constant": self[f"constant_{name}"],
                "format": self[f"format_{name}"] if f"format_{name}" in self.fields else None,
            }

    def clean(self) -> dict[str, Any]:
        """The map the inputs make, if the file can be read by it."""
        cleaned = super().clean() or {}
        parts: dict[str, dict[str, str]] = {"columns": {}, "constants": {}, "formats": {}}
        for column in self.upload.file_kind.columns:
            heading = cleaned.get(f"column_{column.name}", "")
            constant = cleaned.get(f"constant_{column.name}", "")
            if heading and constant:
                self.add_error(
                    f"constant_{column.name}", _("Choose a heading or give one value, not both.")
                )
            elif constant:
                parts["constants"][column.name] = constant
            else:
                parts["columns"][column.name] = heading
            if form := cleaned.get(f"format_{column.name}"):
                parts["formats"][column.name] = form
        if not self.errors:
            self._check(parts)
        return cleaned

    def _check(self, parts: dict[str, Any]) -> None:
        try:
            self.file_map = FileMap.of(parts)
            lay_out(self.upload.file_kind, self.headings, self.file_map)
        except Unreadable as problem:
            self.add_error(None, problem.reason)
