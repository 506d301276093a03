"""Nonsense on the command line is answered in one sentence, at once."""

import os
import subprocess
from itertools import product
from pathlib import Path

import pytest
import yaml

from llm_lessons.lessons.per_token_compute import shallow_and_deep
from llm_lessons.training import Recipe, data, hosts
from llm_lessons.training import __main__ as command
from llm_lessons.training.options import parse
from llm_lessons.training.places import Place, find_place
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble
from tests import tiny
from tests.each import failing

TOGETHER = ["--distributed", "--coordinator", "node1:5000", "--hosts", "3"]
NONSENSE = [
    (["--seed", "x"], "argument --seed: 'x' is no whole number"),
    (["--seed", "²"], "'²' is no whole number"),
    (["--seed", "4294967296"], "from 0 to 2147483647"),
    (["--seed"], "argument --seed: expected one argument"),
    (["--devices", "0"], "'0' is no whole number from 1"),
    (["--devices", "1000"], "--devices 1000 is too many: .* 12 devices at most"),
    (["--save-every", "nan"], "'nan' is no number of seconds"),
    (["--lost-after", "soon"], "'soon' is no number of seconds"),
    (["--sede", "1"], "unrecognized arguments: --sede 1"),
    (["somewhere"], "unrecognized arguments: somewhere"),
    (["--hosts", "3"], "--coordinator, --hosts and --host go with --distributed"),
    (["--distributed"], "Which host this is isn't known"),
    (TOGETHER, "Which host this is isn't known"),
    ([*TOGETHER, "--host", "x"], "'x' is no whole number"),
    ([*TOGETHER, "--host", "5"], "--host 5 is none of 3 hosts: .* from 0 to 2"),
    ([*TOGETHER, "--host", "-1"], "--host"),
    ([*TOGETHER, "--hosts", "0", "--host", "0"], "'0' is no whole number from 1"),
    (
        [*TOGETHER, "--hosts", "13", "--host", "0"],
        "--hosts 13 is too many: .* 12 hosts",
    ),
    *(
        ([*TOGETHER, "--host", "0", "--coordinator", address], "is no address of the")
        for address in (
            "nonsense",
            "",
            "node1",
            "node1:65536",
            "node1:²",
            "http://node1:5000",
            "a node:5000",
        )
    ),
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


def test_control_refuses_nonsense_in_a_sentence(
    capsys, tmp_path: Path, monkeypatch, no_devices
):
    (tmp_path / "FOLDER").mkdir()
    (tmp_path / "FILE").write_text("mine")
    monkeypatch.chdir(tmp_path)
    for words, sentence in (
        (["--devices", "0"], "'0' is no whole number"),
        (["--devices", "99"], "--devices 99 is too many"),
        (["--depth", "3"], "unrecognized arguments"),
        (["--log", "FOLDER"], "is a folder: name a file with --log"),
        (["--log", "FILE/log.csv"], "as a file is in the way"),
    ):
        code = carry_out(lambda words=words: shallow_and_deep.run(words))
        one_sentence(code, sentence, capsys)


def test_the_defaults_are_those_of_one_host():
    settings = parse([], None)
    assert (settings.seed, settings.devices, settings.save_every) == (1, 2, 60)
    assert settings.out.name == "fjord" and not settings.distributed
    assert parse(["--trial"], None).out.name == "trial"


def test_a_damaged_vocabulary_is_made_anew(tmp_path: Path, capsys):
    tokens, _ = data.prepare(tiny.TEXTS, tiny.TEXTS, 350, 40, tmp_path)
    (cached,) = tmp_path.iterdir()
    whole = cached.read_bytes()
    for spoiled in (b"", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        cached.write_bytes(spoiled)
        again, _ = data.prepare(tiny.TEXTS, tiny.TEXTS, 350, 40, tmp_path)
        assert (again == tokens).all()
        assert "is damaged, and made anew" in capsys.readouterr().out


# ---- Which host this is ----------------------------------------------------------


def test_the_command_line_says_which_host_this_is(monkeypatch):
    monkeypatch.setenv("SLURM_NTASKS", "8")  # what is given comes first
    assert find_place("n1:5000", 3, 2, 1) == Place("n1", 5000, 3, 2)
    assert find_place("[::1]:5000", 1, 0, 1).name == "[::1]"


def test_slurm_says_which_host_this_is(monkeypatch):
    for name, value in {
        "SLURM_JOB_ID": "123456",
        "SLURM_NTASKS": "4",
        "SLURM_PROCID": "3",
        "SLURM_LOCALID": "0",
    }.items():
        monkeypatch.setenv(name, value)
    for nodes, first in (
        ("node7", "node7"),
        ("a1,b2", "a1"),
        ("n[001-004]", "n001"),
        ("n[3,7-9],b", "n3"),
    ):
        monkeypatch.setenv("SLURM_STEP_NODELIST", nodes)
        place = find_place(None, None, None, 1)
        assert place == Place(first, 123456 % 4096 + 61440, 4, 3)
    assert find_place("head:5000", None, None, 1) == Place("head", 5000, 4, 3)


def test_open_mpi_says_which_host_this_is(monkeypatch):
    monkeypatch.setenv("OMPI_COMM_WORLD_SIZE", "5")
    monkeypatch.setenv("OMPI_COMM_WORLD_RANK", "4")
    monkeypatch.setenv("OMPI_COMM_WORLD_LOCAL_RANK", "0")
    assert find_place("n1:5000", None, None, 1) == Place("n1", 5000, 5, 4)
    with pytest.raises(Trouble, match="--coordinator HOST:PORT"):  # Open MPI 5
        find_place(None, None, None, 1)
    uri = "1531576320.0;tcp://10.96.0.1,10.148.0.1:34911"
    monkeypatch.setenv("OMPI_MCA_orte_hnp_uri", uri)
    monkeypatch.setenv("OMPI_VERSION", "4.1.6")
    place = find_place(None, None, None, 1)
    assert (place.name, place.hosts, place.host) == ("10.96.0.1", 5, 4)


def test_a_scheduler_that_says_nonsense_is_told_of(monkeypatch):
    monkeypatch.setenv("OMPI_COMM_WORLD_SIZE", "five")
    monkeypatch.setenv("OMPI_COMM_WORLD_RANK", "4")
    with pytest.raises(Trouble, match="The scheduler didn't tell which host this is"):
        find_place("n1:5000", None, None, 1)


# ---- What goes to a scheduler ----------------------------------------------------


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
    place = find_place(settings.coordinator, settings.hosts, settings.host, 1)
    first = f"{jobset['metadata']['name']}-{job['name']}-0-0"
    assert place == Place(f"{first}.{jobset['metadata']['name']}", 5000, 2, 1)
    assert settings.devices * place.hosts <= Recipe().rows


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
