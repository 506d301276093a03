"""What holds for every test: shapes and types checked, on a CPU, the same each run."""

import os

import hypothesis
from jaxtyping import install_import_hook

# Read when JAX is first imported, which neither import above does: the tolerances and
# golden texts are those of a CPU.
os.environ["JAX_PLATFORMS"] = "cpu"

# From here on, importing llm_lessons adds run-time checks of every annotation.
install_import_hook("llm_lessons", "beartype.beartype")

# No deadline, for the first example pays for compilation.
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")
