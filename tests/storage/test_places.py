"""The tree of places: order, search, how they are written, and imports that can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.permissions import Role
from domain.persian import search_key
from storage import people, places
from storage.tx import Tx
from tests.storage.made import NOW, account, count_of, place, town


def test_the_tree_has_its_root_from_the_start(tx: Tx) -> None:
    root = places.province(tx)
    assert (root.kind, root.path, root.written, places.count_inside(tx, root.id)) == ("province", "/", "", 0)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("", "/"),
        ("kerman", "/kerman/"),
        (" /kerman/ ", "/kerman/"),
        ("kerman/alavian", "/kerman/shahr/alavian/"),
        ("kermanshah/taq", "/kermanshah/shahr/taq/"),
    ],
)
def test_a_place_is_found_as_people_write_it(tx: Tx, written: str, path: str) -> None:
    town(tx)
    found = places.written(tx, written)
    assert found is not None
    assert (found.path, found.written) == (path, written.strip(" /"))


@pytest.mark.parametrize(
    "written", ["nowhere", "kerman/taq", "kerman/shahr", "alavian", "kermanshah/alavian", "%", "_"]
)
def test_what_is_not_there_is_not_found(tx: Tx, written: str) -> None:
    town(tx)
    assert places.written(tx, written) is None


def test_places_stand_in_persian_order_in_pages(tx: Tx) -> None:
    names = ["یزدان", "آباد", "پیروزی", "گلستان", "چمران", "باغ", "کوثر", "محلهٔ ۱۰", "محلهٔ ۲", "هفت‌باغ", "الف"]
    places.put(tx, [place("/c/", "ج"), *(place(f"/c/s{n}/", name) for n, name in enumerate(names))])
    county = places.written(tx, "c")
    assert county is not None
    ordered = ["آباد", "الف", "باغ", "پیروزی", "چمران", "کوثر", "گلستان", "محلهٔ ۲", "محلهٔ ۱۰", "هفت‌باغ", "یزدان"]
    assert [found.name for found in places.inside(tx, county.id)] == ordered
    assert [found.name for found in places.inside(tx, county.id, offset=8, limit=8)] == ordered[8:]
    assert places.count_inside(tx, county.id) == 11


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("کرمان", ["کرمان", "کرمانشاه", "شهر کرمان", "شهر کرمانشاه"]),
        ("كرمانشاه", ["کرمانشاه", "شهر کرمانشاه"]),
        ("شاه", ["کرمانشاه", "شهر کرمانشاه"]),
        ("مان", ["کرمان", "کرمانشاه", "شهر کرمان", "شهر کرمانشاه"]),
        ("علویان", ["محلهٔ علویان"]),
        ("تهران", []),
        ("%", []),
    ],
)
def test_part_of_a_name_finds_it_anywhere(tx: Tx, typed: str, names: list[str]) -> None:
    town(tx)
    key = search_key(typed) or typed
    assert [found.name for found in places.search(tx, key, under="/", limit=8)] == names


def test_a_search_looks_only_inside_its_place_and_gives_no_more_than_asked(tx: Tx) -> None:
    found = town(tx)
    # Not even in a county whose name begins alike.
    assert places.search(tx, search_key("طاق"), under=found["kerman"].path, limit=8) == []
    assert places.search(tx, search_key("علویان"), under="/kermanshah/", limit=8) == []
    assert len(places.search(tx, search_key("کرمان"), under="/", limit=1)) == 1


def test_whoever_looks_only_in_a_neighbourhood_finds_it_and_no_county_finds_itself(tx: Tx) -> None:
    found = town(tx)
    (alavian,) = places.search(tx, search_key("علویان"), under="/", limit=8)
    assert places.search(tx, search_key("علویان"), under=alavian.path, limit=8) == [alavian]
    assert places.search(tx, search_key("کرمان"), under=alavian.path, limit=8) == []
    inside = places.search(tx, search_key("کرمان"), under=found["kerman"].path, limit=8)
    assert [place.name for place in inside] == ["شهر کرمان"]


def test_a_whole_name_comes_before_what_begins_with_it_and_that_before_what_holds_it(tx: Tx) -> None:
    names = {"a": "باغ ملی", "b": "باغ", "c": "چهارباغ", "d": "باغشهر"}
    places.put(tx, [place("/c/", "ج"), *(place(f"/c/s{slug}/", name) for slug, name in names.items())])
    assert [found.name for found in places.search(tx, search_key("باغ"), under="/", limit=8)] == [
        "باغ",
        "باغ ملی",
        "باغشهر",
        "چهارباغ",
    ]


@pytest.mark.parametrize(
    ("link", "paths"),
    [
        ("kerman_alavian", ["/kerman/shahr/alavian/"]),
        ("alavian", ["/kerman/shahr/alavian/"]),
        ("kerman", ["/kerman/"]),
        ("kermanshah_taq", ["/kermanshah/shahr/taq/"]),
        ("kerman_taq", []),
        ("shahr", []),
        ("", []),
        ("_", []),
        ("_alavian", []),
        ("kerman_", ["/kerman/"]),
    ],
)
def test_a_link_names_county_and_neighbourhood(tx: Tx, link: str, paths: list[str]) -> None:
    town(tx)
    found = places.linked(tx, link, 8)
    assert [place.path for place in found] == paths
    if "_" in link.strip("_"):
        assert [place.link for place in found] == [link] * len(found)


def test_neighbourhoods_are_listed_under_any_path_in_pages(tx: Tx) -> None:
    town(tx)
    every = [found.path for found in places.neighborhoods(tx, "/", offset=0, limit=99)]
    assert places.count_neighborhoods(tx, "/") == len(every) > 1
    paged = [places.neighborhoods(tx, "/", offset=n, limit=1)[0].path for n in range(len(every))]
    assert paged == every
    under = [path for path in every if path.startswith("/kerman/")]
    assert [found.path for found in places.neighborhoods(tx, "/kerman/", offset=0, limit=99)] == under
    assert places.count_neighborhoods(tx, "/kerman/") == len(under) < len(every)


def test_a_second_import_changes_what_is_known_and_adds_nothing(tx: Tx) -> None:
    first = town(tx)["kerman/alavian"]
    changed = replace(
        place("/kerman/shahr/alavian/", "محلهٔ علویان"), house="مسجد", lat=30.25, lon=57.0, inhabitants=900
    )
    assert places.put(tx, [changed, place("/kerman/shahr/new/", "محلهٔ نو")]) == 1
    found = places.get(tx, first.id)
    assert (found.house, found.has_council) == ("مسجد", False)
    row = tx.one("SELECT lat, lon, inhabitants FROM places WHERE id = :id", id=first.id)
    assert row is not None
    assert (row["lat"], row["lon"], row["inhabitants"]) == (30.25, 57.0, 900)
    assert places.count(tx) == {"province": 1, "county": 2, "settlement": 2, "neighborhood": 4}


def test_a_resident_has_the_neighbourhood_joined_last(tx: Tx) -> None:
    found = town(tx)
    who = account(tx, 1).person
    assert places.of_person(tx, who) is None
    people.grant(tx, who, Role.RESIDENT, found["kerman/alavian"].id, NOW)
    people.grant(tx, who, Role.COORDINATOR, found["kermanshah/taq"].id, NOW)
    assert places.of_person(tx, who) == found["kerman/alavian"]
    people.revoke(tx, who, Role.RESIDENT, found["kerman/alavian"].id, NOW + 1)
    assert places.of_person(tx, who) is None


def test_a_place_that_is_not_there_cannot_be_read(tx: Tx) -> None:
    with pytest.raises(LookupError):
        places.get(tx, 4711)


def test_a_place_needs_a_parent_that_exists(tx: Tx, refused: Callable[..., None]) -> None:
    before = count_of(tx, "places")
    places.put(tx, [place("/a/b/", "ب")])
    assert count_of(tx, "places") == before
    refused(
        "INSERT INTO places (parent, kind, slug, path, name, sort_key, search_key) "
        "VALUES (999, 'county', 'x', '/x/', '', '', '')"
    )
