"""The majority of the pages, and what the temperature makes of it."""

from llm_lessons.fjordby import stories
from llm_lessons.lessons.temperature import majority


class Hero:
    """Goes on with "boy" at 0, and else with "girl" three times of four."""

    def batch(self, prompts, most, temperature):
        girls = [bool(temperature) and n % 4 > 0 for n in range(len(prompts))]
        return [" girl. One" if is_girl else " boy who" for is_girl in girls]


def test_the_commonest_is_counted_in_the_pages_and_in_what_is_drawn():
    told = majority.sentence(Hero())  # type: ignore[arg-type]
    begin = f"{majority.BEGINNING} "
    read = [one for one in stories.texts(0) if one.startswith(begin)]
    girls = sum(one.startswith(f"{begin}girl") for one in read)
    assert f"{len(read):,} stories" in told
    assert f"{100 * girls / len(read):.0f}\u00a0% go on with “girl”" in told
    assert "75\u00a0% do." in told and told.endswith("“boy”.")
