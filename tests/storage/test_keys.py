import pytest

from storage import Keys, StorageError
from storage.errors import WrongKey
from storage.keys import Seal

SEAL = Seal(bytes(32))


def test_a_sealed_value_opens_for_its_purpose_and_row_alone() -> None:
    sealed = SEAL.close("letters.words", "row", b"text")
    assert SEAL.open("letters.words", "row", sealed) == b"text"
    for seal, purpose, row in (
        (SEAL, "letters.words", "other"),
        (SEAL, "cases.matter", "row"),
        (Seal(bytes([1] * 32)), "letters.words", "row"),
    ):
        with pytest.raises(WrongKey):
            seal.open(purpose, row, sealed)


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(SEAL.close("p", "row", b"text"))
    sealed[-1] ^= 1
    with pytest.raises(WrongKey):
        SEAL.open("p", "row", bytes(sealed))


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert SEAL.close("p", "row", b"text") != SEAL.close("p", "row", b"text")


def test_a_lookup_tells_parts_apart_and_needs_the_key() -> None:
    keys, others = Keys.from_town_key(bytes(32)), Keys.from_town_key(bytes([1] * 32))
    found = {
        keys.lookup("address", "ab", "c"),
        keys.lookup("address", "a", "bc"),
        keys.lookup("resume", "ab", "c"),
        others.lookup("address", "ab", "c"),
    }
    assert len(found) == 4
    assert keys.lookup("address", "ab", "c") in found


def test_an_account_key_opens_for_its_account_and_town_alone() -> None:
    keys = Keys.from_town_key(bytes(32))
    wrapped = keys.new_account_key("erlenfels", "a")
    sealed = keys.unwrap("erlenfels", "a", wrapped).close("p", "row", b"text")
    assert keys.unwrap("erlenfels", "a", wrapped).open("p", "row", sealed) == b"text"
    for town, account in (("erlenfels", "b"), ("niederau", "a")):
        with pytest.raises(WrongKey):
            keys.unwrap(town, account, wrapped)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_town_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(StorageError, match="32"):
        Keys.from_town_key(bytes(size))


def test_keys_do_not_show_themselves() -> None:
    assert "\\x" not in repr(Keys.from_town_key(bytes(range(32)))) + repr(SEAL)
