"""Two hundred hand-made mails, and what has to become of each.

Made of few parts: who says they send it, what our mail server found, how it is written, what it
contains. Bytes are put together by hand: what a library would never write is what comes in.
"""

from __future__ import annotations

import base64
import quopri
import struct
from dataclasses import dataclass, field

TRUSTED = "mx.agency.example"
KEN, MEI, AKI = "ken@client.example", "mei@client.example", "aki@agency.example"
TWINS = "info@client.example"
STRANGER = "someone@elsewhere.example"
SUBJECT, TEXT = (
    "秋の展示会のバナー",
    "いつもお世話になっております。\n秋の展示会のバナーをお願いします。",
)
WINDOWS = "①㈱髙﨑様、～半角ｶﾅも来る"
PASS = f"{TRUSTED}; dmarc=pass header.from=client.example"
OURS_PASS = f"{TRUSTED}; dmarc=pass header.from=agency.example"


@dataclass
class Made:
    """A mail as it is put together; `expected` is its fate and the reason."""

    name: str
    expected: tuple[str, str]
    headers: list[tuple[str, bytes]] = field(default_factory=list)
    body: bytes = TEXT.encode()
    has: str = ""
    files: tuple[str, ...] = ()
    subject: str = ""

    def raw(self, to: str) -> bytes:
        """The bytes, sent to an address."""
        lines = [b"Delivered-To: " + to.encode()]
        lines += [name.encode() + b": " + value for name, value in self.headers]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


def made(
    name: str,
    expected: tuple[str, str],
    *,
    sender: bytes = KEN.encode(),
    results: str | None = PASS,
    subject: bytes = b"A banner",
    content: bytes = b'text/plain; charset="utf-8"',
    body: bytes = TEXT.encode(),
    encoding: bytes = b"8bit",
    more: tuple[tuple[str, bytes], ...] = (),
    has: str = "",
    files: tuple[str, ...] = (),
    shows: str = "",
) -> Made:
    """A mail with the usual headers and whatever is to be tried."""
    headers = [("Authentication-Results", results.encode())] if results is not None else []
    headers += [
        (
            "Received",
            b"from out.client.example by mx.agency.example; Mon, 2 Jun 2025 10:00:00 +0900",
        ),
        ("From", sender),
        ("To", b"requests@agency.example"),
        ("Subject", subject),
        ("Date", b"Mon, 2 Jun 2025 10:00:00 +0900"),
        ("Message-ID", f"<{name.replace(' ', '.')}@client.example>".encode()),
        ("MIME-Version", b"1.0"),
        ("Content-Type", content),
        ("Content-Transfer-Encoding", encoding),
        *more,
    ]
    return Made(name, expected, headers, body, has, files, shows)


REQUEST, HELD, REFUSED = ("request", ""), "held", "refused"


def jis(text: str) -> bytes:
    """ISO-2022-JP as Japanese mail programs write it, Windows characters included."""
    out, two = b"", False
    for character in text:
        if character.isascii():
            out += (b"\x1b(B" if two else b"") + character.encode()
            two = False
            continue
        first, second = character.encode("cp932")
        row = (first - (0x81 if first < 0xA0 else 0xC1)) * 2 + 0x21
        if second >= 0x9F:
            pair = bytes([row + 1, second - 0x7E])
        else:
            pair = bytes([row, second - (0x1F if second < 0x80 else 0x20)])
        out += (b"" if two else b"\x1b$B") + pair
        two = True
    return out + (b"\x1b(B" if two else b"")


def word(text: bytes, charset: str, kind: str = "B") -> bytes:
    encoded = (
        base64.b64encode(text)
        if kind == "B"
        else quopri.encodestring(text, header=True).replace(b"=\n", b"")
    )
    return b"=?" + charset.encode() + b"?" + kind.encode() + b"?" + encoded + b"?="


