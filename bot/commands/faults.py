"""Which faults are told in one sentence, because someone can mend them; all others show their traceback."""


def told() -> tuple[type[Exception], ...]:
    """The kinds of fault whose text says who must act and what to do."""
    from bot.settings import SettingsError
    from bot.shifts import ShiftsError
    from catalog.needs import CatalogError
    from dialogs.questionnaire_file import QuestionnaireError
    from dialogs.wording import WordingError
    from storage.errors import StorageError

    return (SettingsError, ShiftsError, CatalogError, QuestionnaireError, WordingError, StorageError)
