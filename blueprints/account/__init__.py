"""Signing in and out, and what one may know and set of oneself."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

from blueprints.account import delegates, language, lock, mine, password, signing, tokens
