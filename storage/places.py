"""The tree of places: province, counties, settlements, neighbourhoods."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from domain.values import value
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Place:
    """One place. `path` is /county/settlement/neighborhood/; scope is a prefix of it."""

    id: int
    parent: int | None
    kind: str
    slug: str
    path: str
    name: str
    has_council: bool
    house: str
    address: str
    sample: bool
    #: Degrees north and east of the council's house, if known.
    lat: float | None = None
    lon: float | None = None

    @property
    def written(self) -> str:
        """How people write it in commands: `county` or `county/neighborhood`."""
        parts = self.path.strip("/").split("/")
        return "/".join([parts[0], parts[-1]]) if len(parts) > 1 else parts[0]

    @property
    def link(self) -> str:
        """The same as a link can carry it: slugs hold no underscore, so one parts them without a doubt."""
        return self.written.replace("/", "_")


@value(frozen=True, slots=True)
class NewPlace:
    """One place as imported, with its keys worked out. `parent` is the parent's path."""

    kind: str
    slug: str
    path: str
    parent: str
    name: str
    sort_key: str
    search_key: str
    has_council: bool = False
    house: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    inhabitants: int | None = None
    sample: bool = False


_COLUMNS = "SELECT id, parent, kind, slug, path, name, has_council, house, address, sample, lat, lon FROM places "
#: Letters of both slugs together, at most: a link carries 64, with «join_» before them and «_» between.
LONGEST_LINK = 58


def get(tx: Tx, place: int) -> Place:
    """A place by its number. Raises `LookupError`."""
    known: Place | None = tx.memory.get(("place", place))
    if known is None:
        row = tx.one(_COLUMNS + "WHERE id = :id", id=place)
        if row is None:
            raise LookupError(f"no place {place}")
        known = tx.memory["place", place] = _place(row)
    return known


def province(tx: Tx) -> Place:
    """The root of the tree."""
    row = tx.one(_COLUMNS + "WHERE path = '/'")
    if row is None:
        raise LookupError("the tree of places has no root")
    return _place(row)


def written(tx: Tx, text: str) -> Place | None:
    """The place written as `county` or `county/neighborhood`; the empty text is the province."""
    parts = [part for part in text.strip().strip("/").split("/") if part]
    if not parts:
        return province(tx)
    if len(parts) == 1:
        row = tx.one(_COLUMNS + "WHERE path = :path", path=f"/{parts[0]}/")
    else:
        row = tx.one(
            _COLUMNS + "WHERE slug = :slug AND kind = 'neighborhood' "
            "AND substr(path, 1, length(CAST(:county AS text))) = :county",
            slug=parts[-1],
            county=f"/{parts[0]}/",
        )
    return None if row is None else _place(row)


def around(tx: Tx, place: Place) -> list[Place]:
    """A place and everything that it lies in, up to the province."""
    found = [place]
    while (parent := found[-1].parent) is not None:
        found.append(get(tx, parent))
    return found


def inside(tx: Tx, parent: int, *, offset: int = 0, limit: int = 1000) -> list[Place]:
    """The places directly in a place, in Persian order."""
    rows = tx.all(
        _COLUMNS + "WHERE parent = :parent ORDER BY sort_key, id LIMIT :limit OFFSET :offset",
        parent=parent,
        limit=limit,
        offset=offset,
    )
    return [_place(row) for row in rows]


def count_inside(tx: Tx, parent: int) -> int:
    """How many places lie directly in a place."""
    row = tx.one("SELECT count(*) AS n FROM places WHERE parent = :parent", parent=parent)
    return 0 if row is None else int(row["n"])


def linked(tx: Tx, link: str, limit: int) -> list[Place]:
    """What a link leads to: the place written `county_neighborhood` or `county`, or else every neighbourhood with that
    slug. Nothing when the link is dead."""
    county, _, slug = link.partition("_")
    found = written(tx, f"{county}/{slug}" if slug else county) if county else None
    if found is not None:
        return [found]
    rows = tx.all(
        _COLUMNS + "WHERE kind = 'neighborhood' AND slug = :slug ORDER BY path LIMIT :limit", slug=link, limit=limit
    )
    return [_place(row) for row in rows]


def search(tx: Tx, key: str, *, under: str, limit: int) -> list[Place]:
    """Places of every kind inside a path whose search key holds this key: a whole name first, then beginnings. The path
    of a neighbourhood leads to that neighbourhood itself."""
    low, high = _inside(under)
    position = _position(tx)
    rows = tx.all(
        _COLUMNS + f"WHERE path >= :low AND path < :high AND (path > :low OR kind = 'neighborhood') AND {position} > 0 "
        f"ORDER BY {position}, length(search_key), sort_key, path LIMIT :limit",
        low=low,
        high=high,
        key=key,
        limit=limit,
    )
    return [_place(row) for row in rows]


