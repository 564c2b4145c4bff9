import datetime as dt
from dataclasses import replace

import pytest

from catalog.age import fits, years
from catalog.matching import REASONS, SHOWN_AT_MOST, Facts, best_offers, guide_of
from catalog.needs import UnknownNeed, packaged_taxonomy
from catalog.offer import Kind
from tests.catalog.town import NOW, erlenfels, hits, ids, offer, reasons

GAPS = {
    "digital.bank",
    "housing.accommodation",
    "mobility.public_transport",
    "work.self_employment",
    "emergency.medical",
    "emergency.suicide",
    "emergency.danger",
}


def test_only_the_known_gaps_have_no_offer() -> None:
    """An empty answer is evidence of a gap, so it must not come from a mistake of ours."""
    assert {need for need in packaged_taxonomy().needs if not ids(need)} == GAPS


def test_never_more_than_three_and_never_the_guide_among_them() -> None:
    """The guide is the last line under every list, not a hit."""
    for need in packaged_taxonomy().needs:
        found = hits(need)
        assert len(found) <= SHOWN_AT_MOST
        assert not any(match.offer.is_the_guide for match in found)
        assert all(match.reasons and set(match.reasons) <= set(REASONS) for match in found)
        assert all(0 <= match.score <= 1 for match in found)


@pytest.mark.parametrize(
    ("need", "gone"),
    [
        ("lang.first_orientation", "eok-sommer"),
        ("social.contacts", "naehcafe-alt"),
        ("admin.letters", "guide-erlenfels"),
        ("work.recognition", "ik-vormittag"),
    ],
    ids=["an ended course", "an inactive entry", "the guide", "an offer for another need"],
)
def test_what_must_not_be_shown_is_not(need: str, gone: str) -> None:
    """A wrong hint costs a person a day."""
    assert gone not in ids(need)


@pytest.mark.parametrize(
    ("need", "order"),
    [
        ("lang.integration_course", ["ik-vormittag", "ik-abend", "mbe-sozialwerk"]),
        ("money.basic_goods", ["sozialkaufhaus", "tafel-erlenfels"]),
        ("social.sport", ["frauenschwimmen", "offener-fussball"]),
        ("health.mental", ["gesundheitsamt-spdi", "psz-region"]),
        ("housing.search", ["rathaus-soziales", "wohn-workshop", "wohnungssicherung"]),
    ],
    ids=[
        "a full course after one with places, another body last",
        "full after open",
        "a summer offer after one that runs",
        "a waiting list after a place that is free",
        "local before district",
    ],
)
def test_the_order_can_be_explained(need: str, order: list[str]) -> None:
    """Responsible, then places, then near, then score."""
    assert ids(need) == order


@pytest.mark.parametrize(
    ("need", "id_", "reason"),
    [
        ("lang.integration_course", "ik-abend", "waiting_list"),
        ("lang.integration_course", "ik-vormittag", "ask_first"),
        ("lang.integration_course", "ik-vormittag", "starts_later"),
        ("mobility.driving_licence", "fuehrerschein-hintertaunus", "check_first"),
        ("social.sport", "offener-fussball", "seasonal"),
        ("admin.interpreting", "sprachmittlerpool", "guide_books"),
        ("lang.job_german", "jobcenter-hintertaunus", "ask_first"),
        ("work.rights", "faire-arbeit-online", "online"),
        ("housing.search", "rathaus-soziales", "local"),
    ],
    ids=str,
)
def test_each_edge_case_says_why(need: str, id_: str, reason: str) -> None:
    """A person reads the reason on the card."""
    assert reason in reasons(need, id_)


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (Facts(), True),
        (Facts(gender="woman"), True),
        (Facts(gender="other"), True),
        (Facts(gender="man"), False),
    ],
    ids=["unknown", "a woman", "other", "a man"],
)
def test_an_offer_for_women_is_hidden_from_men_only(facts: Facts, shown: bool) -> None:
    """What is unknown never hides an offer."""
    assert ("frauenkurs-kind" in ids("lang.women_course", facts)) is shown


@pytest.mark.parametrize(
    ("need", "facts", "id_", "shown"),
    [
        ("youth.counselling", Facts(age="27_59"), "jmd-sozialwerk", False),
        ("youth.counselling", Facts(age="18-26"), "jmd-sozialwerk", True),
        ("admin.letters", Facts(age="18_26"), "mbe-sozialwerk", False),
        ("admin.letters", Facts(), "mbe-sozialwerk", True),
        ("edu.school_support", Facts(age="27_59"), "hausaufgabenhilfe", True),
        ("care.senior", Facts(age="27_59"), "seniorencafe", False),
        ("care.senior", Facts(age="60_plus"), "seniorencafe", True),
    ],
    ids=[
        "too old for the youth service",
        "young enough",
        "too young for the adults' advice",
        "age unknown",
        "a mother asks for her child",
        "too young for the seniors",
        "old enough",
    ],
)
def test_age_hides_only_what_surely_does_not_fit(need: str, facts: Facts, id_: str, shown: bool) -> None:
    """The age told is the adult's; an offer for children stays."""
    assert (id_ in ids(need, facts)) is shown


