"""Code in Markdown is found where Python-Markdown finds it, only sooner."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from postil.importers.code_spans import CodeSpans

_WORDS = st.text(st.sampled_from("```` \\a*&<\n"), max_size=40)


@given(_WORDS)
@example("```a `b`` c``` d`")
@example("\\\\`a\\`` b`")
def test_code_is_found_where_the_library_finds_it(text):
    assert Markdown(extensions=[CodeSpans()]).convert(text) == Markdown().convert(text)
