"""Mail through a real server: what arrives, what is refused for good, and what is tried again."""

import asyncio
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import DeliveryError
from bot.channels.mail import Mail
from bot.mail_settings import mail_settings
from bot.settings import Settings
from tests.bot.post_office import LOOPBACK, NAME, PASSWORD, PostOffice, knows, opened, self_made, silent

SOMEBODY = "guel.demir@example.org"
SUBJECT, TEXT = (
    "Ein Fall wartet – لطفاً",
    "Guten Tag,\n\nein Fall wartet auf jemanden.\nhttps://wege.example.org/desk",
)


def mail(port: int, *, patience: float = 10.0, **how: Any) -> Mail:
    """The channel as a town's settings make it; unencrypted on loopback unless told otherwise."""
    settings = mail_settings(
        Settings(
            smtp_host=LOOPBACK,
            smtp_port=port,
            **{"smtp_tls": "none", "smtp_from": "Kurze Wege <wege@stadt.example>", **how},
        )
    )
    assert settings is not None
    return Mail(settings, patience=patience)


async def sent(
    office: PostOffice, address: str = SOMEBODY, subject: str = SUBJECT, text: str = TEXT
) -> DeliveryError | None:
    """Why it was not taken, or None."""
    async with opened(office) as port:
        return await failure(mail(port), address, subject, text)


async def failure(
    channel: Mail, address: str = SOMEBODY, subject: str = SUBJECT, text: str = TEXT
) -> DeliveryError | None:
    try:
        await channel.send(address, subject, text)
    except DeliveryError as error:
        return error
    return None


def read(office: PostOffice) -> str:
    """The text of the only mail; lines end otherwise on the wire."""
    return "\n".join(office.mail().get_content().splitlines())


def test_what_was_written_arrives() -> None:
    office = PostOffice()
    assert asyncio.run(sent(office)) is None
    assert office.mail()["Subject"] == SUBJECT
    assert office.mail().get_content_type() == "text/plain"
    assert read(office) == TEXT
    assert (office.mail()["From"], office.mail()["To"]) == ("Kurze Wege <wege@stadt.example>", SOMEBODY)
    assert (office.envelopes[0].mail_from, office.envelopes[0].rcpt_tos) == ("wege@stadt.example", [SOMEBODY])


def test_it_says_that_a_machine_wrote_it() -> None:
    """Otherwise an out-of-office note comes back for every reminder."""
    office = PostOffice()
    asyncio.run(sent(office))
    assert office.mail()["Auto-Submitted"] == "auto-generated"


def test_nothing_tells_the_name_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the greeting nor the mail's number."""
    monkeypatch.setattr(socket, "getfqdn", lambda name="": "server-17.rathaus.intern")
    office = PostOffice()
    asyncio.run(sent(office))
    assert office.greetings == ["stadt.example"]
    assert str(office.mail()["Message-ID"]).endswith("@stadt.example>")
    raw = office.envelopes[0].original_content or b""
    assert not any(name.encode() in raw for name in ("server-17", socket.gethostname()))


def test_two_mails_have_two_numbers() -> None:
    numbers = []
    for _ in range(2):
        office = PostOffice()
        asyncio.run(sent(office))
        numbers.append(office.mail()["Message-ID"])
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00"], ids=repr)
def test_no_subject_makes_a_header(end: str) -> None:
    office = PostOffice()
    assert asyncio.run(sent(office, subject=f"Neues{end}Bcc: someone@example.org{end}{end}<b>")) is None
    assert office.envelopes[0].rcpt_tos == [SOMEBODY]
    assert office.mail()["Bcc"] is None
    assert "Bcc: someone" in office.mail()["Subject"]
    assert read(office) == TEXT


def test_no_text_ends_the_mail() -> None:
    """A line with nothing but a dot ends it on the wire."""
    office = PostOffice()
    text = "eins\n.\nRCPT TO:<someone@example.org>\n..zwei"
    assert asyncio.run(sent(office, text=text)) is None
    assert read(office) == text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "two@example.org, three@example.org",
        "a@b@example.org",
        "someone@example.org\r\nBcc: other@example.org",
        "someone@example.org>\r\nRCPT TO:<other@example.org",
        "someone @example.org",
        "someone@",
        "someone@exa..mple.org",
        "gül@example.org",
        "x" * 65 + "@example.org",
        "x@" + "y." * 200 + "org",
        "<someone@example.org>",
    ],
    ids=range(13),
)
def test_what_is_no_address_is_refused_for_good_and_never_sent(address: str) -> None:
    office = PostOffice()
    told = asyncio.run(sent(office, address))
    assert told is not None
    assert told.permanent
    assert office.envelopes == []
    assert not address or address not in str(told) + repr(told.__context__)


