"""What a page is about, for search engines and other programs: schema.org as JSON-LD.

A country is named with its code in ISO 3166-1. Its address in the EU's table of countries is left out: the addresses
of all partners were not found in a source that could be cited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from compass.model.records import Partnership
from compass.publication import FOLDER
from compass.site.page_citation import PageCitation

# What would end the element of the page in which it stands, or begin another.
_IN_HTML = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})


def trail(address: str, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The pages above a page, from home down: address and title of each, out of the titles of all pages."""
    parts = address.rstrip("/").split("/")[:-1]
    above = ("/".join(parts[: number + 1]) + "/" for number in range(len(parts)))
    return (("", "Home"), *((one, titles[one]) for one in above if one in titles)) if address else ()


def web_page(cited: PageCitation, above: Sequence[tuple[str, str]], partnership: Partnership | None) -> Markup:
    """A page with the way to it, the date of its data and, for a partnership's, the country and the data file."""
    about = cited.about
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": about.at(cited.path, cited.path),
        "name": cited.title,
        "inLanguage": "en",
        "dateModified": cited.as_of.iso,
        "license": about.licence_address,
        "isPartOf": {"@type": "WebSite", "@id": about.at("", cited.path), "name": about.title},
    }
    if above:
        steps = enumerate((*above, (cited.path, cited.title)), 1)
        page["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": about.at(target, cited.path)}
                for position, (target, name) in steps
            ],
        }
    if partnership:
        code = {"@type": "PropertyValue", "propertyID": "ISO 3166-1 alpha-2", "value": partnership.iso}
        page["about"] = {"@type": "Country", "name": partnership.name, "identifier": code}
        page["encoding"] = {
            "@type": "MediaObject",
            "contentUrl": about.at(f"{FOLDER}partnerships/{partnership.id}.json", cited.path),
            "encodingFormat": "application/json",
        }
    return in_page(page)


def in_page(data: Mapping[str, Any]) -> Markup:
    """JSON-LD as an element of a page; whatever text it holds, it cannot end that element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_HTML)
    return Markup(f'<script type="application/ld+json">{text}</script>')
