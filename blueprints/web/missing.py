"""What a template may leave out."""

from __future__ import annotations

from jinja2 import StrictUndefined, Undefined


class Missing(StrictUndefined):
    """A name that was never given is an error. What a component's row leaves out counts as nothing, and so does the
    caller of a macro that is used without one."""

    def _leaves_out(self) -> bool:
        return isinstance(self._undefined_obj, dict) or self._undefined_name == "caller"

    def __bool__(self) -> bool:
        return False if self._leaves_out() else super().__bool__()

    def __str__(self) -> str:
        return "" if self._leaves_out() else super().__str__()

    def __iter__(self):
        return iter(()) if self._leaves_out() else super().__iter__()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Undefined) if self._leaves_out() else super().__eq__(other)

    def __hash__(self) -> int:
        return id(type(self))
