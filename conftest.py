"""Fixtures for every test."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests import cluster, emptying
from tests.browser import browser  # noqa: F401 - a fixture for every test
from tests.cast import cast  # noqa: F401 - a fixture for every test
from tests.signing_in import as_  # noqa: F401 - a fixture for every test
from tests.stage import demo  # noqa: F401 - a fixture for every test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


# How long an example takes says how busy the machine is, not whether the claim holds. More of them:
# make test ARGS="--hypothesis-profile=deep"
NEVER_LATE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("deep", max_examples=1000, **NEVER_LATE)
settings.register_profile("suite", max_examples=30, **NEVER_LATE)
settings.load_profile("suite")

# Whatever takes tens of seconds, then stories, then the rest that is slow.
FIRST = (
    "tests/stories/test_every_page.py",
    "tests/twin/test_twin_worlds.py",
    "tests/stories/test_first_day.py",
    "kakehashi/demo/tests/test_agency.py",
    "tests/stories/",
    "tests/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no worker ends long after the other."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, _place(item)))


def _place(item: pytest.Item) -> int:
    return next((n for n, at in enumerate(FIRST) if item.nodeid.startswith(at)), len(FIRST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 - it comes first
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Have the template ready before pytest-django clones it."""
    with django_db_blocker.unblock():
        cluster.prepare_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Drop no database: they go with the run's cluster, whoever is still connected to them."""
    return True


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_a_transactional_test() -> Iterator[None]:
    """See tests.emptying. It comes last in a test, after its browsers have gone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.empty)
        yield


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001 (the hook's name)
    """What is there by now stays: no collection of garbage need look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
