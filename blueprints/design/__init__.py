"""The design language as a page: /design, where people build or try Trefpunt."""

from flask import Blueprint

blueprint = Blueprint("design", __name__, url_prefix="/design")

from blueprints.design import page
