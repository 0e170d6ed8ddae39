"""What a template may leave out."""

from __future__ import annotations

from jinja2 import StrictUndefined, Undefined
from jinja2.utils import missing


class Missing(StrictUndefined):
    """A name that was never given is an error. What a component's row leaves out counts as nothing, and so does the
    caller of a macro that is used without one."""

    def __new__(  # type: ignore[misc]  # what may be left out is on purpose no Missing
        cls, hint: str | None = None, obj: object = missing, name: str | None = None, **more
    ) -> Undefined:
        leaves_out = isinstance(obj, dict) or name == "caller"
        return Undefined(hint, obj, name, **more) if leaves_out else super().__new__(cls)
