"""Records → JSON: the whole dataset in one document, each partnership in one of its own, and the schemas of both.

The documents hold the records as they are, file by file of `data/`, with what is derived from them beside: the state of
every area in every partnership.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pydantic import Field
from pydantic_core import to_json

from compass.derived.everything import Derived
from compass.model.field_types import AreaId, PillarId, Text
from compass.model.json_schema import published_schema
from compass.model.records import PartnershipFacts, Record, Source, cited
from compass.model.reference import Reference, all_sources
from compass.model.vocabulary import Absence, State, words
from compass.publication import Publication


class Coverage(Record):
    """Whether one area was found in this partnership, and how well it is evidenced."""

    area: AreaId = Field(description="Id of the area.")
    pillar: PillarId = Field(description="Id of the pillar that we file it under.")
    state: State | Absence = Field(description="How well it is evidenced; “not-found” is never “no”.")


class PublishedPartnership(PartnershipFacts):
    """One Security and Defence Partnership; its sources stand beside it in the document."""

    coverage: tuple[Coverage, ...] = Field(description="Every area, also where nothing was found.")


class Word(Record):
    """A value of a closed vocabulary."""

    value: Text = Field(description="As it stands in the data.")
    label: Text = Field(description="As readers see it.")
    meaning: Text = Field(description="What it means.")


class Announced(Record):
    """A document that says what it is."""

    about: Publication = Field(description="Of which publication it is a part.")


class PartnershipDocument(Announced):
    """One partnership with every source that it cites."""

    partnership: PublishedPartnership = Field(description="The partnership.")
    sources: tuple[Source, ...] = Field(description="Every source that it cites, by id.")


class Dataset(Reference, Announced):
    """The whole reference: the records of `data/`, what is derived from them, and what their words mean."""

    vocabulary: dict[str, tuple[Word, ...]] = Field(description="The closed vocabularies: what each value means.")
    sources: tuple[Source, ...] = Field(description="Every source, by id.")
    partnerships: tuple[PublishedPartnership, ...] = Field(  # type: ignore[assignment]  # without their own sources
        description="The partnerships, by the dates of their acts."
    )


def documents(derived: Derived, about: Publication) -> Iterator[tuple[str, bytes]]:
    """The JSON documents, each with its path: the dataset, and each partnership by itself."""
    sources = all_sources(derived.reference)
    partnerships = _with_coverage(derived)
    whole = dict(derived.reference) | {"sources": sources, "partnerships": partnerships}
    yield "dataset.json", _json(Dataset(about=about, vocabulary=_vocabulary(), **whole))
    by_id = {source.id: source for source in sources}
    for partnership in partnerships:
        cites = tuple(by_id[source] for source in sorted(set(cited(partnership))))
        document = PartnershipDocument(about=about, partnership=partnership, sources=cites)
        yield f"partnerships/{partnership.id}.json", _json(document)


@cache
def schemas() -> dict[str, str]:
    """The JSON Schemas of the documents by their path."""
    models = {"dataset": Dataset, "partnership": PartnershipDocument}
    return {f"schema/{name}.json": published_schema(model) for name, model in models.items()}


def _with_coverage(derived: Derived) -> tuple[PublishedPartnership, ...]:
    columns = zip(*(row.cells for row in derived.rows), strict=True)
    return tuple(
        PublishedPartnership(
            **{name: getattr(partnership, name) for name in PartnershipFacts.model_fields},
            coverage=tuple(Coverage(area=cell.area.id, pillar=cell.area.pillar, state=cell.term) for cell in cells),
        )
        for partnership, cells in zip(derived.partnerships, columns, strict=True)
    )


def _vocabulary() -> dict[str, tuple[Word, ...]]:
    return {
        name: tuple(Word(value=term.value, label=term.label, meaning=term.meaning) for term in terms)
        for name, terms in words().items()
    }


def _json(document: Record) -> bytes:
    return to_json(document, indent=1) + b"\n"
