"""Names of the doors by which people come in and are reached, as they stand in addresses and in figures."""

WEB = "webchat"
TELEGRAM = "telegram"
TEAM_TELEGRAM = "team_telegram"
MAIL = "mail"

OFFER_MAIL = "offer_mail"
"""Mail to the contact of an offer: another subject, another tone and other links than to the team."""

PUSHED = frozenset({TELEGRAM})
"""Doors at which a newcomer is sent what is said; everywhere else they come and look."""

TEAM = (TEAM_TELEGRAM, MAIL)
"""Ways to the team, the first that someone has is used."""
