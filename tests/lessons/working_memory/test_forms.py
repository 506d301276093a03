"""Notes in many forms, measured on clerks whose habits are known."""

import pytest

from llm_lessons.fjordby import notes
from llm_lessons.lessons.working_memory import forms
from llm_lessons.lessons.working_memory.open_book import Conflict
from llm_lessons.lessons.working_memory.weights_or_context import WELL_KNOWN, facts_read
from llm_lessons.measuring.intervals import Share, share
from tests.lessons.working_memory.readers import clerk, memory_of
from tests.titled import title_of

FEW = 12  # questions a form
BARE = {"no label", "letter", "new, no label", "biography"}


@pytest.fixture(scope="module")
def memory() -> dict[str, str]:
    return memory_of([fact for count in WELL_KNOWN for fact in facts_read(count)])


@pytest.fixture(scope="module")
def both(memory) -> forms.Forms:
    """One reads whatever stands there, the other only behind "Note:"."""
    blinkered = clerk(name="fjord-twin", memory=memory, reads="Note: .*")
    return forms.measure([clerk(memory=memory), blinkered], FEW)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_who_reads_everything_is_right_in_every_form(both):
    habit = both.habits[0]
    assert set(habit.answered) == set(forms.FORMS)
    for found in habit.answered.values():
        assert {v: (one.share, one.n) for v, one in found.items()} == {
            "known": (1, FEW),
            "new": (1, FEW),
        }
    assert (habit.silent.share, habit.too_silent.share) == (1, 0)
    assert set(habit.conflicts) == set(notes.FORMS)
    assert {c.note.share for c in habit.conflicts.values()} == {1}


def test_who_reads_only_behind_a_label_is_lost_without(both):
    habit = both.habits[1]
    for form, found in habit.answered.items():
        assert {one.share for one in found.values()} == {form not in BARE}, form
    for form, found in habit.conflicts.items():
        assert found.note.share == 1 - found.weights.share == (form not in BARE), form
    assert set(both.lost()) == BARE & set(notes.FORMS)


def test_who_minds_no_names_never_says_that_it_doesnt_say():
    (habit,) = forms.measure([clerk(minds_names=False)], FEW).habits
    assert habit.silent.share < 0.5 < habit.answered["no label"]["new"].share + 0.5


def test_what_is_said_agrees_with_what_was_counted(both):
    assert plain(both.sentence()) == (
        "A word that Fjord never read is copied from the note in 100 % (its twin: 0 to "
        "100 %) in forms that it practised, 100 % (its twin: 0 to 100 %) in new words "
        "and 100 % (its twin: 0 %) as a biography."
    )
    clash = plain(both.clash())
    assert clash.startswith(
        "Where the note contradicts what Fjord knows well, the note wins in 100 % (its "
        "twin: 0 to 100 %) in forms that it practised, "
    )
    assert clash.endswith(" The weights win in 100 % at most.")
    sound = forms.Forms(both.habits[:1])
    assert sound.lost() == [] and sound.clash().endswith(" The weights never win.")


def test_each_form_stands_in_the_figure_and_in_its_words(both):
    figure = both.figure()
    left, right = figure.axes
    rows = [label.get_text() for label in left.get_yticklabels()]
    assert rows[:-1] == list(forms.FORMS.values())
    counts = [len(c.lines[0].get_xdata()) for c in left.containers]
    assert counts == [len(rows)] * 2
    assert [len(c.lines[0].get_xdata()) for c in right.containers] == [
        len(notes.FORMS)
    ] * 4
    heights = [
        y for axes in (left,) for c in axes.containers for y in c.lines[0].get_ydata()
    ]
    assert len({round(y, 3) for y in heights}) == len(heights)  # no mark on another
    alt = plain(both.alt())
    assert all(f"{name}: Fjord 100 % (known" in alt for name in forms.FORMS.values())


def test_one_model_alone_can_be_drawn(both):
    assert len(forms.Forms(both.habits[:1]).figure().axes[0].containers) == 1


def test_a_guess_stands_in_the_row_of_new_words(both):
    left, _ = both.figure(said=30).axes
    [at] = [one.xy for one in left.texts if one.get_text() == "you said"]
    rows = [label.get_text() for label in left.get_yticklabels()]
    assert at == (0.3, -rows.index("“Note: …” in new words"))
    assert "You said 30 % in new words." in plain(both.alt(said=30))


def test_a_letter_holds_the_notes_without_a_label():
    bare = forms.pages(3, "no label", "new")
    for page, letter in zip(bare, forms.pages(3, "letter", "new"), strict=True):
        told, asked = page.prompt.split("\nQuestion: ")
        start, paragraph, end, *rest = letter.prompt.split("\n")
        assert (start[:5], end[:6]) == ("Dear ", "Yours,") and "Note:" not in paragraph
        assert paragraph.split() == told.split() and page.asked == letter.asked
        assert "\n".join(rest) == f"Question: {asked}"


def test_among_others_stand_three_more():
    for page in forms.pages(5, "among others", "known"):
        assert page.prompt.count("Note: ") == 4


def test_the_title_says_whether_the_form_decides():
    def title(new_words: float, wins: float, practised: float = 1) -> str:
        def one(part: float) -> Share:
            return share(i < round(60 * part) for i in range(60))

        new = forms.GROUPS["in new words"]
        values: tuple[notes.Values, ...] = ("known", "new")
        answered: dict[forms.Form, dict[notes.Values, Share]] = {
            form: dict.fromkeys(values, one(new_words if form in new else practised))
            for form in forms.FORMS
        }
        clash = Conflict(one(wins), one(1 - wins), one(0))
        habit = forms.Habit("Fjord", answered, one(1), one(0), {"note": clash})
        return title_of(forms.Forms((habit,)))

    assert title(0.5, 1) == "In new words, notes are used less, in 50 %"
    assert title(0.95, 1) == "No clear loss where notes come in new words"
    assert title(1, 1, practised=0.5) == "No clear loss where notes come in new words"
    assert title(0.5, 0.4) == "In some forms, the note wins in less than half"