ENCODINGS = {
    "utf-8": lambda t: t.encode("utf-8"),
    "iso-2022-jp": jis,
    "shift_jis": lambda t: t.encode("cp932"),
    "euc-jp": lambda t: t.encode("euc_jp"),
}
LABELS = {
    "utf-8": ("utf-8", "UTF-8", "utf8"),
    "iso-2022-jp": ("iso-2022-jp", "ISO-2022-JP", "iso-2022-jp-ms", "csISO2022JP"),
    "shift_jis": ("Shift_JIS", "x-sjis", "windows-31j", "cp932"),
    "euc-jp": ("EUC-JP", "x-euc-jp"),
}
TRANSFERS = {
    "8bit": lambda b: b,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


def by_encoding() -> list[Made]:
    """Each charset by each of its labels, in each transfer encoding: 39 mails."""
    return [
        made(
            f"{label} in {transfer}",
            REQUEST,
            content=f'text/plain; charset="{label}"'.encode(),
            encoding=transfer.encode(),
            body=encode(encoded(TEXT)),
            subject=word(encoded(SUBJECT), label),
            has=TEXT,
            shows=SUBJECT,
        )
        for charset, encoded in ENCODINGS.items()
        for label in LABELS[charset]
        for transfer, encode in TRANSFERS.items()
    ]


def mislabelled() -> list[Made]:
    """What no standard allows and mail programs write all the same."""
    sjis, euc = TEXT.encode("cp932"), TEXT.encode("euc_jp")
    text = b"text/plain"
    cases: list[tuple[str, dict]] = [
        ("utf-8 without a charset", {"content": text}),
        ("shift_jis without a charset", {"content": text, "body": sjis}),
        ("euc-jp without a charset", {"content": text, "body": euc}),
        ("jis without a charset", {"content": text, "body": jis(TEXT)}),
        ("shift_jis called ascii", {"content": text + b"; charset=us-ascii", "body": sjis}),
        ("utf-8 called latin", {"content": text + b"; charset=iso-8859-1"}),
        ("jis called utf-8", {"content": text + b"; charset=utf-8", "body": jis(TEXT)}),
        ("shift_jis called utf-8", {"content": text + b"; charset=utf-8", "body": sjis}),
        ("a charset nobody knows", {"content": text + b"; charset=x-martian"}),
        ("a codec that is no charset", {"content": text + b"; charset=zlib"}),
        ("a codec that runs escapes", {"content": text + b"; charset=unicode_escape"}),
        ("unknown-8bit", {"content": text + b"; charset=unknown-8bit", "body": sjis}),
        ("a broken content type", {"content": b";;;charset"}),
        ("no transfer encoding that exists", {"encoding": b"x-none"}),
        ("base64 without padding", {"encoding": b"base64",
                                    "body": base64.b64encode(TEXT.encode()).rstrip(b"=")}),
        ("base64 with rubbish in it", {"encoding": b"base64",
                                       "body": b"!!" + base64.b64encode(TEXT.encode()) + b"\n--"}),
        ("bare line feeds", {"body": TEXT.encode().replace(b"\n", b"\r")}),
        ("a zero byte", {"body": TEXT.encode() + b"\0"}),
    ]  # fmt: skip
    return [made(name, REQUEST, has="秋の展示会", **how) for name, how in cases]


def of_other_languages() -> list[Made]:
    """Clients abroad write, too."""
    said = {"gb2312": "您好，请看附件", "big5": "您好，請看附件", "euc-kr": "안녕하세요",
            "koi8-r": "Здравствуйте", "iso-8859-1": "Grüße aus Köln", "utf-16": "Hello"}  # fmt: skip
    return [
        made(f"in {charset}", REQUEST, body=base64.encodebytes(text.encode(charset)), has=text,
             encoding=b"base64", content=f"text/plain; charset={charset}".encode(),
             subject=word(text.encode(charset), charset), shows=text)
        for charset, text in said.items()
    ]  # fmt: skip


def windows_characters() -> list[Made]:
    """Characters that only Windows has, in mails that say they are of a standard."""
    half = b"\x1b(I" + bytes(b & 0x7F for b in "ｶﾅ".encode("cp932")) + b"\x1b(B"
    full = WINDOWS.replace("ｶﾅ", "")
    before, after = WINDOWS.split("ｶﾅ")
    body = jis(before) + half + jis(after)
    return [
        made("windows in iso-2022-jp", REQUEST, body=body,
             content=b"text/plain; charset=iso-2022-jp", has=WINDOWS),
        made("windows in shift_jis", REQUEST, body=WINDOWS.encode("cp932"),
             content=b"text/plain; charset=shift_jis", has=WINDOWS),
        made("windows in a subject", REQUEST, subject=word(jis(full), "iso-2022-jp"), shows=full),
        made("windows in euc-jp", REQUEST, body=b"\xad\xa1\xad\xea\n", has="①㈱",
             content=b"text/plain; charset=euc-jp"),
    ]  # fmt: skip


def broken_headers() -> list[Made]:
    """Subjects and names as they come."""
    cut = jis(SUBJECT)
    utf = SUBJECT.encode()
    subjects: list[tuple[str, bytes, str]] = [
        ("raw utf-8", utf, SUBJECT),
        ("raw shift_jis", SUBJECT.encode("cp932"), SUBJECT),
        ("raw euc-jp", SUBJECT.encode("euc_jp"), SUBJECT),
        ("raw jis", cut, SUBJECT),
        ("quoted", word(utf, "utf-8", "Q"), SUBJECT),
        ("cut inside a character",
         word(utf[:4], "utf-8") + b"\r\n " + word(utf[4:], "utf-8"), SUBJECT),
        ("cut inside jis",
         word(cut[:8], "iso-2022-jp") + b" " + word(cut[8:], "iso-2022-jp"), SUBJECT),
        ("with a language", b"=?utf-8*ja?B?" + base64.b64encode(utf) + b"?=", SUBJECT),
        ("without padding", word(utf, "utf-8").replace(b"=?=", b"?="), SUBJECT),
        ("beside plain words", b"Re: " + word(utf, "utf-8") + b" (2)", SUBJECT),
        ("a word that never ends", b"=?utf-8?B?" + base64.b64encode(utf), ""),
        ("of an unknown charset", word(utf, "x-martian"), SUBJECT),
        ("very long", word(("長" * 300).encode(), "utf-8"), "長" * 100),
        ("with a control character", b"A\x07banner", "Abanner"),
    ]  # fmt: skip
    senders: list[tuple[str, bytes]] = [
        ("name in utf-8", word("健".encode(), "utf-8") + b" <ken@client.example>"),
        ("name in raw jis", jis("伊藤＠健") + b" <ken@client.example>"),
        ("name in raw shift_jis", "伊藤　健".encode("cp932") + b" <ken@client.example>"),
        ("name with a comma", b'"Ito, Ken" <ken@client.example>'),
        ("in capitals", b"Ken@Client.EXAMPLE"),
        ("with a comment", b"ken@client.example (Ken Ito)"),
        ("folded", b"Ken Ito\r\n\t<ken@client.example>"),
        ("named twice the same", b"ken@client.example, Ken <ken@client.example>"),
    ]
    return [
        made(f"subject {name}", REQUEST, subject=subject, shows=shows)
        for name, subject, shows in subjects
    ] + [made(f"sender {name}", REQUEST, sender=sender) for name, sender in senders]


def part(content: bytes, body: bytes, *more: bytes) -> bytes:
    return b"\r\n".join([b"Content-Type: " + content, *more]) + b"\r\n\r\n" + body


def parts(*inner: bytes, kind: bytes = b"mixed") -> dict:
    body = b"".join(b"--=_b\r\n" + one + b"\r\n" for one in inner) + b"--=_b--\r\n"
    return {"content": b"multipart/" + kind + b'; boundary="=_b"', "body": body}


PLAIN = part(b"text/plain; charset=utf-8", TEXT.encode())
PAGE = (
    "<html><head><style>p{color:red}</style></head><body><p>秋の展示会</p>"
    "<script>alert(1)</script><p>お願い</p></body></html>"
)
HTML = part(b"text/html; charset=utf-8", PAGE.encode())
PDF = b"%PDF-1.7 hello"


def attached(disposition: bytes, kind: bytes = b"application/pdf", data: bytes = PDF) -> bytes:
    return part(kind, base64.encodebytes(data), b"Content-Transfer-Encoding: base64",
                b"Content-Disposition: " + disposition)  # fmt: skip


def structures() -> list[Made]:
    """Bodies of every shape, and the names that files are given."""
    inner = b"From: ken@client.example\r\nSubject: inside\r\n\r\nhello"
    deep = PLAIN
    for depth in range(40):
        edge = f"=_{depth}".encode()
        deep = (b'Content-Type: multipart/mixed; boundary="' + edge + b'"\r\n\r\n--' + edge
                + b"\r\n" + deep + b"\r\n--" + edge + b"--\r\n")  # fmt: skip
    encoded = word("見積書.pdf".encode(), "utf-8")
    jis_name = word(jis("見積書") + b".pdf", "iso-2022-jp")
    named: list[tuple[str, bytes, str]] = [
        ("plain", b'attachment; filename="a.pdf"', "a.pdf"),
        ("encoded word", b'attachment; filename="' + encoded + b'"', "見積書.pdf"),
        ("encoded word in jis", b'attachment; filename="' + jis_name + b'"', "見積書.pdf"),
        ("rfc 2231", b"attachment; filename*=utf-8''%E8%A6%8B%E7%A9%8D%E6%9B%B8.pdf", "見積書.pdf"),
        ("rfc 2231 in parts", b"attachment; filename*0*=utf-8''%E8%A6%8B%E7%A9;"
                              b" filename*1*=%8D%E6%9B%B8.pdf", "見積書.pdf"),
        ("rfc 2231 in shift_jis", b"attachment; filename*=Shift_JIS''%8C%A9%90%CF%8F%91.pdf",
         "見積書.pdf"),
        ("raw utf-8", b'attachment; filename="' + "見積書.pdf".encode() + b'"', "見積書.pdf"),
        ("raw shift_jis", b'attachment; filename="' + "見積書.pdf".encode("cp932") + b'"',
         "見積書.pdf"),
        ("a path", b'attachment; filename="../../etc/passwd"', "passwd"),
        ("a windows path", b'attachment; filename="C:\\\\work\\\\a.pdf"', "a.pdf"),
        ("turned round", b"attachment; filename*=utf-8''a%E2%80%AEfdp.exe", "afdp.exe"),
        ("no name", b"attachment", "file.pdf"),
        ("very long", b'attachment; filename="' + b"x" * 400 + b'.pdf"', ""),
    ]  # fmt: skip
    return [
        made("html alone", REQUEST, has="お願い", content=b"text/html; charset=utf-8",
             body=PAGE.encode()),
        made("plain and html", REQUEST, has="いつもお世話", **parts(PLAIN, HTML, kind=b"alternative")),
        made("html whose plain is empty", REQUEST, has="お願い",
             **parts(part(b"text/plain", b" \r\n"), HTML, kind=b"alternative")),
        made("html and a footer in plain", REQUEST, has="お願い",
             **parts(HTML, part(b"text/plain", b"-- \r\nscanned"))),
        made("html with a picture", REQUEST, has="お願い", files=("logo.png",),
             **parts(HTML, attached(b'inline; filename="logo.png"', b"image/png"), kind=b"related")),
        made("a mail in a mail", REQUEST, files=("inside.eml",),
             **parts(PLAIN, part(b"message/rfc822", inner))),
        made("a calendar", REQUEST, files=("invite.ics",),
             **parts(PLAIN, attached(b'attachment; filename="invite.ics"', b"text/calendar"))),
        made("a text that is a file", REQUEST, files=("memo.txt",),
             **parts(PLAIN, attached(b'attachment; filename="memo.txt"', b"text/plain"))),
        made("signed", REQUEST, has="いつもお世話", files=("smime.p7s",),
             **parts(PLAIN, attached(b'attachment; filename="smime.p7s"',
                                     b"application/pkcs7-signature"), kind=b"signed")),
        made("encrypted", REQUEST, files=("smime.p7m",), encoding=b"base64",
             content=b'application/pkcs7-mime; name="smime.p7m"', body=base64.encodebytes(b"\x30x")),
        made("without its boundary", REQUEST, content=b"multipart/mixed", body=PLAIN),
        made("cut off", REQUEST, has="いつもお世話", content=b'multipart/mixed; boundary="=_b"',
             body=b"--=_b\r\n" + PLAIN),
        made("flowed", REQUEST, has="one line", body=b"one \r\nline",
             content=b"text/plain; format=flowed"),
        made("deeper than any honest mail", (HELD, "too_many_parts"),
             content=b'multipart/mixed; boundary="=_t"',
             body=b"--=_t\r\n" + deep + b"\r\n--=_t--"),
        made("more parts than any honest mail", (HELD, "too_many_parts"), **parts(*[PLAIN] * 400)),
        made("only a subject", REQUEST, body=b""),
        made("only a file", REQUEST, subject=b"", files=("a.pdf",),
             **parts(attached(b'attachment; filename="a.pdf"'))),
        made("nothing at all", (HELD, "empty"), subject=b"", body=b"  \r\n"),
        *(made(f"file name {name}", REQUEST, files=(wanted,) if wanted else (),
               **parts(PLAIN, attached(how))) for name, how, wanted in named),
    ]  # fmt: skip


def tnef(name: bytes = b"plan.pdf", text: bytes = b"See the plan.") -> bytes:
    """A winmail.dat as Outlook packs it: the text, and one file."""

    def attribute(level: int, number: int, kind: int, data: bytes) -> bytes:
        checksum = sum(data) & 0xFFFF
        head = struct.pack("<BHHI", level, number, kind, len(data))
        return head + data + struct.pack("<H", checksum)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x9006, 8, struct.pack("<I", 0x00010000))
        + attribute(1, 0x9007, 6, struct.pack("<II", 932, 0))
        + attribute(1, 0x800C, 2, text + b"\0")
        + attribute(2, 0x9002, 6, b"\x01\0\xff\xff\xff\xff" + b"\0" * 8)
        + attribute(2, 0x8010, 1, name + b"\0")
        + attribute(2, 0x800F, 6, PDF)
    )


