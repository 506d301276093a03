"""Templates that would take all time or memory, and ordinary ones that notice nothing.

The bounds, written down before the first run: each is refused within 2 seconds, and
takes no more than 100 MB on the way.
"""

import time
import tracemalloc

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from llm_lessons.text.templates import FJORD, ChatTemplate
from tests.refused import refused

SECONDS, BYTES = 2, 100 * 10**6
HELLO = [{"role": "user", "content": "Hello"}]
TOO_MUCH = "computes more than writing down a conversation takes"


def again(line: str, x: str = "'abc'") -> str:
    """A text that grows, over and over."""
    loop = "{% for i in range(100) %}{% set ns.x = " + line + " %}{% endfor %}"
    return "{% set ns = namespace(x=" + x + ") %}" + loop + "{{ ns.x }}"


# Each macro calls the one before it twice.
MACROS = "{% macro m0() %}{% endmacro %}" + "".join(
    f"{{% macro m{i}() %}}{{{{ m{i - 1}() }}}}{{{{ m{i - 1}() }}}}{{% endmacro %}}"
    for i in range(1, 60)
)
# Lists in lists, each twice: a thousand million million when they are written out.
TREE = "{% set a = ['x'] %}" + "{% set a = [a, a] %}" * 50
# Pairs of pairs, which Python takes as a key, and then looks at whole.
PAIRS = (
    "{% set n = namespace(x=('a', 'b')) %}"
    "{% for i in range(40) %}{% set n.x = (n.x, n.x) %}{% endfor %}"
)
EACH, END = "{% for i in range(99999) %}", "{% endfor %}"
BLOCKS = "{% set x = 'abc' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60
LONGER = "{% filter replace('a', 'aaaaaaaaaa') %}"

HOSTILE: dict[str, tuple[str, str]] = {
    "two loops": (EACH * 2 + END * 2, TOO_MUCH),
    "macros": (MACROS + "{{ m59() }}", TOO_MUCH),
    "text times": ("{{ 'a' * 10000000000 }}", TOO_MUCH),
    "power": ("{{ 10**10**10 }}", "**"),
    "products": (again("ns.x * ns.x", "3"), "77 digits"),
    "joins": (again("ns.x ~ ns.x"), TOO_MUCH),
    "join method": (again("ns.x.join([ns.x, ns.x])"), TOO_MUCH),
    "lists": (again("ns.x + [i] + ns.x", "[]"), TOO_MUCH),
    "set blocks": (BLOCKS, TOO_MUCH),
    "filters": (LONGER * 9 + "a" * 999 + "{% endfilter %}" * 9, TOO_MUCH),
    "tree": (TREE + "{{ a }}", TOO_MUCH),
    "equal trees": (TREE.replace("a", "b") + TREE + "{{ a == b }}", ""),
    "as a key": (PAIRS + "{% set d = {n.x: 1} %}", TOO_MUCH),
    "in brackets": (PAIRS + "{{ messages[0][n.x] }}", TOO_MUCH),
    "map": ("{{ ['a' * 999] | map('replace', 'a', 'b' * 99999) | list }}", TOO_MUCH),
    "look in a range": (EACH + "{{ 'a' in range(99999) }}" + END, TOO_MUCH),
    "format": ("{{ '{:10000000000}'.format(1) }}", "'format'"),
    "% format": ("{{ '%10000000000d' % 1 }}", "uses %"),
    "by zero": ("{{ 1 / 0 }}", "ZeroDivisionError"),
    "brackets": ("{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}", "RecursionError"),
    "long": ("x" * 1_000_000, "source has 1,000,000 letters"),
    "include": ("{% include 'x' %}", "no loader"),
    "no source": (5, "fails"),  # type: ignore
}


def test_what_takes_too_much_is_refused_in_time_and_while_it_is_small():
    for name, (source, words) in HOSTILE.items():
        began = time.process_time()  # which others on the machine don't lengthen
        said = refused(lambda source=source: ChatTemplate(source).render(HELLO))
        assert time.process_time() - began < SECONDS, name
        assert said.startswith("This model's chat template") and words in said, name
    tracemalloc.start()
    for name in ("joins", "lists", "set blocks"):  # which grow
        refused(lambda name=name: ChatTemplate(HOSTILE[name][0]).render(HELLO))
    assert tracemalloc.get_traced_memory()[1] < BYTES
    tracemalloc.stop()
    template = ChatTemplate(EACH.replace("99999", "9999") + "{{ i }}" + END)
    assert len({template.render(HELLO) for _ in range(4)}) == 1  # limits begin anew