def test_a_domain_with_umlauts_is_sent_to_in_its_ascii_form() -> None:
    office = PostOffice()
    assert asyncio.run(sent(office, "rathaus@müllerstadt.example")) is None
    assert office.envelopes[0].rcpt_tos == ["rathaus@xn--mllerstadt-9db.example"]


@pytest.mark.parametrize(
    ("answers", "permanent", "reason"),
    [
        ({"to_recipient": "550 5.1.1 no such user"}, True, "address refused with 550"),
        ({"to_recipient": "451 4.7.1 greylisted"}, False, "address refused with 451"),
        ({"to_mail": "554 5.7.1 not here"}, True, "mail refused with 554"),
        ({"to_mail": "452 4.3.1 no room"}, False, "mail refused with 452"),
        ({"to_sender": "550 5.7.1 not yours"}, False, "SMTPSenderRefused 550"),
    ],
    ids=["an unknown address", "greylisting", "a mail it will not have", "no room", "our own sender"],
)
def test_only_what_is_refused_for_good_is_permanent(
    answers: dict[str, str], permanent: bool, reason: str
) -> None:
    """A town's wrong settings must not look like a member's wrong address."""
    office = PostOffice(**answers)  # type: ignore[arg-type]
    told = asyncio.run(sent(office))
    assert told is not None
    assert (told.permanent, told.retry_after, told.reason) == (permanent, None, reason)
    assert office.envelopes == []


@pytest.mark.parametrize("answer", ["550 no such user", "451 later"])
def test_no_error_tells_the_address(answer: str) -> None:
    """Errors end up in logs, with what caused them."""
    told = asyncio.run(sent(PostOffice(to_recipient=f"{answer} {SOMEBODY}")))
    assert told is not None
    assert (told.__cause__, told.__context__) == (None, None)
    assert SOMEBODY not in str(told) + told.reason


def test_what_was_taken_is_not_sent_again_for_want_of_a_goodbye() -> None:
    office = PostOffice(hangs_up=True)
    assert asyncio.run(sent(office)) is None
    assert len(office.envelopes) == 1


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_refused_unless_named(tmp_path: Path, how: str) -> None:
    context, certificate = self_made(tmp_path)
    office = PostOffice()

    async def twice() -> list[DeliveryError | None]:
        server = {"tls_context": context} if how == "starttls" else {"tls": context}
        async with opened(office, **server) as port:
            return [
                await failure(mail(port, smtp_tls=how)),
                await failure(mail(port, smtp_tls=how, smtp_ca_file=certificate)),
            ]

    refused, taken = asyncio.run(twice())
    assert refused is not None
    assert not refused.permanent
    assert taken is None
    assert office.encrypted == [True]


def test_nothing_is_sent_in_the_clear_where_encryption_was_asked_for() -> None:
    """Somebody in between can take the offer to encrypt out of what the server says."""
    office = PostOffice()

    async def without_an_offer() -> DeliveryError | None:
        async with opened(office) as port:
            return await failure(mail(port, smtp_tls="starttls"))

    told = asyncio.run(without_an_offer())
    assert told is not None
    assert not told.permanent
    assert office.envelopes == []


@pytest.mark.parametrize(
    ("password", "reason"),
    [(PASSWORD, ""), ("falsch", "SMTPAuthenticationError 535")],
    ids=["right", "wrong"],
)
def test_a_login_that_is_refused_is_the_towns_matter(tmp_path: Path, password: str, reason: str) -> None:
    """The reason goes into the log; every mail waits until the password is mended."""
    context, certificate = self_made(tmp_path)
    office = PostOffice()

    async def logged_in() -> DeliveryError | None:
        async with opened(office, tls_context=context, auth_required=True, authenticator=knows) as port:
            channel = mail(
                port, smtp_tls="starttls", smtp_ca_file=certificate, smtp_user=NAME, smtp_password=password
            )
            return await failure(channel)

    told = asyncio.run(logged_in())
    assert (told.reason if told else "") == reason
    assert not (told and told.permanent)
    assert len(office.envelopes) == (0 if reason else 1)


def test_a_server_that_is_gone_is_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))  # bound and not listening: nobody else gets this port meanwhile
        told = asyncio.run(failure(mail(taken.getsockname()[1])))
    assert told is not None
    assert not told.permanent


def test_a_server_that_says_nothing_holds_up_no_one_for_long() -> None:
    async def waits() -> DeliveryError | None:
        async with silent() as port:
            return await failure(mail(port, patience=0.3))

    began = time.monotonic()
    told = asyncio.run(waits())
    assert told is not None
    assert not told.permanent
    assert time.monotonic() - began < 5