def winmails() -> list[Made]:
    """Outlook's envelope: whole, broken, and what only bears its name."""
    kind = b'application/ms-tnef; name="winmail.dat"'
    how = b'attachment; filename="winmail.dat"'
    japanese = "計画.pdf".encode("cp932")
    return [
        made("winmail", REQUEST, has="See the plan.", files=("plan.pdf",),
             **parts(attached(how, kind, tnef()))),
        made("winmail beside a text", REQUEST, has="いつもお世話", files=("plan.pdf",),
             **parts(PLAIN, attached(how, kind, tnef(text=b"")))),
        made("winmail with a japanese name", REQUEST, files=("計画.pdf",),
             **parts(PLAIN, attached(how, kind, tnef(japanese)))),
        made("winmail called octets", REQUEST, files=("plan.pdf",),
             **parts(PLAIN, attached(how, b"application/octet-stream", tnef()))),
        made("winmail cut off", REQUEST, files=("winmail.dat",),
             **parts(PLAIN, attached(how, kind, tnef()[:60]))),
        made("winmail that is none", REQUEST, files=("winmail.dat",),
             **parts(PLAIN, attached(how, kind, b"nothing of the kind"))),
    ]  # fmt: skip


def senders() -> list[Made]:
    """Who says they send it, and what our mail server found."""

    def of(name, expected, results, sender=b"ken@client.example", **more):
        return made(f"proof {name}", expected, results=results, sender=sender, **more)

    unproven, forged, unchecked = (HELD, "unproven"), (HELD, "forged"), (HELD, "unchecked")
    at = TRUSTED
    below = "dkim=pass header.d=client.example"
    return [
        of("dkim aligned", REQUEST, f"{at}; {below}"),
        of("dkim by header.i", REQUEST, f"{at}; dkim=pass header.i=@client.example"),
        of("dkim of a subdomain", REQUEST, f"{at}; dkim=pass header.d=mail.client.example"),
        of("spf aligned", REQUEST, f"{at}; spf=pass smtp.mailfrom=bounce@client.example"),
        of("spf by domain", REQUEST, f"{at}; spf=pass smtp.mailfrom=client.example"),
        of("dkim in spite of spf", REQUEST,
           f"{at}; spf=fail smtp.mailfrom=x@list.example; {below}"),
        of("with comments", REQUEST, f"{at} 1; dkim=pass (2048-bit key) header.d=client.example"),
        of("in capitals", REQUEST, "MX.Agency.Example; DKIM=pass header.d=Client.Example"),
        of("dkim of somebody else", unproven, f"{at}; dkim=pass header.d=bulkmail.example"),
        of("spf of somebody else", unproven, f"{at}; spf=pass smtp.mailfrom=a@bulkmail.example"),
        of("dmarc of somebody else", unproven, f"{at}; dmarc=pass header.from=bulkmail.example"),
        of("a domain that only ends alike", unproven,
           f"{at}; dkim=pass header.d=evilclient.example"),
        of("a whole top-level domain", unproven, f"{at}; dkim=pass header.d=example"),
        of("none", unproven, f"{at}; none"),
        of("softfail", unproven, f"{at}; spf=softfail smtp.mailfrom=ken@client.example"),
        of("neutral", unproven, f"{at}; spf=neutral smtp.mailfrom=ken@client.example"),
        of("temperror", unproven, f"{at}; dkim=temperror header.d=client.example"),
        of("spf fails", forged, f"{at}; spf=fail smtp.mailfrom=ken@client.example"),
        of("dkim fails", forged, f"{at}; dkim=fail header.d=client.example"),
        of("dmarc fails", forged, f"{at}; dmarc=fail header.from=client.example"),
        of("dmarc fails though spf passes", forged,
           f"{at}; dmarc=fail header.from=client.example;"
           " spf=pass smtp.mailfrom=a@client.example"),
        of("of another server", unchecked, f"mx.evil.example; {below}"),
        of("missing", unchecked, None),
        of("broken", unchecked, f"{at}; ;;=pass"),
        of("forged below the true one", forged,
           f"{at}; dmarc=fail header.from=client.example",
           more=(("Authentication-Results", PASS.encode()),)),
        of("forged below another server's", unchecked, "relay.example; none",
           more=(("Authentication-Results", PASS.encode()),)),
        of("a stranger", (HELD, "unknown"), f"{at}; dmarc=pass header.from=elsewhere.example",
           sender=STRANGER.encode()),
        of("a stranger forged", forged, f"{at}; dmarc=fail header.from=elsewhere.example",
           sender=STRANGER.encode()),
        of("a stranger under a friend's name", (HELD, "unknown"),
           f"{at}; dmarc=pass header.from=elsewhere.example",
           sender=b'"ken@client.example" <someone@elsewhere.example>'),
        of("a friend's address in an encoded word", (HELD, "unknown"),
           f"{at}; dmarc=pass header.from=elsewhere.example",
           sender=word(b"ken@client.example", "utf-8") + b" <someone@elsewhere.example>"),
        of("two people of one address", (HELD, "several"), PASS, sender=TWINS.encode()),
        of("two senders", (HELD, "no_sender"), PASS, sender=f"{KEN}, {MEI}".encode()),
        of("two From headers", (HELD, "no_sender"), PASS, more=(("From", MEI.encode()),)),
        of("no sender", (HELD, "no_sender"), PASS, sender=b""),
        of("no address", (HELD, "no_sender"), PASS, sender=b"Ken Ito"),
        of("another contact", REQUEST, PASS, sender=MEI.encode()),
    ]  # fmt: skip


