"""A page of ours whose form is filled in with what somebody typed, whatever form it is: the page is read as it would be
sent, and the tags of its fields are written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

Attributes = dict[str, str | None]
NOT_TYPED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
TICKED = ("checkbox", "radio")


@dataclass(slots=True)
class _Form:
    start: int
    tag: str
    attributes: Attributes


@dataclass(slots=True)
class _Control:
    """A field: its tag's place in the page, of a textarea also its text's, of a select its options."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    form: int | None
    text_end: int = 0
    options: list[_Control] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def sort(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def filled(page: str, at: str, sent_to: str, typed: Sequence[tuple[str, str]], said: str) -> str | None:
    """The page at this address, with `said` as its first words and the form that is sent to that path filled in; None
    where it has no such form. What is hidden, a password or a file stays as the page has it."""
    found = _Reader(page)
    form = _form_of(found, at, sent_to, {name for name, _value in typed})
    if form is None or found.begins is None:
        return None
    edits = [_Edit(found.begins, found.begins, said)]
    for number, each in enumerate(found.forms):
        if not each.attributes.get("action"):  # shown at another address it would be sent there
            action = sent_to if number == form else at
            edits.append(
                _Edit(each.start, each.start + len(each.tag), _tag("form", {**each.attributes, "action": action}))
            )
    values: dict[str, list[str]] = {}
    for name, value in typed:
        values.setdefault(name, []).append(value)
    edits.extend(_edits(_controls_of(found, form), values))
    return _edited(page, edits)


class _Reader(HTMLParser):
    """Which forms and fields stand where; `begins`: where the content of the page does."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self.controls: list[_Control] = []
        self.begins: int | None = None
        self._lines = [0]
        for line in page.split("\n"):  # as the parser counts them
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._form: int | None = None
        self._open: _Control | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, written, attributes = self._here(), self.get_starttag_text() or "", dict(attrs)
        end = start + len(written)
        if tag == "main":
            self.begins = end
        elif tag == "form":
            self._form = len(self.forms)
            self.forms.append(_Form(start, written, attributes))
        elif tag == "option" and self._open is not None:
            self._open.options.append(_Control(tag, attributes, start, end, None))
        elif tag in ("input", "select", "textarea"):
            control = _Control(tag, attributes, start, end, self._form)
            self.controls.append(control)
            self._open = None if tag == "input" else control

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif self._open is not None and tag == self._open.tag:
            self._open.text_end = self._here()
            self._open = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _form_of(found: _Reader, at: str, sent_to: str, names: set[str]) -> int | None:
    """Of the forms that are sent there, the one with most of these fields to type in."""
    known: dict[int, int] = {}
    for number, form in enumerate(found.forms):
        action = urlsplit(form.attributes.get("action") or at).path
        if action == urlsplit(sent_to).path and (form.attributes.get("method") or "").lower() == "post":
            known[number] = len({each.name for each in _controls_of(found, number)} & names)
    best = max(known, key=lambda number: known[number], default=None)
    return best if best is not None and known[best] else None


def _controls_of(found: _Reader, form: int) -> list[_Control]:
    own_id = found.forms[form].attributes.get("id")
    return [
        each
        for each in found.controls
        if each.name and each.sort not in NOT_TYPED and _belongs(each.attributes.get("form"), own_id, each.form == form)
    ]


def _belongs(to: str | None, own_id: str | None, lies_in_it: bool) -> bool:
    return to == own_id if to else lies_in_it


def _edits(controls: Iterable[_Control], values: dict[str, list[str]]) -> Iterator[_Edit]:
    left = {name: list(typed) for name, typed in values.items()}
    for each in controls:
        typed = values.get(each.name, [])
        if each.sort in TICKED:
            yield _marked(each, "checked", (each.attributes.get("value") or "on") in typed)
        elif each.sort == "select" and typed:
            yield from (_marked(one, "selected", one.attributes.get("value") in typed) for one in each.options)
        elif each.sort == "textarea" and left.get(each.name):
            yield _Edit(each.end, each.text_end, f"\n{escape(left[each.name].pop(0))}")
        elif each.tag == "input" and left.get(each.name):
            yield _Edit(each.start, each.end, _tag("input", {**each.attributes, "value": left[each.name].pop(0)}))


def _marked(control: _Control, mark: str, is_so: bool) -> _Edit:
    others = {name: value for name, value in control.attributes.items() if name != mark}
    return _Edit(control.start, control.end, _tag(control.tag, {**others, mark: None} if is_so else others))


def _tag(tag: str, attributes: Attributes) -> str:
    written = (name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{' '.join((tag, *written))}>"


def _edited(page: str, edits: Iterable[_Edit]) -> str:
    parts, reached = [], 0
    for edit in sorted(edits, key=lambda each: each.start):
        parts += [page[reached : edit.start], edit.text]
        reached = edit.end
    return "".join((*parts, page[reached:]))
