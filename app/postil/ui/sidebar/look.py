"""The style sheet of the sidebar: what the one of the whole window does not say."""

from string import Template

from postil.ui.theme import Theme

_NAMES = (
    "panel",
    "card",
    "card_border",
    "text",
    "text_soft",
    "accent",
    "hover",
    "selected",
    "field",
    "field_border",
    "focus",
    "warning",
)

_SHEET = Template("""
#sidebar, #sidebar_pages > QWidget, #codebook_panel, #article_form { background: $panel; }
#tags_tree QHeaderView::section { padding: 5px 3px; }
#sidebar QTabBar { background: $panel; border: none; }
#sidebar QTabBar::tab { background: transparent; color: $text_soft; border: none;
    border-bottom: 2px solid transparent; padding: 0.55em 0.2em; margin: 0 0.6em; }
#sidebar QTabBar::tab:selected { color: $text; font-weight: bold; border-bottom-color: $accent; }
#sidebar QTabBar::tab:hover:!selected { color: $text; }
#sidebar QTabBar::tab:focus { color: $accent; }
#tabs_rule { background: $card_border; max-height: 1px; min-height: 1px; border: none; }
#marks_list { background: transparent; border: none; outline: none; }
#sidebar FilterBar QToolButton, #filter_tag, #filter_author, #filter_status {
    background: $field; border: 1px solid $field_border; border-radius: 6px; padding: 4px 8px; }
#filter_tag:hover, #filter_author:hover, #filter_status:hover { background: $hover; }
#filter_tag:focus, #filter_author:focus, #filter_status:focus { border-color: $focus; }
#filter_tag[isSet="true"], #filter_author[isSet="true"], #filter_status[isSet="true"] {
    color: $text; background: $selected; border-color: $accent; }
#filter_tag[isSet="true"]:focus, #filter_author[isSet="true"]:focus,
#filter_status[isSet="true"]:focus { border: 2px solid $focus; padding: 3px 7px; }
#marks_count, #marks_empty, #soft { color: $text_soft; }
#marks_empty { padding: 2em; }
#marks_loose { color: $warning; text-align: left; background: transparent;
    border: 1px solid $field_border; border-radius: 6px; padding: 4px 8px; }
#marks_loose:hover { background: $hover; }
#tag_chip { background: $field; border: 1px solid $field_border; border-radius: 6px; }
#tag_off { border: none; padding: 0 3px; color: $text_soft; }
#tag_off:hover, #tag_off:focus { color: $text; background: $hover; }
#tag_field { padding: 2px 6px; }
#tag_near, #editor_remark, #article_wrong { color: $warning; }
#discard_draft { padding: 2px 8px; }
#voice, #confidence, #status, #star { background: $field; border: 1px solid $field_border;
    padding: 2px 7px; }
#voice:hover, #confidence:hover, #status:hover, #star:hover { background: $hover; }
#voice:focus, #confidence:focus, #status:focus, #star:focus { border-color: $focus; }
#voice[isSet="true"], #confidence[isSet="true"], #status[isSet="true"], #star[isSet="true"] {
    color: $text; }
#article_note { padding: 0; }
#article_note:focus { border-color: $focus; }
#note_view { background: $card; border: 1px solid $card_border; border-radius: 6px;
    padding: 4px 6px; }
#note_view:focus { border-color: $focus; }
#ask_question { background: $field; border: 1px solid $field_border; padding: 2px 7px; }
#ask_question:focus { border-color: $focus; }
#article_question { color: $text_soft; }
#link_to, #note_template { padding: 2px 7px; }
#link_go { border: none; background: transparent; color: $accent; text-align: left;
    padding: 2px 4px; }
#link_go:hover, #link_go:focus { background: $hover; }
#link_off { border: none; padding: 0 3px; color: $text_soft; }
#note_editor { padding: 0; }
#note_editor:focus { border-color: $accent; }
#tags_tree { background: $panel; border: 1px solid transparent; outline: none; padding: 6px;
    show-decoration-selected: 1; }
#tags_tree::item { padding: 2px 0; }
#tags_tree::item:hover { background: $hover; }
#tags_tree::item:selected { background: $selected; color: $text; }
#codebook_panel { border-top: 1px solid $card_border; }
#article_scroll, #codebook_scroll { background: $panel; border: 1px solid transparent; }
#article_scroll:focus, #codebook_scroll:focus, #tags_tree:focus { border-color: $focus; }
#loose_mark, #conflict { background: $card; border: 1px solid $card_border; border-radius: 6px; }
#version_list { background: $card; border: 1px solid $card_border; border-radius: 6px; }
#version_list:focus { border-color: $focus; }
#version_compare, #version_back { padding: 2px 8px; }
#conflict_mine, #conflict_theirs, #conflict_both, #conflict_show,
#loose_show, #loose_selected, #loose_delete, #loose_place { padding: 2px 8px; }
#check { text-align: left; padding: 4px 8px; }
QLabel#section { color: $text_soft; font-weight: bold; padding-top: 0.6em; }
""")


def sidebar_sheet(theme: Theme) -> str:
    """Return the sheet in the colours of a theme."""
    return _SHEET.substitute({name: theme.colour(name).name() for name in _NAMES})
