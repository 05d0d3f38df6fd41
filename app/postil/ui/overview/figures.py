"""How many marks there are under each heading: as a chart, as a table, to copy and to save."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QLocale, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.errors import UserError
from postil.domain.overview import Grouping, MarkGroup
from postil.files import write_atomically
from postil.library.overview import Overview
from postil.ui.desk import Desk
from postil.ui.overview.bar_chart import Bar, BarChart
from postil.ui.overview.wording import grouping_word, heading
from postil.ui.prompts import Prompts
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.theme import Theme
from postil.ui.toast import Notices

_BARS = 40  # in the chart, the longest first; the table has all


def per_thousand(group: MarkGroup) -> float:
    """Return how many marks there are per 1,000 words; 0 where there are no words."""
    return 1000 * group.marks / group.words if group.words else 0.0


class Figures(QWidget):
    """The figures of an overview.

    Args:
        desk: has the colours of tags.
        theme: its colours.
        prompts: asks where to write.
        notices: where to tell what was done.
    """

    def __init__(self, desk: Desk, theme: Theme, prompts: Prompts, notices: Notices) -> None:
        super().__init__()
        self.setObjectName("overviewFigures")
        self._desk, self._prompts, self._notices = desk, prompts, notices
        self._overview: Overview | None = None
        self._groups: list[MarkGroup] = []
        self.chart = BarChart(theme)
        self.rate = QCheckBox(self.tr("Bars per 1,000 words"))
        self.copy = QToolButton()
        self.save = QToolButton()
        self.table = QTableView()
        self._rows = QStandardItemModel(self)
        self._set_up_table()
        self._lay_out()
        self.rate.toggled.connect(self._show_bars)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)

    def show_figures(self, overview: Overview) -> None:
        """Count anew."""
        self._overview = overview
        self._groups = overview.figures()
        name = grouping_word(overview.grouping)
        self._rows.clear()
        self._rows.setHorizontalHeaderLabels([name, self.tr("Marks"), self.tr("Per 1,000 words")])
        for group in self._groups:
            cells = [QStandardItem(heading(overview.grouping, group))]
            for value in (group.marks, round(per_thousand(group), 2)):
                cell = QStandardItem()
                cell.setData(value, Qt.ItemDataRole.DisplayRole)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                cells.append(cell)
            self._rows.appendRow(cells)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(12 * self.fontMetrics().averageCharWidth())
        self._show_bars()

    def as_csv(self) -> str:
        """Return the figures as a table in text, exact and in the order of the headings."""
        from postil.exporters.csv_table import safe_cell  # when it is first wanted

        target = io.StringIO(newline="")
        writer = csv.writer(target, lineterminator="\r\n")
        grouping = self._overview.grouping if self._overview else Grouping.ARTICLE
        writer.writerow((grouping.value, "marks", "words", "marks per 1000 words"))
        for group in self._groups:
            name = safe_cell(heading(grouping, group))
            rate = f"{per_thousand(group):.3f}" if group.words else ""
            writer.writerow((name, group.marks, group.words, rate))
        return target.getvalue()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.chart.theme = theme
        self.chart.update()

    def _set_up_table(self) -> None:
        self.table.setObjectName("overviewTable")
        self.table.setAccessibleName(self.tr("Figures"))
        self.table.setModel(self._rows)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _lay_out(self) -> None:
        self.copy.setText(self.tr("Copy as CSV"))
        self.save.setText(self.tr("Save picture…"))
        line = FlowLayout(spacing=6)
        for name, control in (("Rate", self.rate), ("Copy", self.copy), ("Save", self.save)):
            control.setObjectName(f"figures{name}")
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            line.addWidget(control)
        area = QScrollArea()
        area.setObjectName("overviewChartArea")
        area.setAccessibleName(self.tr("Chart"))
        area.setWidgetResizable(True)
        area.setWidget(self.chart)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(area)
        parts.addWidget(self.table)
        parts.setChildrenCollapsible(False)
        parts.setSizes([1_000, 1_000])  # half and half of whatever there is
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(parts, 1)
        column.addLayout(line)

    def _show_bars(self) -> None:
        if self._overview is None:
            return
        is_rate, grouping = self.rate.isChecked(), self._overview.grouping
        value = per_thousand if is_rate else lambda group: float(group.marks)
        bars = tuple(
            Bar(
                heading(grouping, group),
                value(group),
                QLocale().toString(value(group), "f", 2 if is_rate else 0),
                self._colour(grouping, group.key),
            )
            for group in sorted(self._groups, key=value, reverse=True)[:_BARS]
        )
        title = self.tr("Marks per 1,000 words by {0}") if is_rate else self.tr("Marks by {0}")
        self.chart.show_bars(title.replace("{0}", grouping_word(grouping)), bars)

    def _colour(self, grouping: Grouping, key: str) -> str:
        """Return the colour of a tag's group, or nothing."""
        if grouping is Grouping.TAG and key in self._desk.tags:
            tag = self._desk.tags[key]
            pair = (tag.codebook_id, tag.group_id)
        elif grouping is Grouping.TAG_GROUP:
            codebook, _, name = key.partition("/")
            pair = (codebook, name)
        else:
            return ""
        group = self._desk.groups.get(pair)
        return group.colour if group else ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_csv())
        self._notices.say(self.tr("Copied the figures as CSV"))

    def _save(self) -> None:
        path = self._prompts.save_file(
            self.tr("Save the chart"),
            Path.home() / self.tr("marks.png"),
            self.tr("Picture (*.png)"),
        )
        if path is None:
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.chart.grab().save(buffer, "PNG")
        try:
            write_atomically(path, bytes(buffer.data().data()), overwrite=True)
        except UserError as error:
            self._notices.fail(error)
            return
        self._notices.say(self.tr("Written: {0}").replace("{0}", path.name))
