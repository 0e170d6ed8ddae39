"""What is wrong with what somebody sent, in words: one sentence for each code, whichever door it came through.

The value itself is not repeated in it: a form and a program have it before them, and of a file it stands beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _

from models.rules.values import BadValue

SENTENCES: Mapping[str, object] = {
    # what no value of its kind may be: models/rules/values.py
    "required": _("This is needed."),
    "not_whole": _("Give a whole number."),
    "out_of_range": _("Give a whole number from %(least)s to %(most)s."),
    "not_a_number": _("Give a number, such as 2.5."),
    "number_out_of_range": _("Give a number from %(least)s to %(most)s."),
    "not_above": _("Give a number above %(least)s."),
    "not_a_flag": _("Give true or false; in a file 1 or 0."),
    "not_text": _("Give text."),
    "too_long_text": _("At most %(most)s characters."),
    "control_character": _("This text holds characters that cannot be shown."),
    "not_a_code": _("A code has ordinary letters, digits and signs, but no / \\ ; ? # and no percent sign."),
    "unknown_choice": _("Choose one of these: %(choices)s."),
    "not_a_list": _("Give a list."),
    "not_a_day": _("Give a date as year, month and day, such as 2027-03-08."),
    "year_out_of_range": _("The year lies between %(first)s and %(last)s."),
    "not_a_clock": _("Give a time of the day as in 09:00."),
    "not_a_moment": _("Give a date and time with its offset, such as 2027-03-08T09:00:00+01:00."),
    "no_offset": _("Give the time with its offset, as in 2027-03-01T09:00:00+01:00."),
    "not_a_colour": _("Give a colour such as #1F4E79."),
    "not_a_language_code": _("Give languages by their short code, such as nl or fr."),
    "not_an_email": _("Give an e-mail address, such as name@example.org."),
    "not_a_phone": _("Give a telephone number, such as +32 3 123 45 67."),
    "not_a_timezone": _("Give a time zone such as Europe/Brussels."),
    "not_percentages": _("Give a percentage from 0 to 100, or one per kind such as meeting_room=50;desk=25."),
    # what the house does not know, or has already
    "unknown_code": _("We do not know this code."),
    "closed_then": _("Residents do not come then: the counter or your organisation is closed."),
    "duty_of_others": _("This duty is for a service that somebody else coordinates."),
    "not_your_service": _("Choose a service that you coordinate."),
    "not_in_your_services": _("Choose an active colleague of a service that you coordinate."),
    "away_then": _("This person is away on that day."),
    "kept_then": _("Whom you chose for %(place)s has something else then. Choose somebody else."),
    "away_too_long": _("At most %(most)s days at once."),
    "not_a_counter": _("Duties are at counters. This is none."),
    "of_another_organisation": _("Whoever is on duty for a service works for its organisation."),
    "roster_clash_line": _("On line %(other)s this person is at %(counter)s at the same time."),
    "counter_taken_line": _("On line %(other)s this counter has somebody at the same time."),
    "unknown_person": _("We do not know an active person with this name."),
    "no_colleague": _("Only an active colleague of the same organisation may book for somebody."),
    "unknown_scope": _(
        "A calendar address is about mine, public, or one place, organisation or service, such as space:VZ-101."
    ),
    "unknown_part": _("We know no space %(place)s that can be a part."),
    "taken_code": _("The code %(place)s is taken."),
    "too_many": _("At most %(most)s of these."),
    "too_few": _("Give at least one."),
    "fewer_than": _("Give at least %(least)s."),
    "a_space_each": _("Each part has a space of its own. Change the space of one part at a time."),
    "not_yours_to_book": _("You may not book there, so there is no calendar of it for you."),
    "taken_name": _("You have one with this name already. Choose another name."),
    "too_many_tokens": _("You have %(most)s tokens. End one that you no longer use."),
    "token_too_long": _("A token works for %(most)s days at most. Choose an earlier day."),
    "too_many_feeds": _("You have %(most)s calendar addresses. Revoke one that you no longer use."),
    "no_such_screen": _("None of your screens shows this code now. Look again: another comes every five minutes."),
    "code_used": _("With this code a screen was paired already."),
    "panel_code": _("This is the code of a door panel. Door panels cannot be paired yet."),
    "too_many_days": _("Close %(most)s days at most at once."),
    # what does not go together
    "not_changeable": _("This cannot be changed."),
    "house_wide": _("This rule holds for the whole house. It cannot be set for one zone."),
    "not_in_a_zone": _("In one zone a rule holds everywhere. Where it applies is said for the whole house only."),
    "not_your_zone": _("You cannot set this rule for this zone. Choose a zone that is yours."),
    "none_chosen": _("Choose the spaces for which it is meant."),
    "nothing_typed": _("Change a number in the table, or choose spaces and say what is to be the same for all."),
    "nothing_changed": _("Nothing here is different from what holds."),
    "more_than_attendees": _("These are counted among the attendees and cannot be more than they are."),
    "not_after_start": _("The end comes after the start."),
    "in_the_past": _("Choose today or a later date."),
    "ends_before_start": _("The last day does not come before the first."),
    "ends_sooner": _("It ends sooner than that already."),
    "after_its_end": _("It has ended by then."),
    "already_over": _("This is over already and stays as it was."),
    "for_good": _("This has no last day."),
    "not_after_that": _("It comes back on a later day than it goes out of use."),
    "closes_before_opens": _("Closing comes after opening."),
    "outside_a_day": _("Hours lie between 00:00 and 24:00."),
    "hours_overlap": _("This overlaps other hours of the same sort on that day."),
    "hours_overlap_line": _("These hours overlap those on line %(other)s."),
    "hours_need_half_day": _("Hours are only for a day that is open in part."),
    "already_closed": _("Everyone you mean is closed already on that day."),
    "closure_over": _("This closing day is over and stays as it was."),
    "one_day": _("One closing day is changed at a time."),
    "half_days_of_desks": _("Half-days are only counted for desks."),
    "half_days_are_for_desks": _("Desks are booked in half-days, and only they are."),
    "one_place_a_desk": _("A desk has one place."),
    "below_shortest": _("The longest booking cannot be shorter than the shortest one."),
    "above_fire_max": _("Fire safety allows at most %(most)s here: a layout cannot have more places."),
    "default_layout": _("The usual layout is always offered; give it a number of places."),
    "layout_without_places": _("Give this layout a number of places first."),
    "not_accessible": _("A space with places for a wheelchair is accessible by wheelchair."),
    "never_exclusive": _("A coffee corner is always shared."),
    "has_bookings": _(
        "There are bookings in this space already: this stays as it is. Make a new space and take this one out of use."
    ),
    "has_history": _("It stays: bookings, a calendar address or the log speak of it. Take it out of use instead."),
    "has_rules": _("It stays: an occupancy rule names it."),
    "stays_a_part": _("It stays: %(place)s consists of it."),
    "part_has_parts": _("%(place)s consists of parts itself: name those."),
    "part_elsewhere": _("%(place)s lies in another building."),
    "part_of_itself": _("It would be a part of itself."),
    "part_of_unlisted": _("It is a part of %(composite)s. List that one too."),
    "is_a_part": _("This space is a part of %(place)s and cannot have parts itself."),
    "zone_of_others": _("Choose a zone of your own organisation."),
    "zone_has_spaces": _("Spaces lie in this zone, or it is drawn on the plan: it stays on its floor."),
    "owner_stays": _("Only facility management gives a space to another organisation."),
    "another_sort": _("The copy is of the same kind as what it is copied from."),
    "other_building": _("Choose a space in the same building."),
    "lies_elsewhere": _("It lies on floor %(floor)s."),
    "not_on_the_plan": _(
        "Everything lies within %(most)s metres from the top-left corner, and is at least 10 cm wide and deep."
    ),
    "not_on_this_floor": _("This does not lie on this floor."),
    "not_measured": _("Fill in all four numbers of metres, or none of them."),
    "beside_on_behalf_of": _("It is for one of the two: somebody with an account, or a caller."),
    "nobody_stands_for_public": _("No organisation stands for the public here, so there are no bookings for callers."),
    "public_twice": _("One organisation at most stands for the public."),
    "claim_for_caller": _("Whoever comes first takes a place for itself, not for a caller."),
    "claim_alone": _("A claim of a space stands alone in its plan."),
    "nothing_to_mend": _("This plan put nothing out of service, or was not applied."),
    # a repeat rule
    "recurrence_frequency": _("Repeat daily, weekly, monthly or yearly."),
    "recurrence_count_or_until": _("Say either how many times (COUNT) or until when (UNTIL)."),
    "recurrence_too_many": _("A series has 400 dates at most."),
    "recurrence_too_long": _("A series lasts 24 months at most."),
    "recurrence_no_dates": _("This rule gives no date at all."),
    "recurrence_interval": _("The interval of a repeat is a whole number of at least 1."),
    "recurrence_not_supported": _("This part of a repeat rule is not supported here."),
    "recurrence_unreadable": _("This repeat rule cannot be read. Example: FREQ=WEEKLY;COUNT=6."),
    # a request of a program
    "not_known_here": _("This is not known here."),
    "not_an_object": _("Give an object."),
    "given_twice": _("This is given more than once."),
    "other_end_missing": _("Give both start and end, or neither."),
    "window_too_long": _("Start and end lie 14 days apart at most."),
    "too_many_days_asked": _("At most %(most)s days at once."),
    "longer_than_window": _("This is longer than the time from start to end."),
    "not_one_object": _("Send one JSON object."),
    "not_json": _("This is not valid JSON."),
    "body_broken": _("The body breaks off or is not in order. Send it again."),
    "body_not_utf8": _("This is not valid UTF-8."),
    "nothing_given": _("Say what is to be changed."),
    "not_a_key": _("Give 1 to 255 printable ASCII characters."),
    "not_a_page": _("Follow the address under “next” as it was given."),
    # files
    "missing_file": _("This file is needed and is not there."),
    "empty_file": _("The file is empty. Its first line names the columns."),
    "not_utf8": _("The file is not in UTF-8. Save it as “CSV UTF-8”."),
    "not_commas": _("The columns are separated by “%(separator)s” instead of commas."),
    "not_csv": _("This line cannot be read. Look for a quotation mark that is not closed."),
    "column_missing": _("This column is needed and is not there."),
    "column_twice": _("Two columns have this name."),
    "cell_count": _("%(found)s cells instead of %(expected)s. A text with a comma needs quotation marks."),
    "on_line_already": _("This stands on line %(first)s already."),
    "second_municipality": _("There is one municipality already."),
    "other_municipality": _("The municipality here is “%(existing)s”. Each has a database of its own."),
    "bookings_clash": _("Two bookings of this space or its parts would hold the same place. Move one of them first."),
    "less_private": _("This would let others see more of its bookings. Only whoever runs the system can load that."),
    "rule_of_others": _("This rule is not yours to set."),
    "not_a_zip": _("%(name)s cannot be opened: it is not a zip file, or it is damaged."),
    "locked": _("%(name)s is locked with a password. Send it without one."),
    "too_large": _("Unpacked these files are more than %(most)s MB."),
    "too_many_rows": _(
        "These files have %(rows)s rows, and at most %(most)s are read at once. Nothing was read. Send them in parts, "
        "or let whoever runs the system load them."
    ),
    "not_read_in_time": _("These files could not be worked out. Send them in again, in parts."),
    "too_many_files": _("A zip holds at most %(most)s files."),
    "file_twice": _("%(name)s is there twice."),
    "files_alike": _("%(name)s and %(other)s are both read as %(file)s. Send one of them."),
    "a_workbook": _("%(name)s is a workbook. Save its sheet as “CSV UTF-8” and send that."),
    "control_in_name": _("The name “%(name)s” holds a sign that no name of a file holds. Give it another one."),
    "no_csv": _("There is no CSV file in it."),
    "nothing_to_import": _(
        "We found nothing to import. A file has the name it has in the export, such as spaces.csv, and at least one "
        "row below the names of its columns."
    ),
}


def fault_sentence(bad: BadValue) -> str:
    return sentence(bad.code, bad.facts)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    said = SENTENCES.get(code, _("This value cannot be used."))
    if code == "unknown_choice" and "choices" not in facts:
        said = _("Choose one of the values offered.")
    return str(said) % {name: _plain(value) for name, value in facts.items()}


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
