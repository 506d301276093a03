"""What folded cells show: texts as they are, and counts that agree with others'."""

from llm_lessons import load
from llm_lessons.lessons.forward_pass import sizes
from llm_lessons.lessons.per_token_compute import budget, by_hand, lengths
from llm_lessons.lessons.quoted import quoted
from llm_lessons.model.parameters import count_parameters


def test_nothing_in_a_text_is_markup():
    assert quoted("a <b> & *c*") == "<pre>a &lt;b&gt; &amp; *c*</pre>"
    assert quoted("Fjord:", " <s>") == "<pre>Fjord:<strong> &lt;s&gt;</strong></pre>"


def test_what_is_counted_by_hand_is_what_is_counted_by_shape():
    lm = load("fjord")
    *_, last = by_hand.table(lm.params).splitlines()
    assert f"**{budget.operations_by_shape(lm.config).matrices:,}**" in last
    models = sizes.three(lm)
    told = lengths.sentences(models)
    for name in ("SmolLM2-135M", "Llama 3 405B"):
        longest = models[name].max_seq_len
        spent = budget.operations_by_shape(models[name], longest)
        assert f"\n{spent.attention / spent.matrices:.1f} times" in told
    knobs = round(count_parameters(models["Llama 3 405B"]) / 1e9)
    assert f"each of its {knobs} billion knobs" in told
