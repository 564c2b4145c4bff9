from datetime import timedelta

import pytest

from casework.retention import FILES, LABELS, RULES, CountedFrom, Rule, rules_for
from tests.casework.expected import ROOT, same_as_part

WITHOUT_PERIOD = {
    CountedFrom.WITH_ACCOUNT: "so lange wie das Konto",
    CountedFrom.WITH_MEMBER: "so lange wie der Zugang",
    CountedFrom.NEVER: "dauerhaft",
}
KEPT_WITHOUT_END = (CountedFrom.WITH_ACCOUNT, CountedFrom.WITH_MEMBER, CountedFrom.NEVER)


@pytest.mark.parametrize(
    ("table", "counted_from", "keep"),
    [
        pytest.param("accounts", CountedFrom.GUEST_SEEN, timedelta(hours=24), id="a guest: a day"),
        pytest.param("conversations", CountedFrom.LAST_ANSWER, timedelta(days=30), id="unfinished: 30 days"),
        pytest.param("letters", CountedFrom.CREATED, timedelta(days=90), id="relayed text: 90 days"),
        pytest.param("addresses", CountedFrom.CASE_CLOSED, timedelta(days=30), id="the way back: 30 days"),
        pytest.param("conversations", CountedFrom.CASE_CLOSED, timedelta(days=183), id="answers: six months"),
        pytest.param("accounts", CountedFrom.LAST_CONTACT, timedelta(days=730), id="nobody: over two years"),
        pytest.param("outbox", CountedFrom.FAILED, timedelta(days=30), id="undeliverable: 30 days"),
        pytest.param("updates", CountedFrom.CREATED, timedelta(hours=48), id="update ids: two days"),
        pytest.param("audit", CountedFrom.CREATED, timedelta(days=365), id="who read what: a year"),
        pytest.param("appointments", CountedFrom.TOOK_PLACE, timedelta(days=30), id="appointments: 30 days"),
        pytest.param("reminders", CountedFrom.CREATED, timedelta(days=30), id="reminders: 30 days"),
        pytest.param("invitations", CountedFrom.CREATED, timedelta(hours=72), id="invitations: three days"),
    ],
)
def test_what_was_promised_is_in_the_table(table: str, counted_from: CountedFrom, keep: timedelta) -> None:
    assert [rule.keep for rule in rules_for(table) if rule.counted_from is counted_from] == [keep]


@pytest.mark.parametrize("rule", [*RULES, *FILES], ids=lambda rule: f"{rule.table}: {rule.what}")
def test_a_rule_has_a_period_or_says_why_there_is_none(rule: Rule) -> None:
    assert (rule.keep is None) == (rule.counted_from in KEPT_WITHOUT_END)
    assert rule.what
    assert rule.why.endswith(".")
    assert rule.law


@pytest.mark.parametrize("table", sorted({rule.table for rule in RULES}))
def test_no_two_rules_of_a_table_count_from_the_same_moment(table: str) -> None:
    starts = [rule.counted_from for rule in rules_for(table)]
    assert len(starts) == len(set(starts))


def test_an_erased_id_is_known_for_longer_than_any_backup_lives() -> None:
    backups = [rule.keep for rule in FILES if rule.keep and rule.table.startswith("Sicherung")]
    (erasures,) = (rule.keep for rule in rules_for("erasures"))
    assert erasures is not None
    assert erasures > max(backups)


def test_every_moment_has_a_german_name() -> None:
    assert set(LABELS) == set(CountedFrom)


@pytest.mark.parametrize(
    ("name", "rules"),
    [pytest.param("tables", RULES, id="tables"), pytest.param("files", FILES, id="files")],
)
def test_the_page_for_data_protection_officers_is_the_table(name: str, rules: tuple[Rule, ...]) -> None:
    assert same_as_part(ROOT / "docs/privacy.md", name, as_markdown(rules))


def as_markdown(rules: tuple[Rule, ...]) -> str:
    head = "| Wo | Was | Wie lange | Ab wann | Warum | Grundlage |\n|---|---|---|---|---|---|\n"
    lines = (
        f"| `{rule.table}` | {rule.what} | {how_long(rule)} | {LABELS[rule.counted_from]} "
        f"| {rule.why} | {rule.law} |\n"
        for rule in rules
    )
    return head + "".join(lines)


def how_long(rule: Rule) -> str:
    if rule.keep is None:
        return WITHOUT_PERIOD[rule.counted_from]
    hours = rule.keep // timedelta(hours=1)
    if hours == 1:
        return "1 Stunde"
    return f"{hours} Stunden" if hours <= 72 else f"{rule.keep.days} Tage"
