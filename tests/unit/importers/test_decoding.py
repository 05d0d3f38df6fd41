import codecs
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postil.domain.errors import UserError
from postil.importers.decoding import codec_name, decode

GERMAN = "Der Bürgermeister sagte, die neue Brücke sei längst überfällig; das wisse jeder. " * 4
FRENCH = (
    "Le maire a déclaré que le pont était nécessaire, et même inévitable, à l’été prochain. " * 4
)
RUSSIAN = "Мэр заявил, что новый мост давно необходим и что это знает каждый житель города. " * 4
JAPANESE = "市長は、新しい橋は避けられないと述べ、誰もがそれを知っていると語った。" * 6


def text_of(data, **options):
    return decode(data, "f.txt", **options).text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides(codec):
    assert text_of(f"\ufeff{GERMAN}".encode(codec)) == GERMAN


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_characters_are_seen_without_a_mark(codec):
    assert (
        text_of("Enough words in plain English.".encode(codec)) == "Enough words in plain English."
    )


def test_plain_utf_8():
    decoded = decode("é😀\u2028".encode(), "f.txt")
    assert (decoded.text, decoded.encoding, decoded.remarks) == ("é😀\u2028", "utf-8", ())


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_older_encodings_are_guessed(text, codec):
    assert text_of(text.encode(codec)) == text


def test_the_guess_looks_where_the_letters_are():
    text = "plain words. " * 60_000 + GERMAN
    assert text_of(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META http-equiv=content-type content='text/html; CHARSET=koi8-r'>", "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
    ],
)
def test_what_a_page_declares_is_believed(head, codec):
    assert text_of((head + "мост").encode(codec)) == head + "мост"


def test_what_the_carrier_says_is_believed():
    assert text_of("мост".encode("cp1251"), media_type="text/plain; charset=windows-1251") == "мост"


def test_latin_1_means_windows_1252_as_in_browsers():
    assert text_of(b'<meta charset="iso-8859-1">\x93so\x94').endswith("“so”")


@pytest.mark.parametrize(
    "label", ["utf-8", "nonsense", "rot13", "idna", "unicode-escape", "utf-16"]
)
def test_a_false_or_useless_declaration_is_passed_over(label):
    page = f'<meta charset="{label}">{FRENCH}'
    assert text_of(page.encode("cp1252")) == page


def test_the_users_word_beats_everything():
    assert text_of("é".encode(), encoding="cp1252") == "Ã©"
    assert text_of("\ufeffé".encode(), encoding="utf-8") == "é"
    assert text_of("\ufeffé".encode("utf-16-le"), encoding="utf-16") == "é"


@pytest.mark.parametrize(
    "label",
    [
        "nonsense",
        "rot13",
        "base64",
        "idna",
        "unicode_escape",
        "a\0b",
        "",
        "undefined",
        "mbcs2",
        "ü" * 99,
    ],
)
def test_an_unknown_encoding_is_refused(label):
    with pytest.raises(UserError, match="is no encoding"):
        decode(b"x", "f.txt", encoding=label)


def test_an_encoding_that_does_not_fit_is_refused():
    with pytest.raises(UserError, match=r"f\.txt is not written in utf-8"):
        decode(b"caf\xe9 noir", "f.txt", encoding="utf-8")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_file_that_breaks_off_in_a_character_keeps_the_rest(codec):
    decoded = decode("Grüße an alle ü".encode(codec)[:-1], "f.txt")
    assert decoded.text == "Grüße an alle "
    assert "may be missing" in decoded.remarks[0]


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UserError, match=r"f\.txt does not show its encoding"):
        decode(bytes(range(256)) * 10, "f.txt")


def test_names_of_codecs():
    assert codec_name(" UTF8 ") == "utf-8"
    assert codec_name("utf_7") is None


@given(st.binary(max_size=300))
def test_decoding_gives_text_or_a_sentence(data):
    try:
        decoded = decode(data, "f.txt")
    except UserError:
        return
    assert codecs.lookup(decoded.encoding)
    decoded.text.encode("utf-8", "surrogatepass")


@given(st.text(max_size=80), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_text_with_a_mark_comes_back(text, codec):
    text = text.encode("utf-8", "ignore").decode().lstrip("\ufeff\0")
    if text:
        assert text_of(text.encode(codec)) == text


def test_a_short_text_that_is_guessed_wrong_is_a_text_all_the_same():
    assert len(text_of("Le café était fermé à Besançon.".encode("cp1252"))) == 31


@given(st.integers(0, 2**32), st.integers(64, 65_536))
def test_random_bytes_are_no_text(seed, length):
    data = Random(seed).randbytes(length)
    assume(data[:2] not in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))  # it says what it is
    with pytest.raises(UserError, match=r"f\.txt"):
        decode(data, "f.txt")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Ο δήμαρχος είπε ότι η «νέα» γέφυρα είναι αναγκαία. ", "cp1253"),
        ("ראש העיר אמר שהגשר החדש נחוץ מאוד. ", "cp1255"),
        ("قال العمدة إن الجسر الجديد ضروري. ", "cp1256"),
        ("Мэр заявил, что новый мост давно необходим. ", "cp866"),
        ("市長表示,新橋是不可避免的,每個人都知道這一點。", "big5"),
        ("市长表示,新桥是不可避免的,每个人都知道这一点。", "gb18030"),
        ("시장은 새 다리가 불가피하다고 말했다. ", "euc_kr"),
        ("Über 25 °C kostet es längst fünf Mark für größere Brücken. ", "cp1252"),
    ],
)
def test_texts_in_old_encodings_are_no_random_bytes(text, codec):
    assert text_of((text * 5).encode(codec)) == text * 5


@pytest.mark.parametrize("seed", [362, 1617, 1739, 3157])
def test_random_bytes_that_look_like_an_old_encoding_are_no_text(seed):
    with pytest.raises(UserError, match="is no text"):
        decode(Random(seed).randbytes(64), "f.txt")