def machines() -> list[Made]:
    """What no person has written, and what only looks so."""
    signs: list[tuple[str, tuple[str, bytes], str]] = [
        ("auto-replied", ("Auto-Submitted", b"auto-replied"), "automatic"),
        ("auto-generated", ("Auto-Submitted", b"auto-generated; owner=x"), "automatic"),
        ("auto-notified", ("Auto-Submitted", b"Auto-Notified"), "automatic"),
        ("x-autoreply", ("X-Autoreply", b"yes"), "automatic"),
        ("x-autorespond", ("X-Autorespond", b"away"), "automatic"),
        ("bulk", ("Precedence", b"bulk"), "bulk"),
        ("junk", ("Precedence", b"junk"), "bulk"),
        ("precedence list", ("Precedence", b"list"), "bulk"),
        ("auto_reply", ("Precedence", b"auto_reply"), "bulk"),
        ("a list", ("List-Id", b"Team <team.client.example>"), "list"),
        ("null return path", ("Return-Path", b"<>"), "bounce"),
        ("failed recipients", ("X-Failed-Recipients", b"x@client.example"), "bounce"),
        ("our own loop", ("X-Loop", b"sora.aaaaaaaa@in.agency.example"), "loop"),
        ("our own sender in a loop", ("X-Loop", b"kakehashi@localhost"), "loop"),
    ]
    report = parts(PLAIN, part(b"message/delivery-status", b"Action: failed"), kind=b"report")
    quiet: list[tuple[str, tuple[str, bytes]]] = [
        ("not auto-submitted", ("Auto-Submitted", b"no")),
        ("first class", ("Precedence", b"first-class")),
        ("somebody else's loop", ("X-Loop", b"owner@client.example")),
        ("a return path", ("Return-Path", b"<ken@client.example>")),
        ("suppressing", ("X-Auto-Response-Suppress", b"All")),
    ]
    subjects = ("Automatic reply: A banner", "Out of Office", "自動返信: バナー", "不在のお知らせ",
                "【自動返信】お問い合わせ", "Undeliverable: A banner")  # fmt: skip
    return [
        *(made(f"machine {name}", (REFUSED, why), more=(sign,)) for name, sign, why in signs),
        made("machine report", (REFUSED, "bounce"), **report),
        made("machine from ourselves", (REFUSED, "loop"), sender=b"kakehashi@localhost"),
        made("machine unknown as well", (REFUSED, "automatic"), sender=STRANGER.encode(),
             more=(("Auto-Submitted", b"auto-replied"),)),
        *(made(f"person {name}", REQUEST, more=(sign,)) for name, sign in quiet),
        *(made(f"machine by its subject {number}", (HELD, "looks_automatic"),
               subject=word(text.encode(), "utf-8")) for number, text in enumerate(subjects)),
    ]  # fmt: skip


