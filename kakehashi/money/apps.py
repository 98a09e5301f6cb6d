from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "kakehashi.money"

    def ready(self) -> None:
        from kakehashi.money import recorded

        recorded.register()
