"""Newcomers and guides who use the product's pages over HTTP as a browser without script does."""

import re
from html import unescape

import httpx

from tests.doors import Page
from tests.e2e.product import PATIENCE, TOWN

COOKIE = f"kw-{TOWN}"
TO_A_PERSON = ("/language en", "/human", ".ask:yes")
TO_CONSENT = ("/language en", ":lang", ":lang.first_orientation", ":has_time", ".more:yes", ".consent:yes")
QUESTIONS = (
    *(".town:here", ".age:27_59", ".german:a_little", "+partner", "+children_3_5", ".household:ok"),
    *(".since:under_1_year", ".paper:dated_card", ".purpose:family_work_protection", ".card_year:no"),
    *(".card_together:yes", "+childcare", ".barriers:ok"),
)
HANDOVER = (".review:right", ".contact:chat")


class Visitor:
    """Someone with cookies of their own."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(
            base_url=address,
            timeout=PATIENCE,
            headers={"accept-language": "en"},
            trust_env=False,  # no proxy leads to this machine's own ports
            verify=False,  # there is no TLS here, and reading the certificates takes longer than a page
        )

    def away(self) -> None:
        self.client.close()


class Newcomer(Visitor):
    """Taps and writes in the web chat; `page` is what is on the screen."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.page = Page("")

    @property
    def token(self) -> str:
        """The cookie that leads to the conversation."""
        return self.client.cookies.get(COOKIE) or ""

    def open(self) -> Page:
        return self.read(self.client.get("/"))

    def read(self, answer: httpx.Response) -> Page:
        self.page = Page(answer.text)
        return self.page

    def form(self, **what: str) -> dict[str, str]:
        """What a browser would send from the page on the screen."""
        return {"token": self.page.fields["token"], "id": self.page.fields["id"], **what}

    def button(self, ending: str) -> str:
        """The whole id of the last button whose id ends so."""
        known = [value for _, value in self.page.buttons if value.split(" g~")[0].endswith(ending)]
        assert known, f"no button {ending} in {self.page.talk}"
        return known[-1]

    def send(self, form: dict[str, str]) -> httpx.Response:
        answer = self.client.post("/say", data=form)
        assert answer.status_code == 303, (answer.status_code, Page(answer.text).talk)
        return answer

    def tap(self, *endings: str) -> Page:
        for ending in endings:
            self.open()
            self.send(self.form(choice=self.button(ending)))
        return self.open()

    def write(self, text: str) -> Page:
        self.open()
        self.send(self.form(text=text))
        return self.open()


PASSWORD = "goldammer-und-schilf"


class Guide(Visitor):
    """Uses the desk."""

    def enter(self, invitation: str, name: str) -> None:
        path = invitation.removeprefix(str(self.client.base_url).rstrip("/"))
        answer = self.post(path, path, name=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text

    def cases(self) -> dict[int, str]:
        """Address of every case on the board, by number."""
        page = self.client.get("/desk").text
        found = re.findall(r'href="(/desk/fall/\w+)">.*?Fall (\d+)', page, re.DOTALL)
        return {int(number): path for path, number in found}

    def post(self, page: str, action: str, **what: str) -> httpx.Response:
        """Send the form that goes to `action` from `page`."""
        fields = hidden(self.client.get(page).text, action)
        return self.client.post(action, data={**fields, **what})

    def write(self, case: str, text: str) -> httpx.Response:
        return self.post(case, f"{case}/schreiben", text=text)


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that goes to `action`."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form to {action} in {page}"
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in found}


def notice(page: str) -> str:
    """The sentence that a page of the desk shows to whoever could not do something."""
    found = re.search(r'<p class="notice" role="alert">(.*?)</p>', page, re.DOTALL)
    return unescape(found[1]) if found else ""
