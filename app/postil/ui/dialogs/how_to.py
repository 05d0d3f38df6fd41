"""The first page of the help: each thing people want to do, in a sentence or two."""

from html import escape

from PySide6.QtCore import QCoreApplication

from postil.ui.actions import key_names
from postil.ui.keymap import Keymap

# What people want and how it is done; in braces stand actions, for their keys.
_ANSWERS = (
    (
        "Bring an article in",
        (
            "Drop files, folders or selected text on the window, open a file, or copy an article"
            " and paste it while the shelf has the focus. {open-address} fetches a page from"
            " the web, and so does its address after the name of the program; what stands"
            " round its article is left out. The same text a second time is recognised and"
            " opened, not doubled."
        ),
    ),
    (
        "See what became of many files",
        (
            "Files taken in together are one step, which Undo takes back at once. Cancel keeps"
            " what is in. File ▸ Import Report lists each with its article, or why it was"
            " refused: choose a kind, copy the list, try again. The Article tab says when the"
            " language was guessed; type another one, and sentences follow it."
        ),
    ),
    (
        "Choose what of a page or a book is taken in",
        (
            "{open-preview} shows the passages of a page, those that are left out faint and"
            " folded, or the chapters of a book; pages from the web are always shown first,"
            " unless the settings say otherwise. Space turns what is selected, Delete leaves"
            " it out, Insert puts it back; Shift with a click turns all between. Article ▸"
            " Check What Was Left Out shows the page of an article again: another choice"
            " is a new version of it, and its marks stay."
        ),
    ),
    (
        "Follow an article that changes",
        (
            "Open it again from the same address, or choose Article ▸ New Version from File:"
            " its marks are carried over, and those without a sure place wait in the Article"
            " tab with the best guesses. {what-changed} shows what changed word by word; M"
            " marks a change with a note on what stood there. The Article tab lists the"
            " versions and brings an older one back. {correct-text} puts right a typing error:"
            " Enter splits a paragraph, a button joins it with the next."
        ),
    ),
    (
        "Find something in the library",
        (
            "{search-library} and a few words: articles, quotations and notes that have all of"
            " them, with what stands around. “A phrase” stands as it is, begin* begins a"
            " word, -word must not be there. tag: author: outlet: before: after: status:"
            " field: and in: (title, text, note, quote) narrow the search. Enter opens the first"
            " hit, Escape lets go."
        ),
    ),
    (
        "Keep the shelf in order",
        (
            "{add-to-collection} puts the chosen articles into a collection, or drag them onto"
            " one; an article may be in several, and a collection in another: drag it there,"
            " or press {move-collection}. {rename-collection} renames, {delete-collection}"
            " deletes it; its articles stay. Filter narrows the shelf, and each filter stands"
            " there with a button that takes it away; the next button sorts, the third one"
            " turns rows into columns. Filter ▸ Possible Duplicates shows what may be in the"
            " library twice, and why. Source Data in the menu of several articles gives them"
            " the same outlet, author or language."
        ),
    ),
    (
        "See the marks of all articles",
        (
            "{all-marks} lists them under headings you choose. Type to narrow, or use the"
            " menus; Enter goes to the words, Escape back. Select several to give or take"
            " tags, set their status or delete them in one step, or to write them as a list"
            " of quotations. Figures counts them under the same headings, per 1,000 words of"
            " the articles they are about, as a table and a chart."
        ),
    ),
    (
        "Mark words",
        (
            "Select them. A bar appears: a digit gives one of the recent tags, {mark-tag}"
            " chooses any tag or makes a new one, {mark-note} begins a note, {mark-plain}"
            " makes a plain mark, {mark-again} takes the last tag again. Escape leaves"
            " without a trace. Words that are marked already take the tag into their mark;"
            " with Shift (a digit, Enter in the field, or a click) they get a mark of its own"
            " beside it."
        ),
    ),
    (
        "Do without a mouse",
        (
            "{next-part} goes from part to part. {caret} shows a caret in the article; Shift"
            " with the arrows selects, {select-more} takes the word, the sentence, the"
            " paragraph, {next-mark} and {previous-mark} go from mark to mark. On keyboards"
            " without Latin letters the place of a key counts. After a note, Escape goes back"
            " to where you were."
        ),
    ),
    (
        "Work on your codebook",
        (
            "Codebook, beside the article: double click shows the marks of a tag, {new-tag} adds"
            " one, {edit-tag} changes it, {merge-tag} merges it into another, {delete-tag}"
            " deletes it. Drag a tag to its place, or press {tag-up} and {tag-down}. Codebooks"
            " that come with Postil stay as they are: copy one to edit it."
        ),
    ),
    (
        "Choose among marks that overlap",
        (
            "Click: the smallest mark is chosen. Click again, or press {other-mark}, for"
            " the next one at the same place; {list-marks} lists them all. A click on a bar"
            " in the margin chooses its mark; +3 there lists three marks that have no bar."
        ),
    ),
    (
        "Move the ends of a mark",
        (
            "Choose it and drag the handles at its ends, or press {end-left} and"
            " {end-right}; {end-left-by-word} and {end-right-by-word} move it by words,"
            " and {other-end} turns to the other end."
        ),
    ),
    (
        "Write a note",
        (
            "Choose a mark and press {mark-note}, or click its card. Notes are Markdown."
            " What you type is kept as you type it. {note-template} puts fields into a note:"
            " technique and effect, a claim check, a missing voice, or a template of your own."
            " Tab goes from field to field; field:verdict finds the notes in which one is"
            ' filled, field:"verdict: false" those with a word in it, and tables have a column'
            " for each."
        ),
    ),
    (
        "Link two marks",
        (
            "Choose a mark, press {link-mark}, and say which other mark it supports,"
            " contradicts, repeats, answers or is the source of. Marks of this article stand"
            " first; a word, a tag or a title finds those of others. Both cards show the link;"
            " {follow-link} or a click goes to the other end, {go-back} back again. A card"
            " that is edited can take the link away."
        ),
    ),
    (
        "Take something back",
        (
            "Undo takes back every step, also after a restart, and its menu entry names"
            " the step. Nothing asks before it deletes, because undo brings it back. The"
            " history ({history}) lists the steps: Enter goes back or forward to one, and what"
            " a step deleted can be restored without undoing what came later. {save} sets a"
            " restore point there, which F2 names."
        ),
    ),
    (
        "Go back to a backup",
        (
            "File ▸ Backups lists dated copies of the library, shows what is in one, and brings"
            " it back; what is there is backed up first, and Undo is offered. It says when rows"
            " of a copy were changed by something else. They are made at"
            " the end, while you work and before a merge; the settings say where. When the"
            " library is damaged, Postil keeps the damaged file and offers what could be read"
            " of it, or the newest good backup."
        ),
    ),
    (
        "Go on after a crash",
        (
            "What you type is kept within half a second. When Postil was cut off in the middle"
            " of a note, the next start says so at the top: go to the note, copy it or discard"
            " it. One window has a library at a time, and a second start hands it its files;"
            " where nothing can be written, or another computer has the library, it opens for"
            " reading and says why. A note that changed elsewhere while you wrote keeps both"
            " texts. Reports of mistakes are in the log folder, which the Help menu shows."
        ),
    ),
    (
        "Find anything you can do",
        (
            "Press {palette} and type a piece of an action's name, of a tag or of a title."
            " Enter does it, puts the tag on the selected words, or opens the article;"
            " Ctrl+Enter shows only the marks with the tag. The settings ({settings}) give"
            " any action other keys."
        ),
    ),
    (
        "Return from a jump",
        (
            "{go-back} goes back to where you were reading before you followed a mark or"
            " opened another article, {go-forward} forward again; so do the two buttons"
            " at the side of a mouse."
        ),
    ),
    (
        "Quote",
        (
            "{copy} copies the selected words or those of the chosen mark,"
            " {copy-quotation} puts them in quotation marks with author, title, outlet,"
            " date, paragraph and address."
        ),
    ),
    (
        "Set the page as you like it",
        (
            "{reading-look} changes font, size, line height, line width and paper, and shows"
            " it at once. Zoom with {zoom-in} and {zoom-out}, with Ctrl and the wheel, or with"
            " two fingers."
        ),
    ),
    (
        "Show it to a class",
        "Press {present}: Space or a clicker reveals the marks, ? tells all keys.",
    ),
    (
        "Prepare a lesson",
        (
            "Export makes copies for students without anything of your work, with your passages"
            " in one tint, or with questions; and the key. Share ▸ Lesson Pack adds cards of"
            " the tags you choose, a question sheet, a source check, a glossary and a rubric, in"
            " one folder for students and one for the teacher. Share ▸ Check Practice Copies tells"
            " what came back of them: found, missed, or not in the key."
        ),
    ),
    (
        "Hand it on",
        (
            "Export writes a Markdown file that anybody can read and edit, and Postil opens"
            " again with all marks in place. Keep its last line, or it counts as cut off."
            " As a web page or PDF the copy is for reading: with the notes beside the words, or"
            " with all labels left out, for others to find. Print shows the pages first. Word"
            " documents have comments, projects are for programs of text analysis; each format"
            " says what it leaves out. Where not all marks shall go out, choose tags,"
            " annotators or statuses."
        ),
    ),
    (
        "Bring in the work of others",
        (
            "{merge} reads files, folders and ZIP archives and shows what would come in, before"
            " anything does; files can be left out, and one article or author put for another."
            " Marks that say something else under the same id are both kept: the Article tab"
            " lists them, to keep yours, theirs or both."
        ),
    ),
)


def how_to(keymap: Keymap) -> str:
    """Return the page as HTML, with the keys that hold."""
    names = key_names(keymap)
    parts = []
    for wanted, answer in _ANSWERS:
        said = QCoreApplication.translate("how-to", answer).format_map(names)
        title = QCoreApplication.translate("how-to", wanted)
        parts.append(f"<h3>{escape(title)}</h3><p>{escape(said)}</p>")
    return "".join(parts)
