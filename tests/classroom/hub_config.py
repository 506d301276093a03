"""The hub of `classroom/`, as the tests run it: in a place of its own, without systemd.

What differs from a real one is here and nothing else: ports, a token for the tests,
when the culler begins, and how a learner's server is started. `LLM_LESSONS_HUB` tells
of the place, as JSON.
"""

import json
import os

from jupyterhub.spawner import (  # pyright: ignore[reportMissingImports]
    SimpleLocalProcessSpawner,
)

place = json.loads(os.environ["LLM_LESSONS_HUB"])
c = get_config()  # type: ignore[name-defined]
load_subconfig(place["config"])  # type: ignore[name-defined]


COMMAND = list(c.Spawner.cmd)


class Spawner(SimpleLocalProcessSpawner):
    """Each server as a user of its own, in a control group if one could be made."""

    home_dir_template = place["homes"] + "/{username}"

    async def start(self):
        learner = place["learners"][self.user.name]
        join = "".join(f"echo $$ > {folder}/cgroup.procs; " for folder in learner["in"])
        own = [f"--reuid={learner['uid']}", f"--regid={learner['uid']}"]
        enter = ["sh", "-c", f'{join}exec "$@"', "sh"]
        self.cmd = [*enter, "setpriv", *own, "--clear-groups", *COMMAND]
        return await super().start()


c.JupyterHub.spawner_class = Spawner
c.Spawner.pre_spawn_hook = None
port, hub_port, proxy_port = place["ports"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_port = hub_port
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_port}"
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
# It begins when a test says so, for those that run lessons would be stopped as well:
# the hub learns every few minutes only who is at work.
culler = c.JupyterHub.services[0]["command"]
impatient = f"{' '.join(culler[:-1])} --timeout=1 --cull-every=1"
wait = f"until [ -e {place['cull']} ]; do sleep 0.3; done; exec {impatient}"
c.JupyterHub.services[0]["command"] = ["sh", "-c", wait]
c.JupyterHub.services.append({"name": "test", "api_token": place["token"]})
c.JupyterHub.load_roles.append(
    {
        "name": "test",
        "scopes": ["admin:users", "admin:servers", "tokens", "access:servers"],
        "services": ["test"],
    }
)
