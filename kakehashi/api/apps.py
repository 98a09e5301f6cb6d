from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "kakehashi.api"

    def ready(self) -> None:
        from kakehashi.api.web import panels as ours
        from kakehashi.people import panels

        panels.register("own", ours.feeds)
