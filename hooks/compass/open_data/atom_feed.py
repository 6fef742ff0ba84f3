"""The changes of substance → an Atom feed (RFC 4287), for those who follow the data. Used by `exports`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree

from compass.derived.coverage import newest_first
from compass.model.dates import PartialDate
from compass.model.reference import Change
from compass.publication import Publication

FEED = "about/changes/feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
# Ids must stay when the site moves, so that no reader sees old changes as new; they hang on no address.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:eu-security-and-defence-partnerships:changes")


def atom(changes: Iterable[Change], about: Publication) -> str:
    """The feed as XML, newest change first."""
    newest = newest_first(changes)
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", f"urn:uuid:{_NAMESPACE}")
    _add(feed, "title", f"{about.title}: changes")
    _add(feed, "subtitle", about.description)
    _add(feed, "updated", _moment(newest[0].date if newest else about.modified))
    _add(_add(feed, "author"), "name", about.author)
    _add(feed, "rights", f"{about.licence} {about.licence_address}")
    _add(feed, "link", rel="self", type="application/atom+xml", href=about.at(FEED, FEED))
    _add(feed, "link", rel="alternate", type="text/html", href=about.at("about/changes/", FEED))
    for change in newest:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{uuid.uuid5(_NAMESPACE, change.id)}")
        _add(entry, "title", change.what)
        _add(entry, "updated", _moment(change.date))
        _add(entry, "link", rel="alternate", type="text/html", href=about.at(f"about/changes/#{change.id}", FEED))
        _add(entry, "summary", change.why)
        for record in change.records:
            _add(entry, "category", term=record)
    ElementTree.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, "unicode")}\n'


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text
    return child


def _moment(date: PartialDate) -> str:
    # A change has a day, and the feed wants a moment: its first.
    return f"{date.first_day.isoformat()}T00:00:00Z"
