"""The shelf's model: in step with the library, without reading all of it for each mark."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from postil.domain.shelf import ShelfOrder, ShelfQuestion
from postil.library import (
    ChangeAnnotation,
    ChangeMetadata,
    DeleteAnnotations,
    DeleteArticles,
    Library,
)
from postil.ui.desk import Desk
from postil.ui.shelf.model import ID, ROW, ShelfModel
from ui.filling import mark, put


@pytest.fixture
def desk(qapp, library):
    made = Desk(library)
    yield made
    made.close()


@pytest.fixture
def model(desk):
    made = ShelfModel(desk)
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


def rows(model):
    return [model.index(n, 0).data(ROW) for n in range(model.rowCount())]


def titles(model):
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def test_rows_follow_what_is_added_renamed_deleted_and_undone(model, library):
    first = put(library, "First")
    put(library, "Second")
    assert titles(model) == ["Second", "First"]
    metadata = library.article(first).article.metadata
    library.do(ChangeMetadata(first, replace(metadata, title="Another name")))
    assert titles(model) == ["Second", "Another name"]
    library.do(DeleteArticles((first,)))
    assert titles(model) == ["Second"]
    library.undo()
    library.undo()
    assert sorted(titles(model)) == ["First", "Second"]
    assert rows(model) == library.articles()


def test_several_articles_come_back_in_their_places(model, library):
    ids = [put(library, name) for name in ("First", "Second", "Third", "Fourth")]
    library.do(DeleteArticles((ids[0], ids[2])))
    assert titles(model) == ["Fourth", "Second"]
    library.undo()
    assert rows(model) == library.articles()


def test_only_the_rows_that_are_looked_at_are_read(model, library, monkeypatch):
    for number in range(40):
        put(library, f"Number {number}")
    read, articles = [], library.articles
    monkeypatch.setattr(library, "articles", lambda ids: read.extend(ids) or articles(ids))
    model.tester = None  # it looks at rows itself
    fresh = ShelfModel(model._desk)
    assert fresh.rowCount() == 40
    assert [fresh.index(row, 0).data(ID) for row in range(40)] == library.article_ids()
    assert read == []
    assert fresh.index(2, 0).data() == "Number 37"
    assert len(read) < 40
    assert fresh.index(1, 0).data() == "Number 38"
    assert len(read) == len(set(read)) < 40
    start = fresh.index(39, 0)
    (found,) = fresh.match(start, Qt.ItemDataRole.DisplayRole, "number 39")
    assert found.row() == 0
    assert len(read) < 40


def test_an_article_deleted_elsewhere_is_an_empty_row_until_that_is_noticed(model, library):
    put(library, "Mine")
    theirs = put(library, "Theirs")
    fresh = ShelfModel(model._desk)
    with Library.open(library.path) as other:
        other.do(DeleteArticles((theirs,)))
    assert [row.title for row in rows(fresh)] == ["", "Mine"]
    library.refresh()
    assert titles(fresh) == ["Mine"]


def test_what_was_deleted_comes_back_at_its_place(model, library):
    ids = [put(library, title) for title in ("First", "Second", "Third", "Fourth")]
    before = titles(model)
    assert before == ["Fourth", "Third", "Second", "First"]
    library.do(DeleteArticles((ids[0], ids[2])))
    library.undo()
    assert titles(model) == before
    library.redo()
    library.undo()
    assert titles(model) == before
    assert rows(model) == library.articles()


def test_articles_of_one_second_keep_their_order_too(model, library, monkeypatch):
    """Earlier versions kept whole seconds."""
    monkeypatch.setattr("postil.library.commands.articles.moment", lambda: "2026-05-04T08:30:00Z")
    ids = [put(library, title) for title in ("First", "Second", "Third")]
    library.do(DeleteArticles((ids[1],)))
    library.do(DeleteArticles((ids[2],)))
    library.undo()
    library.undo()
    assert titles(model) == ["Third", "Second", "First"]


def test_marks_are_counted_in_the_row_as_the_library_counts_them(model, library):
    article = put(library, "Ferry")
    tags = [tag.id for tag_set in library.tag_sets() for tag in tag_set.tags]
    ids = [
        mark(library, article, 0, 3, *chosen)
        for chosen in ((tags[0],), (tags[1], tags[0]), (), (tags[-1],), (tags[0],), ("new one",))
    ]
    assert rows(model) == library.articles()
    library.do(DeleteAnnotations((ids[0], ids[2])))
    assert rows(model) == library.articles()
    library.do(ChangeAnnotation(ids[1], tags=(tags[0],)))
    library.do(ChangeAnnotation(ids[3], tags=()))
    assert rows(model) == library.articles()
    while library.undo():
        assert rows(model) == library.articles()


def test_a_mark_does_not_read_the_whole_list(model, library, monkeypatch):
    article = put(library, "Ferry")
    monkeypatch.setattr(library, "articles", lambda: pytest.fail("the list was read again"))
    mark(library, article, 0, 3)
    assert rows(model)[0].marks == 1


def test_another_process_is_noticed(model, library, desk):
    put(library, "Mine")
    with Library.open(library.path) as other:
        put(other, "Theirs")
    library.refresh()
    assert sorted(titles(model)) == ["Mine", "Theirs"]


def test_words_for_screen_readers_say_what_the_row_shows(model, library):
    put(library, "Ferry", outlet="Harbour Post", published="2026-05-04", author="Ada Lind")
    index = model.index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ferry, Harbour Post · 4 May 2026 · no marks"
    assert "Ada Lind" in index.data(Qt.ItemDataRole.ToolTipRole)
    mark(library, rows(model)[0].id, 0, 3)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("· 1 mark")


def test_an_outlet_that_runs_leftwards_leaves_the_rest_in_its_order(model, library):
    put(library, "City", outlet="صحيفة", published="2026-05-04")
    put(library, "Ferry", outlet="Post", published="2026-05-04")
    ferry, city = (model.details(row) for row in rows(model))
    assert city == "\u2068صحيفة\u2069 · 4 May 2026 · no marks"
    assert ferry == "Post · 4 May 2026 · no marks", "nothing is set apart without need"


def test_what_is_chosen_moves_along_in_another_order(model, library):
    ids = [put(library, title) for title in ("Apple", "Bridge", "Castle", "Door")]
    model.ask(ShelfQuestion(order=ShelfOrder.TITLE, is_descending=False))
    assert titles(model) == ["Apple", "Bridge", "Castle", "Door"]
    held = QPersistentModelIndex(model.index_of(ids[0]))
    metadata = library.article(ids[0]).article.metadata
    library.do(ChangeMetadata(ids[0], replace(metadata, title="Zoo")))
    assert titles(model) == ["Bridge", "Castle", "Door", "Zoo"]
    assert (held.row(), held.data()) == (3, "Zoo")


def test_very_many_that_go_at_once_are_told_at_once(model, library, monkeypatch):
    monkeypatch.setattr("postil.ui.shelf.model._RUNS", 2)
    ids = [put(library, f"Number {number}") for number in range(6)]
    resets = []
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    library.do(DeleteArticles(tuple(ids[::2])))
    assert resets == [3]
    assert [model.index(row, 0).data(ID) for row in range(3)] == library.article_ids()
