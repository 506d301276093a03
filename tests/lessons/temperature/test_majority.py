"""The majority of the pages, and what the temperature makes of it."""

from llm_lessons import fjordby
from llm_lessons.lessons.temperature import majority


class Always:
    """Writes "boy" at 0, and mostly "girl" otherwise."""

    def batch(self, prompts, most, temperature):
        return [
            " girl. One" if temperature and n % 4 else " boy who"
            for n in range(len(prompts))
        ]


def test_the_commonest_is_counted_in_the_pages_and_in_what_is_drawn():
    told = majority.sentence(Always())  # type: ignore[arg-type]
    girls = fjordby.search(f"{majority.BEGINNING} girl").total
    assert girls > 300 and "“girl”" in told
    assert "75\u00a0% do." in told and "100 of 100 go on with “boy”." in told
