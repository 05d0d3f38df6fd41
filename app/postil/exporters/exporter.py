"""What an exporter is, is given and gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from postil.annotated_markdown import HandedOn


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose about an export."""

    numbers: bool = False  # print paragraph numbers
    legend: bool = False  # add a list of the tags with their definitions


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's bytes, and what could not be expressed in them."""

    data: bytes
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format articles are handed on in."""

    name: str  # for people
    suffix: str  # of file names, with the dot
    media_type: str
    export: Callable[[HandedOn, ExportOptions], Exported]
