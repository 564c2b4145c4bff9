"""Compares the languages with German: missing texts, other placeholders or plurals; mends nothing."""

from collections.abc import Iterator
from string import Formatter
from unicodedata import category

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
    """Names in braces, with whatever follows a colon or an exclamation mark. Raises ValueError."""
    parts = Formatter().parse(text)
    return frozenset(
        name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, name, form, conversion in parts
        if name is not None
    )


def _hidden(forms: tuple[str, ...]) -> bool:
    # Joiners belong to words in Persian and Hindi; isolates (U+2066 to U+2069) are set when a file is read.
    characters = (character for form in forms for character in form)
    return any(
        category(c) in ("Cc", "Cf") and c not in "\n\u200c\u200d\u00ad\u2066\u2067\u2068\u2069"
        for c in characters
    )


def _compared(language: Language, key: str, forms: tuple[str, ...], own: tuple[str, ...]) -> Iterator[str]:
    if max(len(forms), len(own)) > 1 and len(own) <= max(language.plural(n) for n in range(200)):
        yield f"{language.code}: '{key}' has {len(own)} plural forms, too few for its header. Add the others."
    if _hidden(own):
        yield f"{language.code}: '{key}' has control or direction characters. Type it again without them."
    try:
        wanted = placeholders(forms[-1])
        wrong = [form for form in own if not placeholders(form) <= wanted or placeholders(own[-1]) != wanted]
    except ValueError:
        yield f"{language.code}: '{key}' has a brace that is not closed. Write {{name}} or double the brace."
        return
    if wrong:
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        yield f"{language.code}: '{key}' must have the same placeholders as the German text: {names}."
