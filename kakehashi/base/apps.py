from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """Registered so that Django finds this package's catalogue."""

    name = "kakehashi.base"
    label = "base"
    verbose_name = _("Base")
