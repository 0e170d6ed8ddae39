"""The whole building as files: taken away as a zip, and sent in again with a look at what that would change."""

from __future__ import annotations

from collections import Counter

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import MultipleFileField

from blueprints.manage import blueprint
from blueprints.manage.words.files import assumption_sentence, change_groups, fault_rows
from blueprints.web.addresses import digits
from blueprints.web.clock import now
from blueprints.web.dates import moment_text
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.files.export_building import export_building
from models.actions.files.import_building import ImportRefused
from models.actions.files.import_draft import PEOPLE, checked_files, draft_files, keep_draft, load_draft, throw_away
from models.actions.files.large_files import ask_to_load
from models.queries.house import the_house
from models.queries.import_drafts import LargeDraft, drafts_of, large_draft
from models.rules.files.bundle import MOST_ROWS, packed, unpacked
from models.rules.files.file_names import BadName
from models.rules.files.sheet import Fault
from models.rules.files.summary import from_json, summary_of
from models.rules.people.rights import may_export_people
from models.rules.refusals import NotFound, Refused
from models.rules.times.interval import civil_date

LARGEST_UPLOAD = 5_000_000
UPLOADS = ("manage.import_files",)


class UploadForm(FlaskForm):
    files = MultipleFileField(lazy_gettext("Files"))


@blueprint.url_value_preprocessor
def _let_files_be_larger(endpoint: str | None, _values: dict | None) -> None:
    """Before anything reads the form: elsewhere 64 KiB is enough for whatever a page sends."""
    if endpoint in UPLOADS:
        request.max_content_length = LARGEST_UPLOAD


@blueprint.get("/export")
@needs("export_building")
def export() -> Response:
    """A zip of everything that this person may take away; ?people=0 leaves people out."""
    house, person = the_house(), signed_in()
    people = may_export_people(person, house) and request.args.get("people") != "0"
    content = packed(export_building(person, now(), people=people))
    name = f"{house.code}-{civil_date(now(), house.zone)}.zip".lower()
    return Response(
        content,
        mimetype="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{_plain_name(name)}"',
            "Cache-Control": "private, no-store",
        },
    )


@blueprint.route("/import", methods=["GET", "POST"])
@needs("import_building")
def import_files() -> AnyResponse | str | tuple[str, int]:
    form = UploadForm()
    if request.method == "GET":
        return _page(form)
    sent = [(file.filename, file.read()) for file in request.files.getlist("files") if file.filename]
    if not sent:
        return _wrong(form, _("Choose a zip file, or one or more CSV files."))
    try:
        files = unpacked(sent)
        draft = keep_draft(files, signed_in(), now())
    except BadName as bad:
        return _wrong(form, fault_sentence(bad))
    except ImportRefused as refused:
        return _faults(form, refused.faults)
    if not PEOPLE.isdisjoint(files):
        flash(
            _(
                "People and their duties (users.csv, roster.csv) are left as they are: they decide who sees what, so "
                "whoever runs the system loads them."
            ),
            "info",
        )
    return redirect(url_for("manage.import_draft", draft_id=draft), 303)


@blueprint.route("/import/<int:draft_id>", methods=["GET", "POST"])
@needs("import_building")
def import_draft(draft_id: int) -> AnyResponse | str | tuple[str, int]:
    try:
        if request.method == "GET":
            return _preview(draft_id)
        if request.form.get("step") == "leave":
            throw_away(draft_id, signed_in(), now())
            flash(_("Left as it was: nothing of these files is kept."), "success")
            return redirect(url_for("manage.import_files"), 303)
        return _loaded(draft_id)
    except NotFound:
        flash(
            _("These files are no longer here: they were loaded or thrown away, or lay here for more than a day."),
            "warning",
        )
        return redirect(url_for("manage.import_files"), 303)
    except ImportRefused as refused:
        return _faults(UploadForm(formdata=None), refused.faults)
    except Refused:
        return _preview(draft_id, is_changed_meanwhile=True), 409


def _loaded(draft_id: int) -> AnyResponse:
    seen = digits(request.form.get("revision"))
    revision = -1 if seen is None else seen
    if large_draft(draft_id, signed_in(), now()).state != "seen":
        ask_to_load(draft_id, revision, signed_in(), now())
        return redirect(url_for("manage.import_draft", draft_id=draft_id), 303)
    imported = load_draft(draft_id, revision, signed_in(), now())
    flash(
        ngettext(
            "Loaded: %(num)d row written. Look below at what now stands above a limit.",
            "Loaded: %(num)d rows written. Look below at what now stands above a limit.",
            imported.changes,
        ),
        "success",
    )
    return redirect(url_for("manage.overview"), 303)


def _preview(draft_id: int, *, is_changed_meanwhile: bool = False) -> str:
    """Large ones as the worker found them, and until then how far it is."""
    draft = large_draft(draft_id, signed_in(), now())
    if draft.state not in ("seen", "read"):
        return _working(draft, is_changed_meanwhile=is_changed_meanwhile)
    if draft.found is None:
        checked = checked_files(draft_files(draft_id, signed_in(), now()), signed_in(), now())
        summary, revision = summary_of(checked.reading, checked.changes), the_house().revision
    else:
        summary, revision = from_json(draft.found), draft.revision or -1
    return render_template(
        "manage/import_preview.html",
        draft_id=draft_id,
        revision=revision,
        sorts=Counter(summary.sorts),
        groups=change_groups(summary),
        assumptions=[assumption_sentence(each, str(each.value)) for each in summary.assumptions],
        rows=summary.rows,
        unread=", ".join(summary.unread),
        is_changed_meanwhile=is_changed_meanwhile,
    )


def _working(draft: LargeDraft, *, is_changed_meanwhile: bool) -> str:
    """Asked again every few seconds by script, and by whoever loads the page anew."""
    summary = from_json(draft.found) if draft.found else None
    if draft.state == "refused" and summary:
        return _page(UploadForm(formdata=None), faults=fault_rows(summary.faults), in_all=summary.faults_in_all)
    return render_template(
        "manage/import_working.html",
        draft_id=draft.id,
        state=draft.state,
        is_held=draft.is_held,
        done=draft.done if draft.is_held else 0,
        rows=summary.rows if summary else draft.rows,
        is_changed_meanwhile=is_changed_meanwhile,
    )


def _page(form: UploadForm, *, faults: list | None = None, in_all: int = 0) -> str:
    person = signed_in()
    waiting = [
        {"url": url_for("manage.import_draft", draft_id=number), "when": moment_text(at)}
        for number, at in drafts_of(person.id, now())
    ]
    return render_template(
        "manage/import.html",
        form=form,
        faults=faults or [],
        faults_in_all=in_all,
        waiting=waiting,
        most=LARGEST_UPLOAD // 1_000_000,
        most_rows=format_decimal(MOST_ROWS),
        people=may_export_people(person, the_house()),
    )


def _wrong(form: UploadForm, sentence: str) -> tuple[str, int]:
    form.files.errors = [sentence]
    return _page(form), 400


def _faults(form: UploadForm, faults: tuple[Fault, ...]) -> tuple[str, int]:
    return _page(form, faults=fault_rows(faults), in_all=len(faults)), 400


def _plain_name(name: str) -> str:
    """A municipality's code may hold signs that a header cannot."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in name)
