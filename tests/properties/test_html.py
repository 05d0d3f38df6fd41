"""The HTML file holds the article's words, whatever they are and whatever lies over them."""

import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.exporters import EXPORTERS, ExportOptions
from properties.strategies import handed_on

options = st.builds(
    ExportOptions,
    numbers=st.booleans(),
    legend=st.booleans(),
    room=st.booleans(),
    neutral=st.booleans(),
)


@settings(max_examples=25)
@given(handed_on(bodies=st.just("")), options)
def test_words_stay_and_each_mark_is_told(given_, options):
    page = lxml.html.document_fromstring(EXPORTERS["html"].export(given_, options).data)
    [article] = page.xpath("//article")
    assert len(article.xpath(".//sup")) == (0 if options.neutral else len(given_.annotations))
    assert len(page.xpath("//aside//li")) >= len(article.xpath(".//sup"))
    for added in article.xpath(".//sup|.//*[@class='by' or @class='n']"):
        added.drop_tree()
    rows = "".join(row.text_content() for row in article.xpath("./div[@class='row']"))
    told = "".join(given_.article.text.split())
    assert "".join(rows.split()).endswith(told)
