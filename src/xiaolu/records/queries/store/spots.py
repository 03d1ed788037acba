"""Places as SQL: gathered by squares of degrees."""

from dataclasses import dataclass

from xiaolu.kit.sql import Sql, compose, param, raw
from xiaolu.records.queries.model import Box
from xiaolu.records.queries.store.rows import Target


@dataclass(frozen=True, slots=True)
class Places:
    """Where records are, and the value that colours them."""

    place: Sql
    value: Sql


def select_bounds(target: Target, places: Places) -> Sql:
    """Return the statement for the box around all places, and how many records have one, and how many none."""
    return compose(
        "SELECT min(p.lng) AS west, min(p.lat) AS south, max(p.lng) AS east, max(p.lat) AS north, "
        "count(p.lat)::integer AS placed, (count(*) - count(p.lat))::integer AS missing FROM ({places}) p",
        places=_places(target, places),
    )


def select_spots(target: Target, places: Places, box: Box, cells: int, most: int) -> Sql:
    """Return the statement for the squares of a box, the fullest first."""
    size = (box.east - box.west) / cells
    return compose(
        "SELECT avg(p.lat) AS lat, avg(p.lng) AS lng, count(*)::integer AS count, "
        "CASE WHEN count(*) = 1 THEN (array_agg(p.id))[1] END AS id, "
        "CASE WHEN min(p.value) = max(p.value) AND count(p.value) = count(*) THEN min(p.value) END AS value FROM ({places}) p "
        "WHERE p.lng BETWEEN {west} AND {east} AND p.lat BETWEEN {south} AND {north} "
        "GROUP BY floor((p.lng - {west}) / {size}), floor((p.lat - {south}) / {size}) ORDER BY 3 DESC LIMIT {most}",
        places=_places(target, places),
        west=param(box.west, "double precision"),
        east=param(box.east, "double precision"),
        south=param(box.south, "double precision"),
        north=param(box.north, "double precision"),
        size=param(size, "double precision"),
        most=raw(str(most)),
    )


def _places(target: Target, places: Places) -> Sql:
    return compose(
        "SELECT r.id, (({place})->>'lat')::double precision AS lat, (({place})->>'lng')::double precision AS lng, "
        "{value} AS value FROM {relation} WHERE {where}",
        place=places.place,
        value=places.value,
        relation=target.relation,
        where=target.where,
    )
