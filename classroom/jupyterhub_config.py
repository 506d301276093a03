"""JupyterHub for a class, on one machine with systemd: Debian, Ubuntu and their kin.

Start it as README.md beside it says, in a folder of its own, where it keeps its state
and finds `learners.txt` and, if there are any, `leaders.txt`: one name a line. To
change something, write a file of your own that begins with
`load_subconfig("/opt/llm-lessons/classroom/jupyterhub_config.py")`, and set there what
you want otherwise. The tests do so, too.
"""

import pwd
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from classroom.places import HUB, PROXY, PROXY_PROGRAM, ROOT, node_folder
from llm_lessons_starter import atomic
from llm_lessons_starter.installer import program

c = get_config()  # type: ignore[name-defined]

# ---- Who comes in ----------------------------------------------------------------

NAMES = r"[a-z][a-z0-9-]{0,19}"  # what can be an account


def names_in(name, needed=True):
    """The names in a file of the hub's folder, one a line."""
    path = Path(name).resolve()
    if not path.is_file():
        sys.exit(
            f"There is no {path}: write the learners' names there, one a line, and "
            "start the hub again."
        )
    lines = path.read_text("utf-8-sig", "replace").splitlines()
    names = {line.strip().lower() for line in lines if line.strip()}
    wrong = sorted(name for name in names if not re.fullmatch(NAMES, name))
    if wrong or (needed and not names):
        what = (
            f"{wrong[0]!r} in {path} can't be"
            if wrong
            else f"{path} names nobody who could be"
        )
        sys.exit(
            f"{what} an account: write one name a line, each of at most 20 small "
            "letters a to z, digits and hyphens, and start the hub again."
        )
    return names


# Whoever is on the list chooses a password at the first login, as in The Littlest
# JupyterHub: nothing has to be handed out, and nobody can take the place of somebody
# who was there before. For a school's own accounts, set an authenticator from
# https://jupyterhub.readthedocs.io (OAuth, LDAP, LTI) in its place.
c.JupyterHub.authenticator_class = "firstuse"
c.FirstUseAuthenticator.create_users = False
c.FirstUseAuthenticator.min_password_length = 10
c.Authenticator.username_pattern = NAMES + r"\Z"
# Those see all servers under File > Hub Control Panel > Admin, and can stop them.
leaders = names_in("leaders.txt", False) if Path("leaders.txt").is_file() else set()
listed = names_in("learners.txt") | leaders
c.Authenticator.allowed_users = listed
# The hub remembers whom it let in. Whoever was on a list and is no more stays out, and
# whoever a leader added in the admin panel, and so was on none, stays in.
record = Path("once-listed.txt")
once = {*record.read_text("utf-8").split()} if record.is_file() else set()
c.Authenticator.blocked_users = once - listed
atomic.write_text(record, "\n".join(sorted(once | listed)) + "\n")

# ---- Where it listens ------------------------------------------------------------

# On this machine alone. Put a web server with a certificate before it (README.md); or
# in a room that you trust, "http://:8000".
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = [
    program(node_folder(), "node"),
    f"{PROXY}/{PROXY_PROGRAM}",
]

# ---- A server for each learner ---------------------------------------------------

# It runs in a control group of its own, as an account of its own that is made when it
# is first needed: `learner-NAME`, whose home folder nobody else can read.
ACCOUNT = "learner-{USERNAME}"


def make_account(spawner):
    """Make the learner's account on this machine, unless it is there."""
    name = ACCOUNT.format(USERNAME=spawner.user.name)
    try:
        pwd.getpwnam(name)
    except KeyError:
        private = ["--create-home", "--key", "HOME_MODE=0700"]
        subprocess.check_call(["useradd", *private, "--shell", "/bin/bash", name])


c.JupyterHub.spawner_class = "systemd"
c.Spawner.pre_spawn_hook = make_account
c.SystemdSpawner.username_template = ACCOUNT
c.SystemdSpawner.unit_name_template = "llm-lessons-learner-{USERNAME}"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.Spawner.cmd = [program(HUB, "python"), str(ROOT / "classroom" / "server.py")]
c.Spawner.start_timeout = 180  # seconds: thirty start at once when the class begins
c.Spawner.http_timeout = 120

# With 2 GB two lessons with the real model are open at once. With 1 GB the real model
# stays out, and a sentence says so. README.md says how much memory a class needs.
c.Spawner.mem_limit = "2G"
c.Spawner.cpu_limit = 2.0

# ---- What ends by itself ---------------------------------------------------------

# A server that nobody has used for two hours ends, and gives all its memory back. The
# next login starts it anew, with everything that was saved.
c.JupyterHub.load_roles = [
    {"name": "admin", "users": sorted(leaders)},  # exactly those, after each start
    {
        "name": "idle-culler",
        "scopes": [
            "list:users",
            "read:users:activity",
            "read:servers",
            "delete:servers",
        ],
        "services": ["idle-culler"],
    },
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=7200"],
    }
]
