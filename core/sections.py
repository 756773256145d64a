"""Places on a page of one package that packages above it fill.

The stamp's page shows the contest of its year, though stamps know no contest: the page names a
place and gives its thing, whoever knows more has registered a provider. Arrows stay one-way.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template


@dataclass(frozen=True)
class Section:
    """A template (a fragment that starts with `_`) and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    def __html__(self) -> str:
        """Rendered where a page writes `{{ section }}`."""
        return render_template(self.template, section=self, **self.context)


Provider = Callable[[Any], Section | None]
_providers: dict[str, list[Provider]] = defaultdict(list)


def fill(place: str, provider: Provider) -> None:
    """Register a provider for a place, once; sections appear in the order of registration."""
    if provider not in _providers[place]:
        _providers[place].append(provider)


def sections(place: str, thing: Any) -> list[Section]:
    """What the packages above have to show here, for this thing."""
    found = (provider(thing) for provider in _providers[place])
    return [section for section in found if section is not None]
