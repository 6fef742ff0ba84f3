"""The open data described for machines: a Frictionless Data Package, a DCAT-AP catalogue and a schema.org Dataset.

The descriptions tell the files apart, their columns, keys, sizes and terms; all of it is taken from the tables and the
files themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from compass.model.dates import PartialDate
from compass.model.field_types import DATE_PATTERN
from compass.open_data.csv_sqlite import SEPARATOR
from compass.open_data.published_file import Export
from compass.open_data.tables.table import Column, Table
from compass.publication import FOLDER, Publication

_LICENCE_NAME = "Creative Commons Attribution 4.0 International"
_KEYWORDS = ("European Union", "Security and Defence Partnership", "Strategic Compass", "foreign and security policy")
# The EU's controlled vocabularies that DCAT-AP asks for: https://op.europa.eu/en/web/eu-vocabularies/authority-tables
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FILE_TYPES = {"text/csv": "CSV", "application/json": "JSON", "application/ld+json": "JSON_LD"}
_PRECISIONS = {4: "gYear", 7: "gYearMonth", 10: "date"}


def data_package(tables: Sequence[Table], files: Sequence[Export], about: Publication) -> str:
    """The Frictionless descriptor of the tables' CSV files, which stand in the order of the tables."""
    keys = {table.name: table.key[0] for table in tables}
    package = {
        "profile": "tabular-data-package",
        "name": "eu-security-and-defence-partnerships",
        "title": about.title,
        "description": about.description,
        "modified": about.modified.iso,
        "licenses": [{"name": about.licence, "path": about.licence_address, "title": _LICENCE_NAME}],
        "contributors": [{"title": about.author, "role": "author"}],
        "keywords": _KEYWORDS,
        "resources": [_resource(table, file, keys) for table, file in zip(tables, files, strict=True)],
    }
    return _text(package | ({"homepage": about.address} if about.address else {}))


def _resource(table: Table, file: Export, keys: Mapping[str, str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file.name,
        "title": table.name.replace("_", " ").capitalize(),
        "description": f"One row is {table.one_row}.",
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.length,
        "hash": f"sha256:{file.digest}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": [
                {"fields": column.name, "reference": {"resource": column.refers_to, "fields": keys[column.refers_to]}}
                for column in table.columns
                if column.refers_to and not column.many
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": column.required}
    if column.kind == "date":
        rules["pattern"] = DATE_PATTERN
    if column.terms:
        rules["enum"] = [term.value for term in column.terms]
    kind = column.kind if column.kind in ("integer", "boolean") else "string"
    several = f" Several are separated by “{SEPARATOR}”." if column.many else ""
    return {"name": column.name, "type": kind, "description": column.meaning + several, "constraints": rules}


def dcat(files: Sequence[Export], about: Publication) -> str:
    """The catalogue in DCAT-AP, as JSON-LD: the form in which European data portals harvest."""
    publisher = {"@type": "foaf:Agent", "foaf:name": about.author}
    described = {"dct:title": _english(about.title), "dct:description": _english(about.description)}
    modified = {"dct:modified": _dated(about.modified), "dct:publisher": publisher}
    language = {"dct:language": {"@id": f"{_AUTHORITY}language/ENG", "@type": "dct:LinguisticSystem"}}
    dataset = {
        "@id": about.at("data/#dataset", FOLDER),
        "@type": "dcat:Dataset",
        **described,
        **modified,
        **language,
        "dct:identifier": f"eu-security-and-defence-partnerships-{about.version}",
        "dcat:version": about.version,
        "dcat:keyword": [_english(word) for word in _KEYWORDS],
        "dcat:theme": {"@id": f"{_AUTHORITY}data-theme/INTR"},
        "dct:accessRights": {"@id": f"{_AUTHORITY}access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dcat:landingPage": {"@id": about.at("data/", FOLDER), "@type": "foaf:Document"},
        "dcat:distribution": [_distribution(file, about) for file in files],
    }
    catalogue = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": about.at(f"{FOLDER}dcat.jsonld", FOLDER),
        "@type": "dcat:Catalog",
        **described,
        **modified,
        **language,
        "dct:license": _licence(about),
        "foaf:homepage": {"@id": about.at("", FOLDER), "@type": "foaf:Document"},
        "dcat:dataset": dataset,
    }
    return _text(catalogue)


def _distribution(file: Export, about: Publication) -> dict[str, Any]:
    address = {"@id": about.at(file.path, FOLDER)}
    distribution = {
        "@id": about.at(f"data/#{file.name}", FOLDER),
        "@type": "dcat:Distribution",
        "dct:title": _english(f"{about.title}: {file.name}"),
        "dct:description": _english(_described(file)),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{file.media_type}",
            "@type": "dct:MediaType",
        },
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.length)},
        "dct:license": _licence(about),
    }
    if kind := _FILE_TYPES.get(file.media_type):
        distribution["dct:format"] = {"@id": f"{_AUTHORITY}file-type/{kind}", "@type": "dct:MediaTypeOrExtent"}
    return distribution


def dataset(files: Sequence[Export], about: Publication) -> dict[str, Any]:
    """The dataset in schema.org's terms, for the page that offers it."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": about.at("data/#dataset", "data/"),
        "name": about.title,
        "description": about.description,
        "url": about.at("data/", "data/"),
        "version": about.version,
        "dateModified": about.modified.iso,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": list(_KEYWORDS),
        "license": about.licence_address,
        "creator": {"@type": "Organization", "name": about.author},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "description": _described(file),
                "encodingFormat": file.media_type,
                "contentSize": f"{file.length} B",
                "contentUrl": about.at(file.path, "data/"),
            }
            for file in files
        ],
    }


def _described(file: Export) -> str:
    return f"Rows: {file.rows}. One row is {file.what}." if file.rows is not None else file.what


def _licence(about: Publication) -> dict[str, str]:
    return {"@id": about.licence_address, "@type": "dct:LicenseDocument"}


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _dated(date: PartialDate) -> dict[str, str]:
    return {"@value": date.iso, "@type": f"xsd:{_PRECISIONS[len(date.iso)]}"}


def _text(description: dict[str, Any]) -> str:
    return json.dumps(description, indent=1, ensure_ascii=False) + "\n"
