"""Digests that are kept must be found again by whoever computes them later."""

from __future__ import annotations

from kakehashi.base.digests import CLOSE, digest_of

WORDS = {"title": "新商品の発売", "lines": ["一", "二"]}


def test_a_digest_is_that_of_its_words_as_json_with_sorted_keys():
    assert digest_of(WORDS) == "56942e78a2195f089505a2c94b962d4dcf118371e4d11c97affc5f5fbe35c368"
    assert (
        digest_of(WORDS, CLOSE)
        == "6dcbb9630d630e556e944343def8fc11d1c8cc11df1786b559e07fc34c0ba300"
    )


def test_the_order_in_which_words_are_given_changes_nothing():
    assert digest_of(dict(reversed(WORDS.items()))) == digest_of(WORDS)