@pytest.mark.parametrize(
    ("residence", "shown", "asks"),
    [
        ((), True, True),
        (("duldung",), False, False),
        (("permit",), True, False),
        (("entitlement_integration_course",), True, True),
    ],
    ids=["unknown", "a paper that does not fit", "a paper that fits", "an entitlement is no paper"],
)
def test_a_paper_hides_an_offer_only_if_known(residence: tuple[str, ...], shown: bool, asks: bool) -> None:
    """The job centre is not for people with a toleration."""
    found = {
        match.offer.id: match for match in hits("money.jobcenter", Facts(residence=frozenset(residence)))
    }
    match = found.get("jobcenter-hintertaunus")
    assert (match is not None) is shown
    assert match is None or ("ask_first" in match.reasons) is asks


def test_a_known_permit_does_not_hide_a_course_that_asks_for_an_entitlement() -> None:
    """Someone may have both, and told only one."""
    assert ids("lang.integration_course", Facts(residence=frozenset({"permit"})))[0] == "ik-vormittag"


def test_an_offer_whose_funding_ends_is_gone_the_day_after() -> None:
    """The last day still counts, on the German clock."""
    last = dt.datetime(2026, 12, 31, 22, 30, tzinfo=dt.UTC)
    assert "anerkennung-mobil" in ids("work.recognition", now=last)
    assert "anerkennung-mobil" not in ids("work.recognition", now=last + dt.timedelta(hours=1))


def test_single_dates_are_gone_after_the_last() -> None:
    """The commission's two evenings are all there is."""
    after = dt.datetime(2027, 2, 19, 12, tzinfo=dt.UTC)
    assert "auslaenderbeirat" in ids("rights.participation")
    assert "auslaenderbeirat" not in ids("rights.participation", now=after)


def test_an_entry_nobody_checked_for_a_year_is_hidden_but_an_authority_stays() -> None:
    """Offices do not vanish; initiatives do."""
    later = dt.datetime(2027, 4, 20, 10, tzinfo=dt.UTC)
    assert "interkultureller-garten" in ids("social.culture")
    assert "interkultureller-garten" not in ids("social.culture", now=later)
    assert ids("mobility.driving_licence", now=later) == ["fuehrerschein-hintertaunus"]


@pytest.mark.parametrize(
    "need", [code for code, need in packaged_taxonomy().needs.items() if need.guide_only], ids=str
)
def test_a_need_for_the_guide_gets_professional_places_only(need: str) -> None:
    """No course and no volunteers for someone who was hit or cannot sleep."""
    assert {match.offer.kind for match in hits(need)} <= {Kind.AUTHORITY, Kind.ADVICE_CENTRE}


def test_volunteers_are_left_out_where_only_the_guide_may_decide() -> None:
    """Even if a volunteer initiative names the need."""
    kind_people = replace(offer("lotsen-erlenfels"), id="kind", needs=("health.mental",), body="spdi")
    assert best_offers([kind_people], "health.mental", Facts(), "de", NOW) == []


def test_ones_own_language_and_childcare_lift_an_offer() -> None:
    """Among equals the one that a person can use comes first."""
    plain = replace(offer("sprachcafe-mittwoch"), id="a-plain", languages=("de",))
    own = replace(plain, id="b-own", languages=("de", "uk"))
    found = best_offers([plain, own], "social.contacts", Facts(has_young_children=True), "uk", NOW)
    assert [match.offer.id for match in found] == ["b-own", "a-plain"]
    assert {"speaks_your_language", "childcare"} <= set(found[0].reasons)


def test_the_guide_is_a_function_of_its_own() -> None:
    """The last line under every list, as long as the post exists."""
    guide = guide_of(erlenfels().offers, "digital.bank", "ar", NOW)
    assert guide is not None
    assert guide.offer.id == "guide-erlenfels"
    assert guide.reasons == ("guide", "speaks_your_language")
    assert guide_of(erlenfels().offers, "digital.bank", "ar", dt.datetime(2028, 10, 1, tzinfo=dt.UTC)) is None


def test_an_unknown_need_is_no_gap() -> None:
    """A typing mistake of ours must not become evidence."""
    with pytest.raises(UnknownNeed):
        hits("social.contact")


def test_an_unknown_gender_code_is_refused() -> None:
    """Otherwise a wrong code would silently never exclude."""
    with pytest.raises(ValueError, match="female"):
        Facts(gender="female")


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ("16_17", (16, 17)),
        ("18-26", (18, 26)),
        ("under_16", (0, 15)),
        ("60_plus", (60, 120)),
        ("34", (34, 34)),
        ("unknown", None),
        (None, None),
    ],
    ids=str,
)
def test_a_band_reads_as_years(band: str | None, expected: tuple[int, int] | None) -> None:
    """However the questionnaire writes it."""
    assert years(band) == expected


def test_a_band_that_overlaps_is_neither_in_nor_out() -> None:
    """Someone of 18 to 26 may or may not be 20."""
    assert fits((18, 26), 20, None) is None
