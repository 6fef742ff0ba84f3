"""What a timeline of records must tell, counted in the records themselves."""

from __future__ import annotations

from collections import Counter

from compass.model.reference import Reference

# How many entries there are by lane and kind.
Entries = Counter[tuple[str, str]]


def dated_entries(reference: Reference) -> Entries:
    """How many dated entries of which kind each subject has."""
    entries: Entries = Counter()
    for one in reference.partnerships:
        entries[one.id, "Partnership"] += 1
        entries.update((one.id, event.kind.label) for event in one.events)
        entries.update((one.id, "Tie") for tie in one.ties if tie.since)
    compass, parliament = reference.pillars, reference.parliament
    entries.update(("strategic-compass", event.kind.label) for event in compass.compass.progress)
    statuses = [status for pillar in compass.pillars for target in pillar.targets for status in target.status]
    entries["strategic-compass", "Target"] += sum(status.date is not None for status in statuses)
    entries.update(("european-parliament", event.kind.label) for event in parliament.events)
    entries["european-parliament", "Parliament"] += sum(one.date is not None for one in parliament.resolutions)
    made = {one.iso for one in reference.partnerships}
    prospects = [one for one in reference.pipeline.prospects if one.iso not in made and one.date]
    entries["on-the-way", "Pipeline"] += len(prospects)
    return entries
