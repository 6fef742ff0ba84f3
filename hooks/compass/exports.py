"""Records → every file of the open data, the feed of changes included, ready to be published below `data/v1/`.

A file's content depends on the records, and on what `publication` says of the site. `pages` lists the files on /data/;
`mkdocs_events` hands them to MkDocs.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from compass.catalogue import data_package, dcat
from compass.documents import documents, schemas
from compass.feed import FEED, atom
from compass.publication import FOLDER, Export, Publication
from compass.reference import Reference
from compass.sheets import csv_file, database
from compass.tables import TABLES

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".sqlite": "application/vnd.sqlite3",
    ".xml": "application/atom+xml",
}
_SCHEMAS = {
    "schema/dataset.json": "JSON Schema of dataset.json",
    "schema/partnership.json": "JSON Schema of the documents of single partnerships",
}


def exported(reference: Reference, about: Publication) -> tuple[Export, ...]:
    """Every file, those that most people want first."""
    tables = {table.name: table for table in TABLES}
    rows = {table.name: table.rows(reference) for table in TABLES}
    told = {f"partnerships/{one.id}.json": f"{one.name}, with every source" for one in reference.partnerships}
    sheets = [
        _export(f"{FOLDER}{name}.csv", csv_file(table, rows[name]), table.one_row, len(rows[name]))
        for name, table in tables.items()
    ]
    whole, *partnerships = (
        _export(FOLDER + path, text.encode(), told.get(path, "Everything in one document"))
        for path, text in documents(reference, about).items()
    )
    named = about.model_dump(mode="json").items()
    files = (
        whole,
        _export(
            f"{FOLDER}sdp.sqlite",
            database(tables, rows, named),
            "Every table, with foreign keys",
        ),
        *sheets,
        *partnerships,
        _export(f"{FOLDER}datapackage.json", data_package(TABLES, sheets, about).encode(), "Frictionless Data Package"),
        *(_export(FOLDER + path, text.encode(), _SCHEMAS[path]) for path, text in schemas().items()),
    )
    forms = [file for file in files if file.is_whole]
    return (
        *files,
        _export(f"{FOLDER}dcat.jsonld", dcat(forms, about).encode(), "Catalogue entry in DCAT-AP, for data portals"),
        _export(FEED, atom(reference.changes, about).encode(), "Feed of the changes to this data"),
    )


def _export(path: str, content: bytes, what: str, rows: int | None = None) -> Export:
    return Export(path, content, what, _MEDIA_TYPES[PurePosixPath(path).suffix], rows)
