"""Compares the languages with German: missing texts, other placeholders or plurals; mends nothing."""

from collections.abc import Iterator
from string import Formatter

from dialogs.wording import SOURCE, Language, Wording


def problems_of(wording: Wording) -> Iterator[str]:
    """One sentence for each text that a translator has to mend; German texts come first."""
    source = wording[SOURCE]
    for code in wording.languages:
        for key, forms in source.texts.items():
            own = wording[code].texts.get(key)
            if own is None:
                yield f"{code}: no text '{key}'. Translate: {forms[0][:60]}"
            else:
                yield from _compared(wording[code], key, forms, own)
        for key in wording[code].texts.keys() - source.texts.keys():
            yield f"{code}: '{key}' is not a German text (any more). Remove it."


def placeholders(text: str) -> frozenset[str]:
    """Names in braces. Raises ValueError if a brace is left open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _compared(language: Language, key: str, forms: tuple[str, ...], own: tuple[str, ...]) -> Iterator[str]:
    if len(forms) > 1 and len(own) <= max(language.plural(n) for n in range(200)):
        yield f"{language.code}: '{key}' has {len(own)} plural forms, too few for its header. Add the others."
    try:
        wanted = placeholders(forms[-1])
        wrong = [form for form in own if not placeholders(form) <= wanted or placeholders(own[-1]) != wanted]
    except ValueError:
        yield f"{language.code}: '{key}' has a brace that is not closed. Write {{name}} or double the brace."
        return
    if wrong:
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        yield f"{language.code}: '{key}' must have the same placeholders as the German text: {names}."