def neighborhoods(tx: Tx, under: str, *, offset: int, limit: int) -> list[Place]:
    """The neighbourhoods inside a path, however deep, in Persian order."""
    low, high = _inside(under)
    rows = tx.all(
        _COLUMNS + "WHERE kind = 'neighborhood' AND path >= :low AND path < :high "
        "ORDER BY sort_key, path LIMIT :limit OFFSET :offset",
        low=low,
        high=high,
        limit=limit,
        offset=offset,
    )
    return [_place(row) for row in rows]


def count_neighborhoods(tx: Tx, under: str) -> int:
    """How many neighbourhoods lie inside a path."""
    low, high = _inside(under)
    row = tx.one(
        "SELECT count(*) AS n FROM places WHERE kind = 'neighborhood' AND path >= :low AND path < :high",
        low=low,
        high=high,
    )
    return 0 if row is None else int(row["n"])


def nearest(tx: Tx, lat: float, lon: float, *, limit: int, within_m: int = 50_000) -> list[Place]:
    """The neighbourhoods whose houses lie nearest, at most so many metres away.

    Flat-earth distance is exact enough for a town; the box lets nothing far be looked at.
    """
    high = within_m / 111_000
    wide = high / max(0.2, cos(radians(lat)))
    rows = tx.all(
        _COLUMNS + "WHERE kind = 'neighborhood' AND lat BETWEEN :south AND :north AND lon BETWEEN :west AND :east "
        "ORDER BY (lat - :lat) * (lat - :lat) + (lon - :lon) * (lon - :lon) * :squeeze, id LIMIT :limit",
        south=lat - high,
        north=lat + high,
        west=lon - wide,
        east=lon + wide,
        lat=lat,
        lon=lon,
        squeeze=cos(radians(lat)) ** 2,
        limit=limit,
    )
    return [_place(row) for row in rows]


def of_person(tx: Tx, person: int) -> Place | None:
    """The neighbourhood a resident has joined."""
    row = tx.one(
        _COLUMNS.replace("id,", "places.id,", 1).replace(
            "FROM places", "FROM places JOIN roles ON roles.place = places.id"
        )
        + "WHERE roles.person = :person AND roles.role = 'resident' AND roles.until IS NULL "
        "ORDER BY roles.id DESC LIMIT 1",
        person=person,
    )
    return None if row is None else _place(row)


def put(tx: Tx, places: Sequence[NewPlace]) -> int:
    """Write places, parents before children; those known by path are brought up to date. How many are new."""
    new = 0
    tx.memory.clear()
    for place in places:
        found = tx.one("SELECT id FROM places WHERE path = :path", path=place.path)
        tx.run(
            "INSERT INTO places (parent, kind, slug, path, name, sort_key, search_key, has_council, house, address, "
            "lat, lon, inhabitants, sample) "
            "SELECT id, :kind, :slug, :path, :name, :sort_key, :search_key, :has_council, :house, :address, "
            "CAST(:lat AS double precision), CAST(:lon AS double precision), CAST(:inhabitants AS bigint), :sample "
            "FROM places WHERE path = :parent "
            "ON CONFLICT (path) DO UPDATE SET name = excluded.name, sort_key = excluded.sort_key, "
            "search_key = excluded.search_key, has_council = excluded.has_council, house = excluded.house, "
            "address = excluded.address, lat = excluded.lat, lon = excluded.lon, "
            "inhabitants = excluded.inhabitants, sample = excluded.sample",
            kind=place.kind,
            slug=place.slug,
            path=place.path,
            parent=place.parent,
            name=place.name,
            sort_key=place.sort_key,
            search_key=place.search_key,
            has_council=int(place.has_council),
            house=place.house,
            address=place.address,
            lat=place.lat,
            lon=place.lon,
            inhabitants=place.inhabitants,
            sample=int(place.sample),
        )
        new += found is None
    return new


def count(tx: Tx) -> dict[str, int]:
    """How many places there are of each kind."""
    return {row["kind"]: int(row["n"]) for row in tx.all("SELECT kind, count(*) AS n FROM places GROUP BY kind")}


def _inside(path: str) -> tuple[str, str]:
    """The first and the end of all paths that begin with this one; «0» comes right after «/» in plain bytes."""
    return path, path[:-1] + "0"


def _position(tx: Tx) -> str:
    return {"sqlite": "instr(search_key, :key)", "postgres": "strpos(search_key, :key)"}[tx.dialect]


def _place(row: Row) -> Place:
    return Place(
        id=row["id"],
        parent=row["parent"],
        kind=row["kind"],
        slug=row["slug"],
        path=row["path"],
        name=row["name"],
        has_council=bool(row["has_council"]),
        house=row["house"],
        address=row["address"],
        sample=bool(row["sample"]),
        lat=row["lat"],
        lon=row["lon"],
    )
