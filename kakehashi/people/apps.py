from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kakehashi.people"

    def ready(self) -> None:
        from kakehashi.people import agenda, feeds, recorded

        feeds.register("people", agenda.events)
        recorded.register()
