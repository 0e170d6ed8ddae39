"""The flow that every kind of space shares; and the pages of one booking, of mine and of those that wait for me."""

from flask import Blueprint

blueprint = Blueprint("booking", __name__)

from blueprints.booking import (
    approvals,
    attendance,
    cancelling,
    changing,
    claims,
    crisis,
    letter,
    mine,
    old_addresses,
    one,
    otherwise,
    people,
    why,
)
