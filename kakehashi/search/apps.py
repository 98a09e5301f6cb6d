from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kakehashi.search"

    def ready(self) -> None:
        from kakehashi.people import privacy
        from kakehashi.search import personal

        privacy.register("search", personal.exported, personal.forgotten)
