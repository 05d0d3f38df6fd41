"""The style of the HTML file: our sheet, the colours of the themes, and rules for its tags.

All of it is one style element, so that its hash is the only thing the file's policy allows.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from postil.domain.colours import bar_colour, edge_colour
from postil.domain.tags import LineStyle
from postil.exporters.looks import Look
from postil.resources import resource

LANES: Final = 8  # underlines that are told apart

_LINES: Final = {
    LineStyle.SOLID: "solid",
    LineStyle.DASH: "dashed",
    LineStyle.DOT: "dotted",
    LineStyle.DASHDOT: "double",  # style sheets have no dashes with dots
    LineStyle.WAVE: "wavy",
}


def style_sheet(looks: Mapping[Look, str], filters: Iterable[str]) -> str:
    """Return the style of a file.

    Args:
        looks: of its marks, with the class of each.
        filters: classes of the tags one of which can be chosen, each the id of its choice
            after an "f".
    """
    light, dark = _theme("light"), _theme("dark")
    parts = [
        f":root{{{_variables(light)}}}",
        resource("export", "article.css").read_text("utf-8").strip(),
        *(_look(look, name) for look, name in looks.items()),
    ]
    parts += _shades(looks, light["paper"])
    night = [f":root{{{_variables(dark)}}}", *_shades(looks, dark["paper"])]
    parts.append(f"@media screen and (prefers-color-scheme:dark){{{''.join(night)}}}")
    parts += map(_filter, filters)
    return "\n".join(parts)


def policy(style: str) -> str:
    """Return the content security policy of a file that has this style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _theme(name: str) -> Mapping[str, str]:
    theme = json.loads(resource("themes", f"{name}.json").read_text("utf-8"))
    page, shell = theme["page"], theme["shell"]
    return {
        "paper": page["paper"],
        "ink": page["ink"],
        "soft": page["ink_soft"],
        "rule": page["rule"],
        "link": page["link"],
        "accent": page["accent"],
        "panel": shell["panel"],
        "card": shell["card"],
        "border": shell["card_border"],
    }


def _variables(theme: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in theme.items())


def _look(look: Look, name: str) -> str:
    return f".{name}{{--f:{look.fill};text-decoration-style:{_LINES[look.line_style]}}}"


def _shades(looks: Mapping[Look, str], paper: str) -> list[str]:
    return [
        f".{name}{{--e:{edge_colour(look.fill, paper)};--b:{bar_colour(look.fill, paper)}}}"
        for look, name in looks.items()
    ]


def _filter(name: str) -> str:
    chosen = f"body:has(#f{name}:checked)"
    return (
        f"{chosen} .m:not(.{name}){{background:none;color:inherit;text-decoration:none}}"
        f"{chosen} .note:not(.{name}){{display:none}}"
        f"{chosen} .r:not(.{name}){{opacity:.3}}"
    )
