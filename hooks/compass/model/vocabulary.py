"""The fixed words of the records: each value with its label and its meaning.

Values are checked by the same terms that labels and legends show, so that a legend cannot differ from the check.
Vocabularies that grow with the subject (areas, ties, regions, pillars) are data, not code: see `data/`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any


class Term(StrEnum):
    """A word of a closed vocabulary: its value as typed in YAML, its label and meaning as shown to readers."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str, meaning: str) -> Term:
        """Take the value as typed, and how readers see and understand it."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        term.meaning = meaning
        return term

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        # Editors show the description beside the field, and so the legend.
        legend = "\n".join(f"{term.value}: {term.label}. {term.meaning}" for term in cls)
        return {**handler(schema), "description": f"{cls.__doc__}\n{legend}"}


class State(Term):
    """How well an area of cooperation is evidenced, strongest first (rules of evidence, 3)."""

    INSTRUMENT = (
        "instrument",
        "Stated in the text",
        "Read in the instrument itself, or in a ministry’s complete list of its areas.",
    )
    OFFICIAL = (
        "official",
        "Named officially",
        "Named for this partnership by an EU institution or the partner’s government, also where a third party "
        "relays it with attribution.",
    )
    REPORTED = (
        "reported",
        "Reported",
        "Named only by media, think tanks, an encyclopaedia or a leaked draft.",
    )


class Absence(Term):
    """What is said of an area without an entry: derived, never typed (rules of evidence, 3)."""

    NOT_FOUND = ("not-found", "Not found", "No public source was found; the text may still cover the area.")
    NOT_IN_TEXT = (
        "not-in-text",
        "Not in the text",
        "Somebody read the instrument in full, and it does not deal with the area.",
    )


class Act(Term):
    """What the two sides did with the instrument."""

    SIGNED = ("signed", "Signed", "Signatures were put to the text.")
    ANNOUNCED = ("announced", "Announced", "Made public by both sides; official sources mention no signature.")
    CONCLUDED = ("concluded", "Concluded", "The official announcements speak of conclusion, not of a signature.")
    ADOPTED = ("adopted", "Adopted", "Official sources speak of adoption; they mention no signature.")


class Side(Term):
    """The side for which somebody acted."""

    EU = ("eu", "European Union", "Acted for the European Union.")
    PARTNER = ("partner", "Partner", "Acted for the partner country.")


class TieStatus(Term):
    """Where a tie between a partner and the EU stands."""

    IN_PLACE = ("in-place", "In place", "Agreed and at work, or a standing that the partner holds.")
    TAKEN_PART = ("taken-part", "Has taken part", "Took part at some time; whether it still does was not found.")
    OPEN = ("open", "Open to the partner", "A rule opens this door to the partner; no use of it was found.")
    AGREED = ("agreed", "Agreed, not yet at work", "Concluded or decided, but not yet applied.")
    NEGOTIATING = ("negotiating", "Being negotiated", "Negotiations have been opened.")
    REQUESTED = ("requested", "Asked for", "The partner has asked, or a wish has been stated; nothing is agreed.")
    PAST = ("past", "In the past", "Was at work and has ended.")
    UNLISTED = (
        "unlisted",
        "Not on the official list",
        "The list that the responsible institution publishes does not name the partner; a newer tie may be missing.",
    )


class EventKind(Term):
    """What sort of event a date stands for."""

    PARTNERSHIP = ("partnership", "Partnership", "A step in the making or the work of the partnership itself.")
    DIALOGUE = ("dialogue", "Dialogue", "A dialogue, summit, visit or call.")
    AGREEMENT = ("agreement", "Agreement", "A treaty, arrangement, decision or law.")
    OPERATION = ("operation", "Operation", "A mission, operation or exercise.")
    SUPPORT = ("support", "Support", "Money or equipment given.")
    CONTEXT = ("context", "Context", "Something else that bears on the partnership.")


class DerivedKind(Term):
    """What sort of entry a timeline derives from records that are no events."""

    TIE = ("tie", "Tie", "A tie of a partner, since when it stands where it stands.")
    TARGET = ("target", "Target", "Where a target of the Strategic Compass stood.")
    PARLIAMENT = ("parliament", "Parliament", "A resolution of the European Parliament.")
    PIPELINE = ("pipeline", "Pipeline", "How far a country without a record here was on the way to a partnership.")


class SourceKind(Term):
    """How close a source stands to the fact."""

    PRIMARY = (
        "official-primary",
        "Official, original",
        "The issuing institution’s or government’s own page or document.",
    )
    RELAYED = (
        "official-secondary",
        "Official, relayed",
        "An official text or statement that somebody else reproduces, translates or relays.",
    )
    SECONDARY = ("secondary", "Secondary", "Media, think tanks, scholars, encyclopaedias.")


class PlaceKind(Term):
    """What Parliament named."""

    COUNTRY = ("country", "Country", "A single state.")
    REGION = ("region", "Region", "A group of states.")


class Stage(Term):
    """How far a country is on the way to a partnership."""

    MADE = ("made", "Made, record to be written", "The partnership exists; its record is not in this reference yet.")
    NEGOTIATING = ("negotiating", "Talks", "Talks on a partnership have been opened.")
    EXPLORING = ("exploring", "Exploring", "The two sides explore, or have decided to explore, whether to talk.")
    INVITED = ("invited", "Invited", "The EU has proposed to work towards a partnership.")
    INTERESTED = ("interested", "Interested", "The country has stated its interest.")
    REFUSED = ("refused", "Turned down", "One of the two sides has said no, for the time being.")
    OTHER = ("other", "Another instrument", "The two sides have agreed on something else.")
    NOTHING = ("nothing", "Nothing found", "It was looked for, and nothing on a partnership was found.")


def words() -> dict[str, tuple[Term, ...]]:
    """Every vocabulary by what it is used for: `event_kind` for `EventKind`."""
    return {re.sub("(?<=[a-z])(?=[A-Z])", "_", terms.__name__).lower(): tuple(terms) for terms in Term.__subclasses__()}
