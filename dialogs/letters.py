"""What a letter is about, by who sent it and how; nobody asks for the letter itself."""

from collections.abc import Mapping

from dialogs.conversation import Answers

LETTER = "letter"
"""The questionnaire."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "court": ("law.legal_advice", "admin.letters"),
    "asylum_office": ("law.asylum", "admin.letters"),
    "foreigners_office": ("law.permit", "admin.letters"),
    "benefits_office": ("money.jobcenter", "admin.letters"),
    "landlord": ("housing.tenancy", "admin.letters"),
    "employer": ("work.rights", "admin.letters"),
    "creditor": ("money.debts", "admin.letters"),
    "insurance": ("health.insurance", "admin.letters"),
    "school": ("edu.school_enrol", "admin.letters"),
    "police": ("law.legal_advice", "admin.letters"),
    "unknown": ("admin.letters",),
}
"""By sender; the first one tells most."""

THREATENING = {"court", "police"}
DATED = {"today", "this_week", "later"}
YELLOW = "yellow"


def needs_of_letter(answers: Answers) -> tuple[str, ...]:
    """Never empty."""
    sender = answers.get("sender", ())
    return NEEDS.get(sender[0] if sender else "", NEEDS["unknown"])


def may_be_due(answers: Answers) -> bool:
    """Whether a deadline may run: a date, a yellow envelope, a court or the police."""
    said = {*answers.get("sender", ()), *answers.get("date", ()), *answers.get("envelope", ())}
    return not said.isdisjoint(THREATENING | DATED | {YELLOW})


def is_yellow(answers: Answers) -> bool:
    return answers.get("envelope") == (YELLOW,)
