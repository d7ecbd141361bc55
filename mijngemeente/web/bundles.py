"""Sheets and scripts that a page needs together, joined into one file each when they are gathered.

A desk page asked for some fifty files, each with its own headers, and compressed apart from the others: a
fifth of its weight. At their source they stay one for each component; nothing has to be built to change one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: The joined file → its parts, in order. `tokens.css` names the layers, so it comes first.
BUNDLES = {
    "web/staff.css": (
        "web/tokens.css",
        "web/reset.css",
        "web/themes/werkplek.css",
        "vendor/utrecht/utrecht.css",
        "web/components/hidden.css",
        "web/components/icon.css",
        "web/components/button.css",
        "web/components/field.css",
        "web/components/alert.css",
        "web/components/badge.css",
        "web/components/rail.css",
        "web/components/menu.css",
        "web/components/dialog.css",
        "web/components/empty.css",
        "web/components/pagination.css",
        "web/components/tabs.css",
        "web/components/person.css",
        "web/pages/panel.css",
    ),
    "web/desk.css": (
        "web/components/queues.css",
        "web/components/row.css",
        "web/components/due.css",
        "web/components/announce.css",
        "web/components/message.css",
        "web/components/delivery.css",
        "web/components/timeline.css",
        "web/components/attachments.css",
        "web/components/composer.css",
        "web/components/formal.css",
        "web/components/understood.css",
        "web/components/names.css",
        "web/components/present.css",
        "web/components/side.css",
        "web/components/suggest.css",
        "web/pages/desk.css",
    ),
    "web/admin.css": (
        "web/components/table.css",
        "web/components/places.css",
        "web/components/way-back.css",
        "web/components/card.css",
        "web/components/health.css",
        "web/components/theme-choice.css",
        "web/components/timeline.css",
    ),
    "web/staff.js": (
        "web/js/theme.js",
        "web/js/toast.js",
        "web/js/focus.js",
        "web/js/back.js",
    ),
    "web/desk.js": (
        "web/js/ahead.js",
        "web/js/shortcuts.js",
        "web/js/current.js",
        "web/js/filter.js",
        "web/js/files.js",
        "web/js/newest.js",
        "web/js/keep.js",
        "web/js/menu.js",
        "desk/pick.js",
        "desk/write.js",
        "desk/draft.js",
        "desk/suggest.js",
        "desk/presence.js",
        "desk/clock.js",
    ),
}


class BundledFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Joins the parts before each file is named after its content and compressed."""

    bundles = BUNDLES

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """The bundles too."""
        for name, parts in self.bundles.items():
            joined = "".join(_part(Path(self.path(part))) for part in parts)
            Path(self.path(name)).write_text(joined, encoding="utf-8")
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _part(path: Path) -> str:
    """A script gets a block around it, so that its names stay its own, as they would be in a module."""
    text = path.read_text(encoding="utf-8")
    return f"{{\n{text}\n}}\n" if path.suffix == ".js" else f"{text}\n"
