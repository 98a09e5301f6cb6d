"""Legal forms at the ends of company names, so that `㈱電通` and `Dentsu Inc.` lose theirs."""

from __future__ import annotations

import re

_WORDS = (  # noqa: SIM905 (a list of words)
    "特例有限会社 株式会社 有限会社 合同会社 合資会社 合名会社 相互会社 "
    "一般社団法人 一般財団法人 公益社団法人 公益財団法人 社団法人 財団法人 "
    "医療法人社団 医療法人財団 社会医療法人 医療法人 学校法人 社会福祉法人 宗教法人 "
    "特定非営利活動法人 認定npo法人 npo法人 地方独立行政法人 独立行政法人 国立大学法人"
).split()
_SHORT = (  # noqa: SIM905 (a list of words)
    "株 有 合 同 資 名 相 社 財 一社 一財 公社 公財 医 学 福 宗 特非 独 地独 大 "
    "カ ユ ド シ メ ソ シヤ ザイ イ ガク フク シユウ トクヒ ドク ダイ"
).split()
_FORM = rf"(?:{'|'.join(_WORDS)}|\((?:{'|'.join(_SHORT)})\))"
_AT_START = re.compile(rf"\s*{_FORM}\s*")
_AT_END = re.compile(rf"\s*{_FORM}\s*$")

_LATIN = frozenset(
    # English
    "inc incorporated corp corporation co company coltd ltd limited plc llc llp lp lllp ulc "  # noqa: SIM905 (a list of words)
    "pte pty pvt private pvtltd pteltd ptyltd unlimited "
    # Japan's, in Latin letters
    "kk kabushikikaisha kabushikigaisha kaisha yk gk godokaisha "
    # German, Dutch, Nordic
    "gmbh mbh ag kg kgaa ohg og ug se gesmbh aktiengesellschaft kommanditgesellschaft "
    "gesellschaft bv nv bvba cv ab aktiebolag as asa aps oy oyj ehf hf "
    # French, Italian, Spanish, Portuguese
    "sa sas sasu sarl sàrl snc scs srl srls spa sapa sl slu slne sau sc sadecv decv srldecv "
    "lda ltda limitada sociedadlimitada sociedadanónima sociedadanonima "
    # Eastern Europe, Turkey, Asia
    "sro doo spzoo zoo spółka kft zrt nyrt rt oü uab sia ооо оао зао ao anonimşirketi "
    "sdn bhd sdnbhd berhad tbk jsc fze fzco dmcc".split()
)
_LATIN_FIRST = frozenset("pt uab sia ооо оао зао".split())  # noqa: SIM905 (a list of words)
_ONLY_SPELLED_APART = frozenset("spa zoo cv as hf rt ao sc se og".split())  # noqa: SIM905 (a list of words)
_LONGEST = 4


def without_japanese_form(name: str) -> str:
    """The name, already NFKC and casefolded, without 株式会社, (株) and the like at its ends."""
    if name.isascii():
        return name
    if start := _AT_START.match(name):
        name = name[start.end() :]
    if "会社" in name or "法人" in name or name.endswith(")"):
        name = _AT_END.sub("", name)
    return name


def without_latin_form(words: list[str]) -> list[str]:
    """The words of a name, without `Co., Ltd.`, `S.A.`, `GmbH & Co. KG` and the like at its ends.

    Empty if the name consists of nothing else. Short forms that are also words (`spa`) count only
    where they are spelled apart (`S.p.A.`).
    """
    words = list(words)
    while size := _form_at_end(words):
        del words[-size:]
    if len(words) > 1 and words[0] in _LATIN_FIRST:
        del words[0]
    return words


def _form_at_end(words: list[str]) -> int:
    """How many words at the end make one legal form; the longest reading wins."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        form = "".join(words[-size:])
        if form in _LATIN and (size > 1 or form not in _ONLY_SPELLED_APART):
            return size
    return 0
