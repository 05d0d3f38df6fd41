"""`postil show`: all that was said of an article and of its marks."""

import json

from factories import make_article
from postil.cli import main
from postil.domain.annotation import Confidence, Relation, Status
from postil.library import AddAnnotation, AddArticle, Library, LinkMarks, WriteOnArticle

NOTE = "- **Claim:** two\n- **Verdict:** false"


def test_notes_answers_and_links_are_shown_as_they_were_written(tmp_path, capsys):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        article = AddArticle(make_article("One two three.", title="Ferry"))
        library.do(article)
        one = AddAnnotation(article.id, 0, 3, ("Doubt",), note=NOTE, status=Status.OPEN)
        two = AddAnnotation(article.id, 4, 7, confidence=Confidence.SURE)
        for step in (one, two, LinkMarks(one.id, Relation.REPEATS, two.id)):
            library.do(step)
        library.do(WriteOnArticle(article.id, "On the whole"))
        library.do(WriteOnArticle(article.id, "She did.", "reading_questions/q_author"))
    command = ["show", "--library", str(path), "ferry"]
    assert main(command) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[2].startswith("14 characters · 2 marks")
    assert lines[4] == "On the whole"
    assert lines[6].startswith("Who wrote")
    assert lines[7] == "She did."
    assert lines[10:14] == ["Doubt · open", *NOTE.split("\n"), f"repeats {two.id}"]
    assert lines[-1] == "no tag · sure"
    assert main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["note"] == "On the whole"
    assert told["answers"] == {"reading_questions/q_author": "She did."}
    assert told["annotations"][0]["links"] == [{"relation": "repeats", "target": two.id}]
