"""The looks at the control's models, put in order and held against each other.

Clearly better is what it is everywhere: the intervals lie apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llm_lessons.lessons.per_token_compute.shallow_and_deep import Look
from llm_lessons.measuring.intervals import better


@dataclass(frozen=True)
class Looks:
    """All looks at each model: by depth, by practice, by number of changes."""

    looks: tuple[Look, ...]

    @property
    def by_depth(self) -> dict[int, list[Look]]:
        """The last looks by the number of layers, each from few changes to many."""
        return {n: looks[-1] for n, looks in self.practised.items()}

    @property
    def practised(self) -> dict[int, list[list[Look]]]:
        """By the number of layers, what was seen after more and more practice."""
        depths = sorted({look.layers for look in self.looks})
        return {n: self._of(n) for n in depths}

    def _of(self, layers: int) -> list[list[Look]]:
        own = sorted(
            (look for look in self.looks if look.layers == layers),
            key=lambda look: (look.documents, look.changes),
        )
        return [
            [look for look in own if look.documents == count]
            for count in sorted({look.documents for look in own})
        ]

    @property
    def changes(self) -> list[int]:
        """The numbers of changes in the questions."""
        return sorted({look.changes for look in self.looks})

    def of_changes(self, changes: int) -> dict[int, list[Look]]:
        """The looks at each model with one number of changes, in their order."""
        return {
            layers: [one for look in looks for one in look if one.changes == changes]
            for layers, looks in self.practised.items()
        }

    def learned(self, changes: int) -> Look | None:
        """The look with the fewest texts at which clearly over half were right.

        Of several, that of the model with the fewest layers.
        """
        looks = (one for own in self.of_changes(changes).values() for one in own)
        enough = [one for one in looks if one.right.low > 0.5]
        order = sorted(enough, key=lambda one: (one.documents, one.layers))
        return order[0] if order else None

    @property
    def pairs(self) -> list[tuple[Look, Look]]:
        """For each number of changes, the shallowest model and the best deeper one."""
        return [
            (one, max(others, key=lambda look: look.right.share, default=one))
            for one, *others in zip(*self.by_depth.values(), strict=True)
        ]

    @property
    def no_gain_beyond(self) -> int:
        """The fewest layers that in the end no deeper model clearly beats anywhere."""
        ends = self.by_depth
        return next(layers for layers in ends if not self._beaten(layers, ends))

    @staticmethod
    def _beaten(layers: int, looks: Mapping[int, Sequence[Look]]) -> bool:
        """Whether a deeper model is clearly better at any number of changes."""
        return any(
            better(other.right, own.right)
            for deeper in looks
            if deeper > layers
            for own, other in zip(looks[layers], looks[deeper], strict=True)
        )

    @property
    def behind(self) -> list[int]:
        """Numbers of changes at which the deepest is clearly worse than that one."""
        ends = self.by_depth
        pairs = zip(ends[self.no_gain_beyond], ends[max(ends)], strict=True)
        return [one.changes for one, deep in pairs if better(one.right, deep.right)]
