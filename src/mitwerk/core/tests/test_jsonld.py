"""Facts for machines: absolute, nested, without empty properties."""

from django.test import override_settings

from mitwerk.core.jsonld import absolute, breadcrumbs, item_list, organization, thing


class Record:
    def address(self, cluster_slug: str | None = None) -> str:
        return f"/de/{cluster_slug}/x/" if cluster_slug else "/de/x/"

    def __str__(self) -> str:
        return "Äpfel"


@override_settings(BASE_URL="https://mitwerk.test")
def test_addresses_are_absolute_and_foreign_ones_stay() -> None:
    assert absolute("/de/x/") == "https://mitwerk.test/de/x/"
    assert absolute("https://elsewhere.test/a") == "https://elsewhere.test/a"


@override_settings(BASE_URL="https://mitwerk.test")
def test_only_the_outermost_thing_names_the_context() -> None:
    event = thing("Event", name="Kongress", organizer=[organization("Werk", "/de/w/")], location="", offers=0)
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Kongress",
        "organizer": [{"@type": "Organization", "name": "Werk", "url": "https://mitwerk.test/de/w/"}],
        "offers": 0,
    }


@override_settings(BASE_URL="https://mitwerk.test")
def test_breadcrumbs_count_from_one() -> None:
    assert breadcrumbs([("Region", "/de/"), ("Termine", "/de/termine/")])["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Region", "item": "https://mitwerk.test/de/"},
        {"@type": "ListItem", "position": 2, "name": "Termine", "item": "https://mitwerk.test/de/termine/"},
    ]


@override_settings(BASE_URL="https://mitwerk.test")
def test_a_list_keeps_inside_its_cluster() -> None:
    shown = item_list([Record()], "Termine", "it")
    assert shown["numberOfItems"] == 1
    assert shown["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Äpfel", "url": "https://mitwerk.test/de/it/x/"}
    ]
    assert item_list([Record()], "Termine")["itemListElement"][0]["url"] == "https://mitwerk.test/de/x/"
