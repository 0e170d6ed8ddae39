"""What a browser would send of a page's form."""

from __future__ import annotations


def form_of(page) -> list[tuple[str, str]]:
    """What a browser would send of the change form, in the order in which its fields stand."""
    values = []
    for field in page.soup.find("form", id="change").find_all(["input", "select", "textarea"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            values.append((field["name"], chosen["value"]))
        elif field.name == "textarea":
            values.append((field["name"], field.get_text().strip()))
        elif field.get("name") and (field.get("type") != "checkbox" or field.has_attr("checked")):
            values.append((field["name"], field.get("value", "")))
    return values
