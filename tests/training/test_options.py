"""Nonsense on the command line is answered in one sentence, at once."""

import os
import subprocess
from itertools import product
from pathlib import Path

import pytest
import yaml

from llm_lessons.training import Recipe, hosts
from llm_lessons.training import __main__ as command
from llm_lessons.training.options import parse
from llm_lessons_starter.trouble import Trouble
from tests import tiny
from tests.each import failing

TOGETHER = ["--distributed", "--coordinator", "node1:5000", "--hosts", "3"]
NONSENSE = [
    (["--seed", "²"], "'²' is no whole number"),
    (["--seed", "4294967296"], "from 0 to 2147483647"),
    (["--devices", "1000"], "--devices 1000 is too many: .* 12 devices at most"),
    (["--save-every", "nan"], "'nan' is no number of seconds"),
    (["--sede", "1"], "unrecognized arguments: --sede 1"),
    (["--hosts", "3"], "--coordinator, --hosts and --host go with --distributed"),
    ([*TOGETHER, "--hosts", "0", "--host", "0"], "'0' is no whole number from 1"),
]


def test_train_refuses_nonsense_in_a_sentence(capsys, tmp_path: Path):
    places = ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")]

    def check(case: tuple[list[str], str]) -> None:
        words, sentence = case
        one_sentence(command.main([*words, *places]), sentence, capsys)
        assert not list(tmp_path.iterdir())

    assert failing(NONSENSE, check) == []


def one_sentence(code: int, sentence: str, capsys) -> None:
    said = capsys.readouterr()
    assert code == 1 and said.err.count("\n") == 1 and said.err.rstrip()[-1] == "."
    with pytest.raises(Trouble, match=sentence):
        raise Trouble(said.err)


@pytest.fixture
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process keeps the devices that it has."""
    monkeypatch.setattr(hosts, "use", lambda devices: None)


def test_train_refuses_a_file_for_a_folder(tmp_path: Path, capsys, no_devices):
    file = tmp_path / "file"
    file.write_text("mine")
    places = {"--out": tmp_path / "out", "--work": tmp_path / "work"}
    for option, path in product(places, (file, file / "deeper")):
        both = places | {option: path}
        words = [word for name, at in both.items() for word in (name, str(at))]
        code = command.main(["--trial", *words])
        one_sentence(code, "can't be made, as a file is in the way", capsys)
    assert file.read_text() == "mine"


def test_the_jobset_starts_what_there_is():
    """As far as can be told where no Kubernetes is."""
    jobset = yaml.safe_load((tiny.ROOT / "classroom/train-jobset.yaml").read_text())
    (job,) = jobset["spec"]["replicatedJobs"]
    pods = job["template"]["spec"]
    (container,) = pods["template"]["spec"]["containers"]
    (hosts_named,) = container["env"]
    assert pods["completionMode"] == "Indexed"
    assert pods["parallelism"] == pods["completions"] == int(hosts_named["value"])
    words = container["command"][-1].replace('"$HOSTS"', hosts_named["value"])
    words = words.replace('"$JOB_COMPLETION_INDEX"', "1").split()
    assert words[:4] == ["exec", "python3", "start.py", "train"]
    settings = parse(words[4:], None)
    first = f"{jobset['metadata']['name']}-{job['name']}-0-0"
    assert settings.coordinator == f"{first}.{jobset['metadata']['name']}:5000"
    assert (settings.hosts, settings.host) == (2, 1)
    assert settings.devices * settings.hosts <= Recipe().rows


def test_the_slurm_job_starts_what_there_is(tmp_path: Path):
    """With a srun that only says what it was told."""
    said = tmp_path / "said"
    for name, line in (("srun", f'echo "$@" > {said}'), ("python3", "exit 0")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    job = ["bash", tiny.ROOT / "classroom/train.sbatch"]
    for nodes, cpus, devices in ((2, 4, 4), (3, 8, 4), (5, 8, 2), (12, 1, 1)):
        env = {"SLURM_NNODES": str(nodes), "SLURM_CPUS_PER_TASK": str(cpus)}
        env["PATH"] = f"{tmp_path}:{os.environ['PATH']}"
        subprocess.run(job, env=env, check=True)
        words = said.read_text().split()
        settings = parse(words[words.index("train") + 1 :], None)
        assert settings.distributed and settings.devices == devices
