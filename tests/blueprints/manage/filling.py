"""A manager's form as a browser would send it back."""

from __future__ import annotations


def filled(page) -> dict[str, str | list[str]]:
    """What stands in the page's form, ticked boxes and chosen options among it."""
    form = page.soup.find("form", id="change")
    values: dict[str, str | list[str]] = {each["name"]: each.get_text().strip() for each in form.find_all("textarea")}
    for each in form.find_all("input"):
        if each.get("type") in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        values.setdefault(each["name"], []).append(each.get("value", ""))
    for each in form.find_all("select"):
        chosen = each.find("option", selected=True) or each.find("option")
        values[each["name"]] = chosen["value"] if chosen else ""
    return values


def send(manager, address: str, page=None, **changes):
    """The form, as last seen or opened anew, with these values put otherwise; None: not sent at all."""
    fields = filled(page or manager.open(address)) | changes
    return manager.post(address, {name: value for name, value in fields.items() if value is not None})
