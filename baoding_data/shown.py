"""What is shown of a text, whoever wrote it: its words, and what nobody sees as an escape, so that
it neither commands a terminal nor becomes markup of a page.
"""

import re
import sys
import unicodedata
from collections.abc import Generator, Iterable
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from baoding_data import limits

# Control characters, marks that nobody sees or that turn the writing around, halves of pairs,
# other ends of lines.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(text: str) -> str:
    r"""The text with what nobody sees as an escape; tabs and ends of lines stay.

    >>> print(shown("a\x1b[31m\u202eb"))
    a\x1b[31m\u202eb
    """
    return text if text.isprintable() else "".join(map(_sign, text))


def _sign(sign: str) -> str:
    hidden = unicodedata.category(sign) in _HIDDEN and sign not in "\n\t"
    return sign.encode("unicode_escape").decode() if hidden else sign


def in_a_line(text: str) -> str:
    r"""What is shown of a text, its ends of lines as escapes too.

    >>> print(in_a_line("a\nb"))
    a\nb
    """
    return shown(text).replace("\n", r"\n")


def cut(words: object) -> str:
    """Words as a message shows them: of very long ones how they begin, and how long they are.

    >>> cut("316"), cut("3" * 1000)[-22:]
    ('316', '333… (1000 characters)')
    """
    said = str(words)
    if len(said) <= limits.SHOWN:
        return said
    return f"{said[: limits.SHOWN]}… ({len(said)} characters)"


def in_lines(message: str) -> str:
    """A message of which no line is very long: of such a one the middle, and not what to do at its
    end, is left out.
    """
    half = limits.LINE // 2
    lines = shown(message).split("\n")
    return "\n".join(
        one if len(one) <= limits.LINE else f"{one[:half]} … {one[-half:]}" for one in lines
    )


# --- in a terminal


class Terminal:
    """A stream that writes what is shown of a text to another, and else is that."""

    def __init__(self, stream: Any):
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what is shown of the text; returns the length of the text itself."""
        self._stream.write(shown(text))
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        self._stream.flush()

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def in_terminal() -> Generator[None]:
    """Whatever is printed meanwhile, also by other libraries, is written as it is shown."""
    out, err = (Terminal(stream) if stream else None for stream in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield


# --- on a page


class Html(str):
    """Markup for a page, made by `html` and `tag`; any other text is words there."""

    __slots__ = ()

    def __html__(self) -> str:
        """What a template puts in a page as it is."""
        return self


# A program that sets formulas takes them out of a text, but not out of several tags.
_OF_FORMULAS = re.compile(r"[$\\]")
_NO_END = ("br", "img")


def html(*parts: str) -> Html:
    """Markup and words, one after the other.

    >>> html(tag("b", "R&D"), " <i>")
    '<b>R&amp;D</b> &lt;i&gt;'
    """
    return Html("".join(part if isinstance(part, Html) else _words(part) for part in parts))


def tag(name: str, *parts: str, **attributes: object) -> Html:
    """Markup and words in a tag with these attributes, those that are None left out; what is no
    address of a page leads nowhere.

    >>> tag("a", "x", href="https://a.cn/?b&c"), tag("a", "x", href="javascript:x"), tag("br")
    ('<a href="https://a.cn/?b&amp;c">x</a>', '<a>x</a>', '<br>')
    """
    given = {key: str(value) for key, value in attributes.items() if value is not None}
    if not leads(given.get("href", "")):
        del given["href"]
    look = "".join(f' {key}="{_escaped(value)}"' for key, value in given.items())
    return Html(f"<{name}{look}>" + ("" if name in _NO_END else f"{html(*parts)}</{name}>"))


def leads(address: str) -> bool:
    """Whether an address is one of the web, or of a page beside this one.

    >>> leads("https://a.cn/b"), leads("02_disputes.ipynb"), leads("java\\tscript:x")
    (True, True, False)
    """
    return shown(address) == address and bool(re.match(r"(?i)https?://|[^:]*$", address))


def _words(text: str) -> str:
    return _OF_FORMULAS.sub(r"<span>\g<0></span>", _escaped(text))


def _escaped(text: str) -> str:
    from html import escape

    return escape(shown(text))
