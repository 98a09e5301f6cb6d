from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The look: base pages, strict components, static files, gallery."""

    name = "kakehashi.ui"
    label = "ui"
    verbose_name = _("Look")
