"""Answers of an Integreat server, in its shapes and with invented words."""

from typing import Any

DAY = {"allDay": False, "closed": False, "appointmentOnly": False, "timeSlots": []}
WEEK = [
    {**DAY, "timeSlots": [{"start": "09:00", "end": "12:00", "timezone": "Europe/Berlin"}]},
    {**DAY, "timeSlots": [{"start": "09:00", "end": "12:00"}, {"start": "14:00", "end": "18:00"}]},
    {**DAY, "closed": True},
    {**DAY, "timeSlots": [{"start": "09:00", "end": "12:00"}]},
    {**DAY, "timeSlots": [{"start": "09:00", "end": "12:00"}]},
    {**DAY, "allDay": True},
    {**DAY, "closed": True},
]


def place(number: int = 4, language: str = "de", **changed: Any) -> dict[str, Any]:
    """One of `/locations`; the newer `/places` has the same fields."""
    slug = f"/musterstadt/{language}/locations/ort-{number}/"
    return {
        "id": 100 + number,
        "url": f"https://integreat.test{slug}",
        "path": slug,
        "title": "Sprachkurse im Haus der Vielfalt" if language == "de" else f"Courses ({language})",
        "last_updated": "2026-03-02T13:52:13.616+01:00",
        "meta_description": "",
        "excerpt": "Wir üben Deutsch.",
        "content": "<h2>Deutsch</h2><p>Wir üben&nbsp;Deutsch.</p><script>x()</script><li>montags</li>",
        "website": "https://vielfalt.test/kurse",
        "email": "kurse@vielfalt.test",
        "phone_number": "06172 / 999-0",
        "contacts": [
            {
                "name": "Erika Muster",
                "area_of_responsibility": "Kursleitung",
                "phone_number": "06172 1",
                "email": "e@x.test",
            }
        ],
        "category": {"id": 1, "name": "Bildung"},
        "temporarily_closed": False,
        "opening_hours": WEEK,
        "appointment_url": None,
        "location": {
            "id": number,
            "name": "Haus der Vielfalt",
            "address": "Am Markt 3",
            "town": "Musterstadt",
            "postcode": "65998",
            "country": "Deutschland",
        },
        "organization": {"id": 1, "name": "Verein Vielfalt", "website": "https://vielfalt.test"},
        "barrier_free": True,
        **changed,
    }


def page(content: str, title: str = "Schulden", language: str = "de") -> dict[str, Any]:
    """One of `/pages`."""
    path = f"/musterstadt/{language}/hilfe/{title.lower()}/"
    return {"id": 9, "path": path, "url": f"https://integreat.test{path}", "title": title, "content": content}
