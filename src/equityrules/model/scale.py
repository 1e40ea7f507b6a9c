"""Grades, in order, and the words people use for them."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from equityrules.model.problems import nearest, quoted


@frozen
class Grade:
    """One step of a scale. `rank` 0 is the lowest; `points` is None where the scale gives none."""

    id: str
    label: str
    rank: int
    points: Fraction | None = None
    also: tuple[str, ...] = ()


@frozen
class Scale:
    """The grades of a framework from the lowest to the highest."""

    id: str
    grades: tuple[Grade, ...]

    @property
    def lowest(self) -> Grade:
        """The grade of rank 0."""
        return self.grades[0]

    @property
    def highest(self) -> Grade:
        """The top grade."""
        return self.grades[-1]

    def above(self, grade: Grade | None) -> Grade | None:
        """Return the next grade up: above none it is the first one that has to be earned; above the top, None."""
        rank = 1 if grade is None else grade.rank + 1
        return self.grades[rank] if rank < len(self.grades) else None

    def with_points(self, points: Fraction) -> Grade | None:
        """Return the grade worth exactly these points, if there is one."""
        return next((grade for grade in self.grades if grade.points == points), None)

    def read(self, word: str) -> Grade:
        """Return the grade somebody means, by id, label or alias, in any case.

        Raises ValueError naming the nearest grade.
        """
        wanted = _folded(word)
        for grade in self.grades:
            if wanted in {_folded(name) for name in (grade.id, grade.label, *grade.also)}:
                return grade
        labels = [grade.label for grade in self.grades]
        raise ValueError(f"unknown grade '{word}'{nearest(word, labels)}; the grades are {quoted(labels)}")


def _folded(word: str) -> str:
    return " ".join(word.replace("-", " ").casefold().split())
