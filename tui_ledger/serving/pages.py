"""What does a browser get to read? The page of the workbench, short notices, and the headers that go with all of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template

from tui_ledger.errors import CannotServe
from tui_ledger.serving.languages import language_tag
from tui_ledger.text import clean
from tui_ledger.words import N_, Said, _

JAVASCRIPT, STYLE, FONT = "text/javascript", "text/css", "font/ttf"
SCRIPT = "page.js"
_OWN = {SCRIPT: JAVASCRIPT, "page.css": STYLE}
_TERMINAL = {
    "js/textual.js": JAVASCRIPT,
    "css/xterm.css": STYLE,
    "fonts/RobotoMono-VariableFont_wght.ttf": FONT,
}
ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), clipboard-read=(), display-capture=(), geolocation=(), microphone=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "Server": "tui-ledger",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_NOBODY_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_NOBODY_ELSE_BUT_FORMS = _NOBODY_ELSE.replace("form-action 'none'", "form-action 'self'")
_TELLS_ORIGIN: Mapping[str, str] = {"Referrer-Policy": "same-origin"}
"""A page without any referrer sends its forms without their origin, and then nobody can tell whose they are."""


def static_files() -> dict[str, tuple[Path, str]]:
    """Every file a page may ask for, by its name: where it lies, and what it is. There are no others.

    The terminal's script, style and font are those of textual-serve; raises CannotServe where that is not installed.
    """
    installed = find_spec("textual_serve")
    if installed is None or not installed.submodule_search_locations:
        raise CannotServe(reason=HOW_TO_INSTALL)
    theirs, ours = Path(installed.submodule_search_locations[0]) / "static", Path(str(files(__package__) / "static"))
    found = {name: (ours / name, kind) for name, kind in _OWN.items()}
    found.update({Path(name).name: (theirs / name, kind) for name, kind in _TERMINAL.items()})
    missing = [str(path) for path, _ in found.values() if not path.is_file()]
    if missing:
        raise CannotServe(
            reason=Said(
                "{missing} is missing: install the extra anew, pip install 'tui-ledger[serve]'.", missing=missing[0]
            )
        )
    return found


HOW_TO_INSTALL = N_("The workbench in a browser needs an extra: pip install 'tui-ledger[serve]'.")


def workbench_page(book: str, person: str | None = None) -> str:
    """The page that shows the workbench of a book; whoever signed in can sign out there."""
    out = _("Sign out {person}").format(person=clean(person or ""))
    texts = {
        "opening": _("Opening the book …"),
        "again": _("Start again"),
        "no_script": _("The workbench is drawn by a script of its own: allow scripts for this address."),
    }
    return _template("page.html").substitute(
        {name: escape(text) for name, text in texts.items()},
        language=escape(language_tag()),
        title=escape(clean(f"{book} · tui-ledger")),
        sign_out="" if person is None else _template("sign_out.html").substitute(sign_out=escape(out)),
    )


_OF_THE_SCRIPT = (
    N_("The connection was lost. What was being typed is kept."),
    N_("tui-ledger serve is not running any more. What was being typed is kept."),
    N_(
        "This browser was let in but has lost its key. Ask for a new address where tui-ledger serve runs, and open "
        "that."
    ),
)
"""What the page's own script says, as it stands there."""


def page_script(path: Path) -> bytes:
    """The page's own script, its sentences in the language spoken."""
    script = path.read_text(encoding="utf-8")
    for sentence in _OF_THE_SCRIPT:
        script = script.replace(json.dumps(sentence), json.dumps(_(sentence)))
    return script.encode()


def workbench_headers(origin: str, *, has_form: bool = False) -> dict[str, str]:
    """The headers of that page: nothing is loaded from, and nothing sent to, any place but its own origin.

    The terminal draws on a canvas; the style elements that its script would make beside that are not needed.
    """
    others, referrer = (_NOBODY_ELSE_BUT_FORMS, _TELLS_ORIGIN) if has_form else (_NOBODY_ELSE, {})
    socket = origin.replace("http", "ws", 1)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:; "
        f"connect-src {origin} {socket}; require-trusted-types-for 'script'; {others}"
    )
    return {"Content-Security-Policy": policy, **referrer}


def sign_in_page(sentence: str = "") -> tuple[str, dict[str, str]]:
    """The page that asks for name and passphrase, with what went wrong the last time, and its headers. It tells a
    stranger nothing: not even the name of the book."""
    nonce = secrets.token_urlsafe(16)
    said = f'<p role="alert">{escape(clean(sentence))}</p>' if sentence else ""
    html = _template("sign_in.html").substitute(
        nonce=nonce,
        said=said,
        language=escape(language_tag()),
        sign_in=escape(_("Sign in")),
        name=escape(_("Name")),
        passphrase=escape(_("Passphrase")),
    )
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; {_NOBODY_ELSE_BUT_FORMS}"
    return html, {"Content-Security-Policy": policy, **_TELLS_ORIGIN}


def notice(
    title: str, sentence: str, *, link: str = "", again_seconds: int | None = None
) -> tuple[str, dict[str, str]]:
    """A page that only says something, and its headers: no script, nothing loaded.

    `link` is the text of a link to the workbench; after `again_seconds` the browser goes there by itself.
    """
    nonce = secrets.token_urlsafe(16)
    refresh = "" if again_seconds is None else f'<meta http-equiv="refresh" content="{again_seconds}; url=/">'
    html = _template("notice.html").substitute(
        title=escape(clean(title)),
        sentence=escape(clean(sentence)),
        link=f'<p><a href="/">{escape(link)}</a></p>' if link else "",
        refresh=refresh,
        nonce=nonce,
        language=escape(language_tag()),
    )
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; {_NOBODY_ELSE}"
    return html, {"Content-Security-Policy": policy}


def way_in(place: str) -> tuple[str, dict[str, str]]:
    """A page that goes on to `place` at once, on its own behalf.

    A browser that was sent here by another page, or by a file, would withhold the new cookie after a redirect.
    """
    html = _template("way_in.html").substitute(
        place=escape(place), language=escape(language_tag()), open=escape(_("Open the workbench"))
    )
    return html, {"Content-Security-Policy": f"default-src 'none'; img-src data:; {_NOBODY_ELSE}"}


@cache
def _template(name: str) -> Template:
    return Template((files(__package__) / "static" / name).read_text(encoding="utf-8"))
