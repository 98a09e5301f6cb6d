"""Whether a mail is from whom it says: what our own mail server found, and nothing else.

Only the topmost Authentication-Results counts (RFC 8601), and only if the server whose name is set
wrote it. A server takes away what comes from outside under its name; what stands below may be
anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import authres
import authres.dmarc

PROVEN, UNPROVEN, FORGED, UNCHECKED = "proven", "unproven", "forged", "unchecked"
TOPMOST = "topmost"
"""Instead of a name: for servers that write none (Microsoft 365). The topmost one is believed."""
FAILED = frozenset({"fail", "hardfail"})
READER = authres.FeatureContext(authres.dmarc)
LONGEST = 12


@dataclass(frozen=True)
class Proof:
    """What was found, method by method, and what it comes to for the address in From."""

    verdict: str = UNCHECKED
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


def of(results: str | None, sender_domain: str, trusted: str) -> Proof:
    """What the trusted server's results say of a sender."""
    if not trusted or not results:
        return Proof()
    read = _read(results, trusted)
    if read is None or (trusted != TOPMOST and not _is(read.authserv_id, trusted)):
        return Proof()
    found = [_Result(one) for one in read.results]
    spf, dkim, dmarc = (_said(found, method) for method in ("spf", "dkim", "dmarc"))
    proven = any(one.proves(sender_domain) for one in found)
    if proven and dmarc not in FAILED:
        verdict = PROVEN
    elif dmarc in FAILED or spf in FAILED or dkim in FAILED:
        verdict = FORGED
    else:
        verdict = UNPROVEN
    return Proof(verdict, spf[:LONGEST], dkim[:LONGEST], dmarc[:LONGEST])


def _read(results: str, trusted: str) -> Any:
    """The header taken apart, or None if it is not one."""
    named = [results] if trusted != TOPMOST else [results, f"{TOPMOST}; {results}"]
    for text in named:
        try:
            return READER.parse(f"Authentication-Results: {text}")
        except authres.AuthResError:
            continue
    return None


def _is(name: object, trusted: str) -> bool:
    return str(name or "").lower().rstrip(".") == trusted.lower().rstrip(".")


class _Result:
    """One method's result, with the domain it speaks of."""

    def __init__(self, result: Any) -> None:
        self.method = str(result.method).lower()
        self.result = str(result.result).lower()
        self.properties = {
            f"{one.type}.{one.name}".lower(): str(one.value or "").lower()
            for one in result.properties
        }

    def proves(self, domain: str) -> bool:
        """Whether it passed for the domain of the address in From, not for somebody else's."""
        if self.result != "pass" or not domain:
            return False
        if self.method == "dmarc":
            return self.properties.get("header.from", "") == domain
        if self.method == "dkim":
            signed = self.properties.get("header.d") or self.properties.get("header.i", "")
            return _aligned(signed.rpartition("@")[2], domain)
        if self.method == "spf":
            sent = self.properties.get("smtp.mailfrom", "")
            return _aligned(sent.rpartition("@")[2], domain)
        return False


def _aligned(one: str, other: str) -> bool:
    """The same domain, or one below the other. A top-level domain alone is nobody's."""
    if "." not in one or "." not in other:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _said(found: list[_Result], method: str) -> str:
    """What a method came to: passed if one did, else its first word."""
    said = [one.result for one in found if one.method == method]
    return "pass" if "pass" in said else next(iter(said), "")
