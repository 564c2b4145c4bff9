"""What is missing in the fake desk's own town, and which of its offers are alike."""

from bot.case_views import Done
from bot.gap_board import GapBoard, GapRow, OverlapLine, StepLine
from bot.team_entry import SignedIn

STEP = StepLine(
    need="Bankkonto eröffnen",
    decision="Aufruf an Ehrenamtliche",
    on="20.11.2026",
    by="Integrationsguide",
    note="Sparkasse <fragen>",
)
REFUSED = "Bitte wählen Sie einen Bedarf und was daraus wird."


class FakeGaps:
    """Only one need can be decided about."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done

    async def board(self, member: SignedIn) -> GapBoard:
        if not member.id.startswith("erlenfels"):
            return GapBoard()
        row = GapRow(
            code="digital.bank",
            domain="Digitales",
            need="Bankkonto eröffnen",
            missing="7",
            named="9",
            offers=0,
            months=(("Okt 2026", "3"), ("Nov 2026", "4")),
            last=STEP,
        )
        rest = GapRow(
            code="",
            domain="Wohnen",
            need="übrige zusammen",
            missing="<5",
            named="5",
            offers=None,
            months=(),
            last=None,
        )
        return GapBoard(
            rows=(row, rest),
            months=(("2026-10", "3"), ("2026-11", "4"), ("Summe", "7")),
            steps=(STEP,),
            needs=(("Digitales", (("digital.bank", "Bankkonto eröffnen"),)),),
            decisions=(("found", "Angebot gefunden"), ("nothing_yet", "noch nichts")),
            counting="Genaue Zahlen: nur für die Arbeit in der eigenen Stadt.",
        )

    async def note(self, member: SignedIn, need: str, decision: str, note: str, form_id: str) -> Done:
        if not member.id.startswith("erlenfels") or need != "digital.bank":
            return Done(ok=False, sentence=REFUSED)
        self._done.append(("gap", member.id, need, decision, note))
        return Done(ok=True, sentence="Gut.")

    async def overlaps(self, member: SignedIn) -> tuple[OverlapLine, ...]:
        if not member.id.startswith("erlenfels"):
            return ()
        offers = (("cafe", "Sprachcafé <1>", "Freundeskreis"), ("cafe-2", "Café International", "Kirche"))
        return (OverlapLine(needs=("Leute kennenlernen",), area="in der Stadt", offers=offers),)
