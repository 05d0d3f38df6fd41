import pytest

from postil.domain.canonical import clean_line, clean_note, clean_run, text_sha256


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nb\rc\nd\x85e\u2029f", "a b c d e f"),
        ("a\tb", "a b"),
        ("nul\x00 bell\x07 del\x7f c1\x9f", "nul bell del c1"),
        ("lone \ud800 half", "lone  half"),
        ("non\ufdd0char\uffff \U0001ffff", "nonchar "),
        ("no\u00a0break \u200b\u202e\ufeff stays", "no\u00a0break \u200b\u202e\ufeff stays"),
        ("astral 😀 stays", "astral 😀 stays"),
    ],
)
def test_a_run_loses_only_what_canonical_text_never_holds(given, kept):
    assert clean_run(given) == kept


def test_a_note_is_nfc_with_plain_line_ends_and_no_outer_blank_lines():
    assert clean_note("\r\n  \nCafe\u0301\r\n\r\n\tcode\n   \n") == "Café\n\n    code"


def test_a_notes_hard_break_of_two_spaces_stays():
    assert clean_note("one  \ntwo") == "one  \ntwo"


def test_a_line_has_single_spaces_and_no_break():
    assert clean_line("  A\u2028title \n of\u00a0words ") == "A title of words"


@pytest.mark.parametrize("turning", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_line_turns_nothing_that_stands_beside_it(turning):
    assert clean_line(f"bill{turning}gpj.exe") == "billgpj.exe"
    assert clean_line("\u200fשלום\u200e") == "\u200fשלום\u200e"  # of weight only where they stand


def test_the_hash_is_over_utf8():
    assert text_sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
