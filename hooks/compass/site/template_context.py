"""The names that every page may use: the records, what is derived from them, the vocabularies, the open data.

`pages` hands them to the templates and to the hand-written pages of `docs/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compass.derived import chronology, comparison, coverage
from compass.model import field_reference, vocabulary
from compass.model.reference import Reference
from compass.open_data import metadata
from compass.open_data.atom_feed import FEED
from compass.open_data.published_file import Export
from compass.open_data.tables.all_tables import TABLES
from compass.publication import Publication, Site
from compass.reading import checks
from compass.site import linked_data, timeline_chart, world_map


def data_names(exports: Sequence[Export], about: Publication) -> dict[str, Any]:
    """What the page of the open data tells of its files."""
    return {
        "about": about,
        "exports": {export.name: export for export in exports},
        "tables": TABLES,
        "feed": FEED,
        "dataset": lambda: linked_data.in_page(metadata.dataset([file for file in exports if file.is_whole], about)),
    }


def names(reference: Reference, site: Site) -> dict[str, Any]:
    """What every page may use: the records, what is derived from them, and the vocabularies."""
    partnerships = coverage.in_order(reference.partnerships)
    compared = coverage.rows(reference.areas.areas, partnerships)
    rows_by_pillar = coverage.by_pillar(reference.pillars.pillars, compared)
    prospects = coverage.on_the_way(reference.pipeline.prospects, partnerships)

    def within(group: coverage.Group) -> tuple[coverage.Row, ...]:
        return tuple(row.within(group) for row in compared)

    return {
        "site": site,
        "reference": reference,
        "partnerships": partnerships,
        "rows": compared,
        "rows_by_pillar": rows_by_pillar,
        "groups": coverage.headline_groups(reference.sets, partnerships),
        "derived_groups": coverage.derived_groups(reference.regions, partnerships),
        "common_to": lambda group: coverage.common(within(group)),
        "found_once_in": lambda group: coverage.found_once(within(group)),
        "nearest": comparison.nearest(reference.areas.areas, partnerships),
        "draw_chart": timeline_chart.draw,
        "maps": world_map.maps(partnerships, reference.members.countries),
        "not_drawn": world_map.not_drawn(partnerships),
        "tie_rows": coverage.tie_rows(reference.ties, partnerships),
        "ties_of": lambda one: coverage.ties_of(one, reference.ties),
        "pillars": [pillar for pillar, _ in rows_by_pillar],
        "compass": reference.pillars.compass,
        "parliament": reference.parliament,
        "pipeline": reference.pipeline,
        "prospects": prospects,
        "order": {one.id: number for number, one in enumerate(partnerships, start=1)},
        "same_day": coverage.same_day(partnerships),
        "evidence_as_of": max((one.evidence_as_of for one in partnerships), default=None),
        "by_term": coverage.by_term,
        "absences": coverage.absences(partnerships),
        "columns": coverage.columns(compared),
        "prospects_at": lambda place: coverage.located_at(place, prospects),
        "partnerships_at": lambda place: coverage.located_at(place, partnerships),
        "statements_on": lambda area: coverage.statements_on(area, reference.areas.general_statements),
        "regions": {region.id: region for region in reference.regions},
        "languages": reference.languages,
        "changes": coverage.newest_first(reference.changes),
        "chronology": chronology.chronology(reference),
        "acts_by_year": chronology.acts_by_year(partnerships),
        "by_year": chronology.by_year,
        "of_events": chronology.of_events,
        "of_partnership": chronology.of_partnership,
        "review_is_due": lambda one: coverage.review_is_due(one, site.today),
        "vocabulary": vocabulary,
        "models": field_reference.models,
        "checks": checks.CHECKS,
    }
