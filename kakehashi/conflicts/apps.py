from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    name = "kakehashi.conflicts"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy

        from kakehashi.conflicts import telling
        from kakehashi.conflicts.actions.walls import FLAG, NOTICE, REASSIGN
        from kakehashi.handoffs import naming

        telling.register()
        naming.register(NOTICE, pgettext_lazy("kind of ball", "Acknowledgement"))
        naming.register(FLAG, pgettext_lazy("kind of ball", "Decision"))
        naming.register(REASSIGN, pgettext_lazy("kind of ball", "Successor"))
