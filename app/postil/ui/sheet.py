"""The one style sheet of the shell: flat panels, thin rules, rounded fields.

Colours come from the theme by name. Parts that need more than this paint themselves.
"""

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QMainWindow, QDialog { background: $panel; }
QMainWindow::separator { width: 0; height: 0; }
QToolTip { color: $text; background: $card; border: 1px solid $card_border; padding: 4px 6px; }

QMenuBar { background: $panel; color: $text_soft; border: none;
           border-bottom: 1px solid $card_border; padding: 3px 6px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; color: $text; }
#qt_menubar_ext_button { padding: 0; border: none; }
QMenu { background: $card; color: $text; border: 1px solid $card_border; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 5px; }
QMenu::icon { padding-left: 8px; }
QMenu::icon:checked { background: $selected; border: 1px solid $accent; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $text_soft; }
QMenu::separator { height: 1px; background: $card_border; margin: 5px 8px; }

QStatusBar { background: $panel; color: $text_soft; border-top: 1px solid $card_border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_soft; padding: 2px 8px; }
QSplitter#panels::handle { background: $card_border; }

QLineEdit, QPlainTextEdit {
    background: $field; color: $text; border: 1px solid $field_border; border-radius: 6px;
    padding: 4px 8px; selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $focus; }
QCheckBox { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QCheckBox:focus { border-color: $focus; }
QCheckBox::indicator:unchecked, QTreeView::indicator:unchecked, QListView::indicator:unchecked {
    width: 14px; height: 14px; border: 1px solid $text_soft; border-radius: 3px;
    background: $field; }
QRadioButton { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QRadioButton:focus { border-color: $focus; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $text_soft;
    border-radius: 8px; background: $field; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton::indicator:disabled { border-color: $card_border; }
QTreeView#backupsList::item { padding: 1px 8px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $card_border;
    selection-background-color: $hover; selection-color: $text; }

QPushButton { background: $field; color: $text; border: 1px solid $field_border;
              border-radius: 6px; padding: 5px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $focus; }
QPushButton:default { background: $accent; color: $accent_text; border-color: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:disabled { color: $text_soft; background: $panel; border-color: $card_border; }
QToolButton { background: transparent; color: $text_soft; border: 1px solid transparent;
              border-radius: 5px; padding: 2px 6px; }
QToolButton:hover { background: $hover; color: $text; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $field_border; border-radius: 4px; margin: 1px; }
QScrollBar::handle:hover { background: $text_soft; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid $card_border; }
QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: $text_soft; border: none; padding: 8px 3px;
    margin: 0 9px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; font-weight: bold; border-bottom-color: $accent; }
QTabBar::tab:hover:!selected, QTabBar::tab:focus { color: $text; }
QTableView { background: $card; border: 1px solid $card_border; border-radius: 6px;
    selection-background-color: $selected; selection-color: $text; }
QTableView::item { padding: 4px 8px; border: none; }
QScrollArea { border: 1px solid transparent; }
QScrollArea:focus, QTableView:focus, QTextEdit:focus { border: 1px solid $focus; }
#slide:focus { border: none; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $card; color: $text_soft; border: none; padding: 5px 8px;
    border-bottom: 1px solid $card_border; }

QProgressBar { background: $field; border: 1px solid $field_border; border-radius: 4px;
               max-height: 6px; min-width: 90px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

#overview { background: $panel; }
#overviewTitle { font-weight: bold; }
#overviewList { background: $card; border: 1px solid $card_border; border-radius: 6px;
    outline: none; }
#overviewList:focus { border-color: $focus; }
#overview Question QToolButton, #overview Changing QToolButton { background: $field;
    border: 1px solid $field_border; border-radius: 6px; padding: 4px 8px; }
#overview Question QToolButton:hover, #overview Changing QToolButton:hover { background: $hover; }
#overviewTurn, #overviewFigures QToolButton, #markChoice { background: $field;
    border: 1px solid $field_border; border-radius: 6px; padding: 4px 8px; }
#overviewTurn:checked { color: $text; background: $selected; border-color: $accent; }
#markChoice:hover { background: $hover; }
#overviewTurn:focus, #overviewFigures QToolButton:focus, #markChoice:focus { border-color: $focus; }
#overview QToolButton:disabled { color: $field_border; }
#overview Question QToolButton:focus, #overview Changing QToolButton:focus,
#overviewBack:focus { border-color: $focus; }
#overview Question QToolButton[isSet="true"] { color: $text; background: $selected;
    border-color: $accent; }
#shelfFilter { padding-left: 2px; }
#shelfList, #shelfAnswers, #shelfColumns, #collections {
    background: transparent; border: none; outline: none; }
#shelfColumns::item { padding: 4px 0; }
#shelfColumns::item:selected, #collections::item:selected { background: $selected; color: $text; }
#shelfColumns:focus, #collections:focus { border: 1px solid $focus; border-radius: 5px; }
#collections::item { padding: 3px 0; }
#shelfNarrowing QToolButton[isChip="true"] { color: $text; background: $card;
    border-color: $card_border; }
#shelfNarrowing QToolButton:focus { border-color: $focus; }
#shelfNarrowing QToolButton[isSet="true"] { color: $text; background: $selected;
    border-color: $accent; }
#shelfEmpty, #soft { color: $text_soft; }
#dropVeil { background: $veil; color: $text; border: 2px dashed $accent; font-size: 15pt; }
#blankPage { background: $paper; }
#invitation { background: $paper; border: none; }
#invitationHeading { font-weight: bold; color: $text; }
#firstSteps { background: $card; border: 1px solid $card_border; border-radius: 8px;
    margin: 8px 11px 11px 11px; }
#firstStepsLines, #firstStepsLines > QWidget > QWidget { background: transparent; }
#firstSteps QLabel#heading { font-weight: bold; }
#banner, #startBanner { background: $card; border-bottom: 1px solid $card_border; }
#banner[grave="true"] { border-left: 4px solid $danger; }
#banner[grave="false"], #startBanner { border-left: 4px solid $warning; }
#commandPalette { background: $card; border: 1px solid $card_border; border-radius: 9px; }
#paletteList { background: transparent; border: none; outline: none; }
#paletteHint { color: $text_soft; padding: 1px 4px; }
#paletteField { color: $text_soft; text-align: left; padding: 3px 10px; margin: 0 6px; }
#paletteField:hover { background: $field; border-color: $focus; }
#toast { background: $toast; border-radius: 8px; }
#toast QLabel { color: $toast_text; }
#toast QPushButton { color: $toast_text; background: transparent; font-weight: bold;
    border: 1px solid $toast_text; padding: 3px 10px; }
#toast QPushButton:focus { color: $toast; background: $toast_text; }
""")


def style_sheet(colours: Mapping[str, str]) -> str:
    """Return the sheet in these colours.

    Raises:
        KeyError: a colour is missing.
    """
    return _SHEET.substitute(colours)
