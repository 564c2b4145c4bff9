"""After the quick exit a kept conversation can be erased from the phone, and not be read from it."""

from tests.web.browser import Browser
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.forms import buttons, hidden, say

ASIDE = "kw-erlenfels-2"


def leave_with_something_kept(client: Browser) -> str:
    """Consent, and out; the address of what is kept."""
    say(client, choice="r.consent:yes")
    address = client.cookies["kw-erlenfels"]
    client.post("/leave")
    return address


def test_nothing_in_the_page_and_no_request_leads_back(client: Browser) -> None:
    leave_with_something_kept(client)
    page = client.get("/").text
    assert "r.start:go" in buttons(page), "the first screen"
    assert "r.need:Arbeit" not in page
    sent = hidden(page, "/say")
    assert client.post("/return", data=sent).status_code != 303
    for path in ("/", "/weiter", "/news"):
        assert "r.need:Arbeit" not in client.get(path).text
    assert client.post("/weiter", data=sent).status_code == 403


def test_deleting_erases_what_was_put_away_and_ends_both_cookies(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    address = leave_with_something_kept(client)
    goodbye = say(client, choice="r.erase:yes")
    assert "Alles ist gelöscht" in goodbye.text
    assert newcomers.forgotten == [address]
    assert not client.cookies


def test_leaving_twice_forgets_neither_conversation(client: Browser, newcomers: FakeNewcomerDesk) -> None:
    first, second = leave_with_something_kept(client), leave_with_something_kept(client)
    say(client, choice="r.erase:yes")
    assert newcomers.forgotten == [second, first]


def test_a_guest_who_leaves_takes_nothing_from_what_was_put_away(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    address = leave_with_something_kept(client)
    say(client, choice="r.start:go")
    client.post("/leave")
    say(client, choice="r.erase:yes")
    assert newcomers.forgotten == [address]


def test_no_goodbye_is_said_before_all_is_gone_and_the_same_form_tries_again(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    address = leave_with_something_kept(client)
    newcomers.unforgetting = True
    sent = {**hidden(client.get("/").text, "/say"), "choice": "r.erase:yes"}
    answer = client.post("/say", data=sent)
    assert answer.status_code == 503
    assert "Alles ist gelöscht" not in answer.text
    assert ASIDE in client.cookies
    newcomers.unforgetting = False
    assert client.post("/say", data=sent).status_code == 200
    assert newcomers.forgotten == [address]
    assert ASIDE not in client.cookies


def test_a_planted_cookie_with_anything_else_in_it_does_nothing(
    client: Browser, newcomers: FakeNewcomerDesk
) -> None:
    client.cookies.set(ASIDE, "../x. .gsomebody")
    assert say(client, choice="r.erase:yes").status_code == 200
    assert newcomers.forgotten == []


def test_the_way_back_says_that_it_is_the_only_one_after_the_quick_exit(client: Browser) -> None:
    say(client, choice="r.consent:yes")
    page = client.get("/weiter?lang=de").text
    made = client.post("/weiter?lang=de", data=hidden(page, "/weiter?lang=de")).text
    assert "web.resume_exit" in page
    assert "web.resume_exit" in made


def test_after_the_goodbye_a_button_begins_anew(client: Browser) -> None:
    say(client, choice="r.start:go")
    goodbye = say(client, choice="r.erase:yes").text
    assert '<a class="main" href="/?lang=de"><span>web.arrive_new</span></a>' in goodbye
    assert "web.arrive_new" not in client.get("/").text
