"""Who is asked about: people whom no text of Fjordby names, in wordings of no chat."""

from llm_lessons.fjordby import KINDS, assistant, words
from llm_lessons.lessons.build_it import base_and_assistant as forms


def test_strangers_are_nobody_in_fjordby_and_new_wordings_in_no_chat():
    found = forms.strangers(200)
    names = [one.name for one in found]
    assert len(set(names)) == 200 and found == forms.strangers(200)
    assert found != forms.strangers(200, seed=1)
    surnames = {words.surname(*parts) for parts in words.SURNAME_PARTS}
    built = [last for name in names if (last := name.split()[-1]) in surnames]
    assert all(map(words.is_held_out_surname, built))
    assert 130 < len(built) < 170
    assert {one.kind for one in found} == set(KINDS)
    asked = {question for kind in KINDS for question in assistant.questions(kind)}
    assert not asked & set(forms.NEW_WORDINGS.values())
