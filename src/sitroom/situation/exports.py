"""A situation for other tools: the network of ties as GraphML, incidents and presences as GeoJSON."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from sitroom.vocabulary import Actor, Place, Situation


def tie_graph(situation: Situation) -> nx.MultiDiGraph:
    """Actors as nodes, ties as edges; every value is a text or a number, so that any format can hold it."""
    graph = nx.MultiDiGraph()
    for tie in situation.ties:
        for actor in (tie.source, tie.target):
            graph.add_node(actor.key, **_node(actor))
        graph.add_edge(
            tie.source.key, tie.target.key, key=tie.id, kind=tie.kind, sign=tie.sign, strength=tie.strength, trend=tie.trend,
            since=_day(tie.period.start), until=_day(tie.period.end), acts=sum(tie.counts), confidence=tie.confidence,
            because=" ".join(tie.because),
        )  # fmt: skip
    return graph


def as_graphml(situation: Situation) -> str:
    """The network of ties as GraphML text, for Gephi, yEd, Cytoscape and others."""
    return "\n".join(nx.generate_graphml(tie_graph(situation))) + "\n"


def as_geojson(situation: Situation) -> dict[str, Any]:
    """Incidents and presences with coordinates as a GeoJSON feature collection (RFC 7946: longitude first)."""
    features = [
        _feature(one.id, one.place, {
            "record": "incident", "type": one.type, "mode": one.mode, "score": one.score, "actors": _names(one.actors),
            "recipients": _names(one.recipients), "from": _day(one.period.start), "to": _day(one.period.end), "status": one.status,
            "independent": one.independent, "summary": one.summary,
        })
        for one in situation.incidents
        if _mapped(one.place)
    ]  # fmt: skip
    features += [
        _feature(one.id, one.place, {
            "record": "presence", "actor": one.actor.name, "kind": one.kind, "from": _day(one.period.start),
            "to": _day(one.period.end), "status": one.status, "confidence": one.confidence,
        })
        for one in situation.presences
        if _mapped(one.place)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _node(actor: Actor) -> dict[str, str]:
    return {"label": actor.name, "country": actor.country or "", "sector": actor.sector or ""}


def _day(day: object) -> str:
    return str(day) if day else ""


def _names(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _mapped(place: Place | None) -> bool:
    return place is not None and place.lat is not None and place.lon is not None


def _feature(id: str, place: Place | None, properties: dict[str, Any]) -> dict[str, Any]:
    assert place is not None
    found = properties | {"place": place.name, "precision": place.precision}
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": found,
    }
