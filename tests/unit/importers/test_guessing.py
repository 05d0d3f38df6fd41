"""The language of a text: guessed where nobody says it, and never against who does."""

import sys

import pytest

from postil.domain.article import Metadata
from postil.importers import read, source_from_text
from postil.importers.guessing import guessed_language

TEXTS = {
    "en": "The minister said on Monday that the government will not pay for the ferry.",
    "de": "Der Minister sagte am Montag, dass die Regierung die Fähre nicht bezahlen wird.",
    "fr": "Le ministre a dit lundi que le gouvernement ne paiera pas le bateau.",
    "sv": "Ministern sade på måndagen att regeringen inte kommer att betala färjan.",
    "ru": "Министр сказал в понедельник, что правительство не будет платить за паром.",
    "he": "השר אמר ביום שני שהממשלה לא תשלם על המעבורת לאיים.",
    "ja": "大臣は月曜日に、政府はフェリーの費用を支払わないと述べた。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_is_enough(language):
    pytest.importorskip("pycld2", reason="no wheel for this machine")
    about = read(source_from_text(TEXTS[language], html=False)).article.metadata
    assert (about.language, about.language_guessed) == (language, True)


def test_what_a_page_says_or_a_person_names_is_no_guess():
    page = source_from_text(f"<html lang='fr-CA'><p>{TEXTS['de']}</p></html>", html=True)
    about = read(page).article.metadata
    assert (about.language, about.language_guessed) == ("fr-CA", False)
    about = read(page, language="de").article.metadata
    assert (about.language, about.language_guessed) == ("de", False)


@pytest.mark.parametrize("text", ["12 345", "x", "\U000e0fff\ufdd0", "😀" * 20_000])
def test_what_cannot_be_told_is_left_open(text):
    assert guessed_language(text) == ""


def test_a_machine_without_the_library_guesses_nothing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pycld2", None)
    about = read(source_from_text(TEXTS["en"], html=False)).article.metadata
    assert (about.language, about.language_guessed) == ("", False)


def test_what_is_said_fills_a_gap_and_a_guess_but_nothing_else():
    said, guess, other = (
        Metadata(language="en"),
        Metadata(language="de", language_guessed=True),
        Metadata(title="t", language="fr", language_guessed=True),
    )
    assert guess.filled(said) == said
    assert said.filled(guess) == said
    assert guess.filled(other) == Metadata(title="t", language="de", language_guessed=True)
    assert Metadata().filled(guess) == guess
    assert said.filled(Metadata(language="fr")) == said