# In the ways of Llama 3, Mistral and Qwen.
REAL = {
    "fjord": FJORD.source,
    "llama3": (
        "{{- bos_token }}{%- if messages[0].role == 'system' %}{%- set system = "
        "messages[0]['content'] | trim %}{%- set messages = messages[1:] %}{%- else %}"
        "{%- set system = '' %}{%- endif %}{{- '<|system|>\\n' ~ system }}\n"
        "{%- for message in messages %}{%- if not (message.role == 'ipython' or "
        "'tool_calls' in message) %}{{- '<|' + message['role'] + '|>\\n\\n' + "
        "message['content'] | trim + '<|eot_id|>' }}{%- elif message.tool_calls %}"
        "{{- message.tool_calls | length }}{%- endif %}{%- endfor %}"
        "{%- if add_generation_prompt %}{{- '<|assistant|>\\n\\n' }}{%- endif %}"
    ),
    "mistral": (
        "{%- set turns = messages | selectattr('role', 'ne', 'system') | list %}"
        "{% for m in turns if m.content is string %}{% if (m['role'] == 'user') != "
        "(loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate.') }}"
        "{% endif %}{% if loop.last %}[INST] {{ m.content.strip() }} [/INST]"
        "{% else %}{{ m['content'] ~ eos_token }}{% endif %} {{ loop.length }}"
        "{{ loop.revindex }}{{ loop.previtem.role if loop.previtem }}{% endfor %}"
    ),
    "qwen": (
        "{%- macro put(role, text, last=false) -%}<|im_start|>{{ role }}\n"
        "{{ text }}{% if not last %}<|im_end|>{% endif %}\n{%- endmacro -%}"
        "{%- set ns = namespace(last=0, seen=[]) %}{%- for m in messages[::-1] %}"
        "{%- set index = (messages | length - 1) - loop.index0 %}{%- if m.role == "
        "'user' and not m.content.startswith('<tool>') %}{%- set ns.last = "
        "[ns.last, index] | max %}{%- set ns.seen = ns.seen + [index] %}{%- endif %}"
        "{%- endfor %}{%- for m in messages %}{%- set text = m.content.split("
        "'</think>')[-1].lstrip('\n') if '</think>' in m.content else m.content %}"
        "{{- put(m.role, text | replace('\r', ''), loop.last) }}{%- endfor %}"
        "{{ ns.last }}{{ ns.seen | map('string') | join(', ') }}"
        "{{ messages[0] | tojson }}{{ dict(a=1).items() | list }}"
        "{% set x %}{{ messages | map(attribute='role') | unique | join }}{% endset %}"
        "{{ x | upper }}{{ 'y' if x is defined and x else 'n' }}"
    ),
}
TOKENS = (("bos_token", "<s>"), ("eos_token", "</s>"))


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("turns", [1, 3, 201])
def test_real_templates_write_the_same_as_without_limits(name: str, turns: int):
    roles = ("user", "assistant")
    texts = ("Hi <b>there</b> & all\r\n", "<think>2</think>\n\nFour. ½ 🦊", " a\n b\t")
    messages = [
        {"role": roles[i % 2], "content": texts[i % 3] * (1 + i % 7)}
        for i in range(turns)
    ]
    free = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    free.globals["raise_exception"] = lambda reason: pytest.fail(reason)
    expected = free.from_string(REAL[name]).render(
        dict(TOKENS), messages=messages, add_generation_prompt=True
    )
    assert ChatTemplate(REAL[name], tokens=TOKENS).render(messages) == expected


def test_what_python_has_stays_out_of_reach():
    for source in (
        "{{ messages.__class__.__mro__ }}",
        "{{ ''.join.__self__.x }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update(a=1) }}",
        "{{ range.__globals__.x }}",
    ):
        assert "chat template" in refused(
            lambda s=source: ChatTemplate(s).render(HELLO)
        )
