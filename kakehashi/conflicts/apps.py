from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    name = "kakehashi.conflicts"

    def ready(self) -> None:
        from kakehashi.conflicts import telling

        telling.register()
