"""What the house is, holds, opens and announces: for facility management, prevention and partners' administrators."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage")

from blueprints.manage import announcements, devices, health, outbox, overview, proposals, tabs
from blueprints.manage.files import imports
from blueprints.manage.hours import closing, closures, holidays, page, week
from blueprints.manage.places import capacity, index, line, links, new, place, plan_editor, policies, table, zones
from blueprints.manage.plans import adjust, old_addresses, one, outage, parts, rehearsal, told
from blueprints.manage.plans import index as plans
from blueprints.manage.roster import ill
from blueprints.manage.roster import page as roster
from blueprints.manage.rules import crisis, limits, precedence, quotas, register, zone_page
from blueprints.manage.rules import page as rules
