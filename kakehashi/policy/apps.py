from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "kakehashi.policy"

    def ready(self) -> None:
        from kakehashi.policy import engine
        from kakehashi.policy.abilities import ABILITIES

        engine.load(ABILITIES)
