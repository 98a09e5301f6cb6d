"""Categories, and the language in which sentences are compared."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests import factories as make


@pytest.fixture
def english():
    """Sentences are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def tree(db):
    """Two trees of categories, by name."""
    found = {"food": make.category("t:food", name="食品", name_en="Food")}
    found["drinks"] = make.category("t:drinks", found["food"], name="飲料", name_en="Drinks")
    found["tea"] = make.category("t:tea", found["drinks"], name="緑茶", name_en="Tea")
    found["coffee"] = make.category("t:coffee", found["drinks"], name="コーヒー")
    found["sweets"] = make.category("t:sweets", found["food"], name="菓子")
    found["cars"] = make.category("t:cars", name="自動車", name_en="Cars")
    return found
