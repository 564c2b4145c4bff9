"""Settings for mail: all problems at once, no password told, and nothing unencrypted to another machine."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from bot.mail_settings import mail_settings, mailbox
from bot.settings import Settings, SettingsError

SECRET = "hunter2-hunter2-hunter2"
GOOD: dict[str, Any] = {"smtp_host": "mail.stadt.example", "smtp_from": "wege@stadt.example"}


def problems(**how: Any) -> tuple[str, ...]:
    """What is wrong with these settings; that none of it tells the password goes for every test."""
    found: tuple[str, ...] = ()
    try:
        mail_settings(Settings(**how))
    except SettingsError as error:
        found = error.problems
    assert SECRET not in "".join(found)
    return found


def test_without_a_server_there_is_no_mail_and_nothing_to_mend() -> None:
    assert mail_settings(Settings()) is None


def test_a_server_and_a_sender_are_enough() -> None:
    found = mail_settings(Settings(**GOOD))
    assert found is not None
    assert (found.host, found.port, found.tls, found.user) == ("mail.stadt.example", 587, "starttls", "")
    assert found.sender.addr_spec == "wege@stadt.example"
    assert found.trusted is not None
    assert found.trusted.verify_mode is ssl.CERT_REQUIRED
    assert found.trusted.check_hostname


def test_a_sender_may_have_a_name() -> None:
    found = mail_settings(Settings(**GOOD | {"smtp_from": '"Kurze Wege, Stadt" <wege@stadt.example>'}))
    assert found is not None
    assert str(found.sender) == '"Kurze Wege, Stadt" <wege@stadt.example>'


@pytest.mark.parametrize(
    ("sender", "good"),
    [
        ("wege@stadt.example", True),
        (" wege@stadt.example ", True),
        ("<wege@stadt.example>", True),
        ("Kurze Wege <wege@stadt.example>", True),
        ("wege@müllerstadt.example", True),
        ("", False),
        ("Kurze Wege", False),
        ("wege@", False),
        ("one@stadt.example, two@stadt.example", False),
        ("wege@stadt.example\r\nBcc: other@example.org", False),
        ("Wege\r\nBcc: other@example.org <wege@stadt.example>", False),
    ],
    ids=repr,
)
def test_the_sender_is_one_address(sender: str, good: bool) -> None:
    told = problems(**GOOD | {"smtp_from": sender})
    assert [problem.split()[0] for problem in told] == ([] if good else ["KURZE_WEGE_SMTP_FROM"])


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("mail.stadt.example", False),
        ("10.0.0.5", False),
        ("localhost.stadt.example", False),
    ],
)
def test_without_encryption_mail_goes_to_this_machine_only(host: str, good: bool) -> None:
    told = problems(**GOOD | {"smtp_host": host, "smtp_tls": "none"})
    assert [problem.split()[0] for problem in told] == ([] if good else ["KURZE_WEGE_SMTP_TLS"])


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems(
        smtp_host="mail.stadt.example:587",
        smtp_from="nobody",
        smtp_user="wege",
        smtp_ca_file=tmp_path / "nowhere.pem",
    )
    assert [problem.split()[0] for problem in told] == [
        "KURZE_WEGE_SMTP_HOST",
        "KURZE_WEGE_SMTP_FROM",
        "KURZE_WEGE_SMTP_CA_FILE",
        "KURZE_WEGE_SMTP_PASSWORD",
    ]


@pytest.mark.parametrize("name", ["smtp_from", "smtp_user", "smtp_password", "smtp_password_file"])
def test_what_is_set_without_a_server_is_told(tmp_path: Path, name: str) -> None:
    """Otherwise a slip in the server's variable would mean that nobody is reminded."""
    file = tmp_path / "password"
    file.write_text(SECRET)
    (told,) = problems(**{name: file if name.endswith("file") else SECRET})
    assert told.startswith(f"KURZE_WEGE_SMTP_HOST is missing beside KURZE_WEGE_{name.upper()}.")


@pytest.mark.parametrize(
    ("how", "lacking"),
    [({"smtp_user": "wege"}, "SMTP_PASSWORD or"), ({"smtp_password": SECRET}, "SMTP_USER is")],
)
def test_a_login_has_a_name_and_a_password(how: dict[str, Any], lacking: str) -> None:
    (told,) = problems(**GOOD, **how)
    assert told.startswith(f"KURZE_WEGE_{lacking}")


def test_a_password_may_stand_in_a_file_that_ends_with_a_line_break(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f" {SECRET} \n")
    found = mail_settings(Settings(**GOOD, smtp_user="wege", smtp_password_file=file))
    assert found is not None
    assert found.password == f" {SECRET} "


def test_a_password_file_is_kept_apart_from_the_data_and_can_be_read(tmp_path: Path) -> None:
    inside = tmp_path / "data" / "password"
    for file, why in ((inside, "lies in the data folder"), (tmp_path / "nowhere", "cannot be read")):
        (told,) = problems(**GOOD, smtp_user="wege", smtp_password_file=file, data_dir=tmp_path / "data")
        assert told.startswith(f"KURZE_WEGE_SMTP_PASSWORD_FILE {why}")


def test_a_file_that_holds_no_certificate_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")
    (told,) = problems(**GOOD, smtp_ca_file=file)
    assert told.startswith("KURZE_WEGE_SMTP_CA_FILE cannot be used")


def test_an_empty_password_file_is_told(tmp_path: Path) -> None:
    """It is not taken for a server that wants no login."""
    file = tmp_path / "password"
    file.write_text("\n")
    (told,) = problems(**GOOD, smtp_password_file=file)
    assert told.startswith(f"KURZE_WEGE_SMTP_PASSWORD_FILE ({file}) is empty.")


def test_the_password_is_not_shown() -> None:
    settings = Settings(**GOOD, smtp_user="wege", smtp_password=SECRET)
    assert SECRET not in repr(settings) + repr(mail_settings(settings))


def test_a_way_of_encrypting_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.settings import read_settings

    monkeypatch.setenv("KURZE_WEGE_SMTP_TLS", "ssl")
    with pytest.raises(SettingsError, match=r"KURZE_WEGE_SMTP_TLS: .*'starttls', 'tls' or 'none'"):
        read_settings()


def test_an_address_is_taken_as_servers_take_it() -> None:
    assert mailbox(" rathaus@MÜLLERSTADT.example ") == "rathaus@xn--mllerstadt-9db.example"
    with pytest.raises(ValueError, match="no address") as caught:
        mailbox("someone else@example.org")
    assert "someone" not in str(caught.value)
