"""What a process keeps in memory: for one revision, and never what may yet be undone."""

from __future__ import annotations

import itertools

import pytest

from models.queries.kept import kept
from models.tables.transaction import write_transaction

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def made():
    """Says of each value the how manieth it is."""
    return itertools.count(1).__next__


def test_it_is_made_again_only_once_its_revision_is_another(made):
    assert [kept("list", revision, made) for revision in (7, 7, 8, 8, 7)] == [1, 1, 2, 2, 3]


def test_what_is_kept_under_one_name_says_nothing_of_another(made):
    assert [kept(what, 7, made) for what in ("list", "plan", "list")] == [1, 2, 1]


def test_a_writer_takes_what_is_there_and_leaves_nothing_behind(made):
    kept("list", 7, made)
    with write_transaction():
        assert [kept("list", revision, made) for revision in (7, 8, 8)] == [1, 2, 3]
    assert [kept("list", revision, made) for revision in (7, 8)] == [1, 4]