def forwarded() -> list[Made]:
    """What one of ours forwards: the client's words are the request, theirs a note."""
    inner = (
        b"From: ken@client.example\r\nSubject: " + word(SUBJECT.encode(), "utf-8")
        + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT.encode()
    )  # fmt: skip
    blocks = {
        "outlook": "-----Original Message-----\nFrom: Ken Ito <{a}>\nSent: Monday, June 2, 2025"
                   "\nTo: Aki\nSubject: {s}\n\n{t}",
        "gmail": "---------- Forwarded message ---------\nFrom: Ken Ito <{a}>\nDate: Mon, Jun 2"
                 "\nSubject: {s}\nTo: Aki <aki@agency.example>\n\n{t}",
        "apple": "Begin forwarded message:\n\nFrom: Ken Ito <{a}>\nSubject: {s}\nDate: June 2"
                 "\nTo: Aki\n\n{t}",
        "thunderbird": "-------- 転送されたメッセージ --------\n件名: {s}\n日付: 2025年6月2日\n"
                       "差出人: 伊藤健 <{a}>\n宛先: Aki\n\n{t}",
        "outlook ja": "________________________________\n差出人: 伊藤健 <{a}>\n送信日時: 2025年6月2日"
                      "\n宛先: Aki\n件名: {s}\n\n{t}",
    }  # fmt: skip

    def of(name, expected, body, address=KEN, **more):
        text = "FYI: handle with care.\n\n" + body.format(a=address, s=SUBJECT, t=TEXT)
        return made(f"forwarded {name}", expected, sender=AKI.encode(), results=OURS_PASS,
                    subject=b"Fwd: A banner", body=text.encode(), **more)  # fmt: skip

    return [
        *(of(name, REQUEST, body, has=TEXT, shows=SUBJECT) for name, body in blocks.items()),
        of("by a stranger's hand", (HELD, "forwarded_unknown"), blocks["gmail"], STRANGER),
        of("of two of one address", (HELD, "several"), blocks["gmail"], TWINS),
        of("nothing", (HELD, "ours"), "Please make a banner."),
        made("forwarded whole", REQUEST, sender=AKI.encode(), results=OURS_PASS, has=TEXT,
             shows=SUBJECT, **parts(part(b"text/plain", b"FYI"), part(b"message/rfc822", inner))),
        made("forwarded forged", (HELD, "forged"), sender=AKI.encode(),
             results=f"{TRUSTED}; dmarc=fail header.from=agency.example",
             body=blocks["gmail"].format(a=KEN, s="s", t="t").encode()),
        made("forwarded by nobody who sees the account", (HELD, "unknown"),
             sender=b"chie@agency.example", results=OURS_PASS,
             body=blocks["gmail"].format(a=KEN, s="s", t="t").encode()),
    ]  # fmt: skip


def huge() -> list[Made]:
    return [
        made("huge", (REFUSED, "huge"), body=b"x" * 1_200_000),
        made("huge and a stranger's", (REFUSED, "huge"), sender=STRANGER.encode(),
             body=b"x" * 1_200_000),
    ]  # fmt: skip


def all_mails() -> list[Made]:
    return [
        *by_encoding(), *mislabelled(), *of_other_languages(), *windows_characters(), *broken_headers(), *structures(),
        *winmails(), *senders(), *machines(), *forwarded(), *huge(),
    ]  # fmt: skip
