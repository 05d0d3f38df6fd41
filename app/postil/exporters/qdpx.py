"""REFI-QDA project, `.qdpx`: texts, codes, marks and notes for programs of text analysis.

The exchange format of NVivo, MAXQDA, ATLAS.ti and others (QDA-XML 1.0 of 18 March 2019): an
archive of `project.qde` and the plain texts. Positions are code points; lines end in LF.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence

from postil import refi
from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.domain.canonical import LINE_BREAK, clean_line
from postil.exporters import strict
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out, loose_links
from postil.exporters.packing import packed
from postil.exporters.qdc import sets_in_use

_NAMESPACE = "urn:QDA-XML:project:1.0"
_NAME = 60  # characters of a quotation that names its mark
_UNSAID = (Unsaid.WAITING, Unsaid.STRUCTURE, Unsaid.NOTE_MARKDOWN, Unsaid.FOREIGN)


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return a project of one article."""
    return together([handed_on], options)


def together(articles: Sequence[HandedOn], _: ExportOptions) -> Exported:
    """Return one project of some articles, with one book of codes."""
    project = _Project(articles)
    entries = [("project.qde", refi.as_bytes(project.root)), *project.texts]
    remarks = left_out(articles, *_UNSAID) + loose_links(articles)
    return Exported(packed(entries), remarks)


class _Project:
    """A project in the making; the schema fixes the order of its parts."""

    def __init__(self, articles: Sequence[HandedOn]) -> None:
        self.texts: list[tuple[str, bytes]] = []  # entries of the archive
        self._seen: Counter[str] = Counter()  # texts, by their hash
        name = articles[0].article.metadata.title if len(articles) == 1 else ""
        self.root = ET.Element(
            "Project", {"xmlns": _NAMESPACE, "name": name or refi.ORIGIN, "origin": refi.ORIGIN}
        )
        self._add_users(articles)
        self._add_codes(articles)
        sources = ET.SubElement(self.root, "Sources")
        self._notes = ET.Element("Notes")
        self._links = ET.Element("Links")
        marks = {mark.id for handed_on in articles for mark in handed_on.annotations}
        for handed_on in articles:
            self._add_source(sources, handed_on, marks)
        self.root.extend(part for part in (self._notes, self._links) if len(part))

    def _add_users(self, articles: Sequence[HandedOn]) -> None:
        names = {mark.author for handed_on in articles for mark in handed_on.annotations}
        if names := names - {""}:
            users = ET.SubElement(self.root, "Users")
            for name in sorted(names):
                ET.SubElement(users, "User", {"guid": refi.guid(f"user/{name}"), "name": name})

    def _add_codes(self, articles: Sequence[HandedOn]) -> None:
        sets = sets_in_use(articles)
        known = {tag.id for tag_set in sets for tag in tag_set.tags}
        used = {tag for h in articles for mark in h.annotations for tag in mark.tags}
        if not sets and not used:
            return
        codes = refi.add_codes(ET.SubElement(self.root, "CodeBook"), sets)
        for tag_id in sorted(used - known):
            refi.add_loose_code(codes, tag_id)

    def _add_source(self, sources: ET.Element, handed_on: HandedOn, marks: set[str]) -> None:
        article = handed_on.article
        about = article.metadata
        self._seen[article.sha256] += 1
        guid = refi.guid(f"text/{article.sha256}/{self._seen[article.sha256]}")
        self.texts.append((f"sources/{guid}.txt", article.text.replace(LINE_BREAK, "\n").encode()))
        source = ET.SubElement(
            sources,
            "TextSource",
            {"guid": guid, "name": about.title or guid, "plainTextPath": f"internal://{guid}.txt"},
        )
        said = {
            "Author": about.author,
            "Outlet": about.outlet,
            "Published": about.published,
            "Source": about.source,
            "Language": about.language,
        }
        if any(said.values()):
            lines = [f"{name}: {value}" for name, value in said.items() if value]
            ET.SubElement(source, "Description").text = "\n".join(lines)
        for mark in sorted(handed_on.annotations, key=reading_order):
            self._add_mark(source, mark, marks)
        if handed_on.note:
            self._add_note(source, f"{guid}/note", "On the whole article", handed_on.note, {})
        for tag_id, answer in handed_on.answers:
            question = handed_on.questions.get(tag_id, tag_id)
            self._add_note(source, f"{guid}/{tag_id}", question, answer, {})

    def _add_mark(self, source: ET.Element, mark: Annotation, marks: set[str]) -> None:
        made = _made_by(mark)
        words = clean_line(mark.anchor.exact)
        selection = ET.SubElement(
            source,
            "PlainTextSelection",
            {
                "guid": mark.id.upper(),
                "name": words if len(words) <= _NAME else f"{words[: _NAME - 1]}…",
                "startPosition": str(mark.start),
                "endPosition": str(mark.end),
                **made,
            },
        )
        if said := _said_of(mark):
            ET.SubElement(selection, "Description").text = said
        for tag_id in mark.tags:
            guid = refi.guid(f"coding/{mark.id}/{tag_id}")
            coding = ET.SubElement(selection, "Coding", {"guid": guid, **made})
            ET.SubElement(coding, "CodeRef", {"targetGUID": refi.guid(tag_id)})
        if mark.note:
            self._add_note(selection, f"note/{mark.id}", words[:_NAME], mark.note, made)
        for link in mark.links:
            if link.target in marks:
                self._add_link(mark.id, link.relation.value, link.target)

    def _add_note(
        self, owner: ET.Element, place: str, name: str, text: str, made: dict[str, str]
    ) -> None:
        guid = refi.guid(place)
        note = ET.SubElement(self._notes, "Note", {"guid": guid, "name": clean_line(name), **made})
        ET.SubElement(note, "PlainTextContent").text = text
        ET.SubElement(owner, "NoteRef", {"targetGUID": guid})

    def _add_link(self, origin: str, relation: str, target: str) -> None:
        ET.SubElement(
            self._links,
            "Link",
            {
                "guid": refi.guid(f"link/{origin}/{relation}/{target}"),
                "name": relation,
                "direction": "OneWay",
                "originGUID": origin.upper(),
                "targetGUID": target.upper(),
            },
        )


def _made_by(mark: Annotation) -> dict[str, str]:
    """Return the attributes that say who made a mark, and when."""
    made = {"creatingUser": refi.guid(f"user/{mark.author}")} if mark.author else {}
    return made | ({"creationDateTime": mark.created} if strict.time(mark.created) else {})


def _said_of(mark: Annotation) -> str:
    """Return the fields for which the format has no place of their own."""
    said = {
        "Voice": mark.voice.value,
        "Certainty": mark.confidence.value,
        "Check": mark.status.value,
        "Star": "yes" if mark.starred else "",
    }
    return "\n".join(f"{name}: {value}" for name, value in said.items() if value)
