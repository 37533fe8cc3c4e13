"""Breaks the lab in realistic ways, one at a time, and shows that the project's own tests notice each.

    python tests/mutations.py            every mutation, a few minutes
    python tests/mutations.py NAME ...   these

Each is made in a copy of the project, where the tests that should notice are run. Exit status 1 when one survives.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
COPIED = ("lstm_lab", "fixtures", "tests", "claims", "conftest.py", "pyproject.toml", "README.md", ".ci")


class Mutation(NamedTuple):
    """One text in one file, what it becomes, and the tests that should notice."""

    file: str
    before: str
    after: str
    tests: tuple[str, ...]


TRAINING = "lstm_lab/training"
JUDGING = "lstm_lab/judging"

MUTATIONS = {
    "targets off by one": Mutation(
        f"{TRAINING}/problems/alphabet.py",
        "targets = np.array([start + self.length for start in starts])",
        "targets = np.array([start + self.length - 1 for start in starts])",
        ("tests/training/problems/test_alphabet.py",),
    ),
    "a run may begin one letter later": Mutation(
        f"{TRAINING}/problems/runs.py",
        "random.integers(size - 2)",
        "random.integers(size - 1)",
        ("tests/training/problems/test_alphabet.py",),
    ),
    "gates of another year": Mutation(
        f"{TRAINING}/experiment/edition_layers.py",
        "0.2 * x + 0.5",
        "x / 6 + 0.5",
        ("tests/training/experiment/test_edition.py",),
    ),
    "an edition forgotten in the loop": Mutation(
        f"{TRAINING}/experiment/network.py",
        "{**edition.settings(self.kind), **settings}",
        "settings",
        ("tests/training/experiment/test_edition.py",),
    ),
    "a claim judged in another edition though it was changed": Mutation(
        f"{JUDGING}/verdicts/editions.py",
        "if recorded.digest != entry.digest or",
        "if not recorded.digest or",
        ("tests/judging/evidence/test_recorded_editions.py",),
    ),
    "a reset forgotten": Mutation(
        f"{TRAINING}/experiment/schedule.py",
        "resets[:, 0] = True",
        "resets[0, 0] = True",
        ("tests/training/experiment/test_schedule.py",),
    ),
    "state never reset in the loop": Mutation(
        f"{TRAINING}/compiled/program.py",
        "0.0, one) for one in states]",
        "one, one) for one in states]",
        ("tests/training/compiled/test_loop.py", "-k", "stateful or trained"),
    ),
    "state leaks between rows": Mutation(
        f"{TRAINING}/compiled/program.py",
        "return loss, [scope.get_current_value(one) for one in self.states]",
        "return loss, [jnp.roll(scope.get_current_value(one), 1, 0) for one in self.states]",
        ("tests/training/compiled/test_loop_networks.py", "-k", "stateful and 2 and rows"),
    ),
    "shuffle ignored": Mutation(
        f"{TRAINING}/experiment/schedule.py",
        'orders = rng(seed, "order").permuted(orders, axis=1)',
        "pass",
        ("tests/training/experiment/test_schedule.py",),
    ),
    "one order for all seeds": Mutation(
        f"{TRAINING}/experiment/schedule.py",
        'rng(seed, "order").permuted',
        'rng(0, "order").permuted',
        ("tests/training/experiment/test_schedule.py",),
    ),
    "gradients coupled between seeds": Mutation(
        f"{TRAINING}/compiled/program.py",
        "weights, moments = self.optimizer.stateless_apply(moments, gradients, weights)",
        "gradients = [one + one.mean(axis=0, keepdims=True) for one in gradients]\n"
        "            weights, moments = self.optimizer.stateless_apply(moments, gradients, weights)",
        ("tests/training/compiled/test_loop_members.py",),
    ),
    "a crossentropy of the probabilities, not of the logits": Mutation(
        f"{TRAINING}/compiled/logits.py",
        "if type(loss) not in FROM_LOGITS or loss.from_logits:",
        "if True:",
        ("tests/training/compiled/test_logits.py",),
    ),
    "every member of a block begins alike": Mutation(
        f"{TRAINING}/experiment/network.py",
        "keras.utils.set_random_seed(seed)",
        "keras.utils.set_random_seed(0)",
        ("tests/training/compiled/test_loop.py",),
    ),
    "a probe goes on where the last one stopped": Mutation(
        f"{TRAINING}/ensemble/ensemble.py",
        "return [np.zeros(shape, np.float32) for shape in shapes]",
        "return self.snapshot.states",
        ("tests/training/ensemble/test_ensemble.py", "-k", "stateful"),
    ),
    "a stored file is believed without its checksum": Mutation(
        f"{TRAINING}/store/npz.py",
        "if checksum != _checksum(arrays):",
        "if False:",
        ("tests/training/store/test_store_damage.py",),
    ),
    "a trial in which both ways always agree": Mutation(
        f"{TRAINING}/plain_keras/trial_updates.py",
        "return name",
        "continue",
        ("tests/training/plain_keras/test_public_models.py", "-k", "of_the_backend"),
    ),
    "a coupling optimizer is admitted": Mutation(
        f"{TRAINING}/experiment/network.py",
        "if self.kind not in ELEMENT_WISE:",
        "if False:",
        ("tests/training/experiment/test_network.py",),
    ),
    "ties counted as wins": Mutation(
        f"{JUDGING}/criteria/comparison.py",
        "return self.by + TIE",
        "return self.by - TIE",
        ("tests/judging/criteria/test_criterion.py",),
    ),
    "no difference where a direction is merely not shown": Mutation(
        f"{JUDGING}/criteria/comparison.py",
        "if pass_rate(untied, n).high < 0.5 else",
        "if pass_rate(untied, n).low < 0.5 else",
        ("tests/judging/criteria/test_criteria.py", "-k", "comparison"),
    ),
    "equivalence blind to the mean": Mutation(
        f"{JUDGING}/criteria/equivalence.py",
        "if of_mean is not Verdict.SUPPORTED:",
        "if False:",
        ("tests/judging/criteria/test_characteristics.py",),
    ),
    "a margin that differences take": Mutation(
        f"{JUDGING}/criteria/criterion.py",
        "if on_margin is not None:",
        "if False:",
        ("tests/judging/criteria/test_criterion.py",),
    ),
    "an interval one-sided": Mutation(
        f"{JUDGING}/criteria/intervals.py",
        "LEVEL = 0.95",
        "LEVEL = 0.90",
        ("tests/judging/criteria/test_criteria.py",),
    ),
    "an interval that collapses at the ends": Mutation(
        f"{JUDGING}/criteria/intervals.py",
        'interval = binomtest(passes, n).proportion_ci(LEVEL, "exact")\n    return Interval(float(interval.low)',
        'interval = binomtest(passes, n).proportion_ci(LEVEL, "exact")\n'
        "    if passes in (0, n):\n        return Interval(passes / n, passes / n)\n"
        "    return Interval(float(interval.low)",
        ("tests/judging/criteria/test_criteria.py",),
    ),
    "a worker of a cluster believed": Mutation(
        f"{TRAINING}/execution/cluster/asking.py",
        "            self._trainer.store.check(snapshot, job.experiment)",
        "            pass",
        ("tests/training/execution/cluster/test_asking_a_cluster.py",),
    ),
    "the job of a lost worker forgotten": Mutation(
        f"{TRAINING}/execution/cluster/asking.py",
        "        if task.losses < MOST_LOSSES:",
        "        if task.losses < 0:",
        ("tests/training/execution/cluster/test_asking_a_cluster.py",),
    ),
    "a seed dropped": Mutation(
        f"{JUDGING}/evidence/ledger.py",
        "        if None in failed:\n            return ()\n",
        "        if failed is not None:\n            return ()\n",
        ("tests/judging/evidence/test_ledger.py", "tests/judging/verdicts/test_findings.py"),
    ),
    "a failed test taken for no failure": Mutation(
        f"{JUDGING}/session/controller.py",
        "elif report.failed:\n            self.unsettled.pop(report.nodeid, None)",
        "elif False:\n            self.unsettled.pop(report.nodeid, None)",
        ("tests/judging/session/test_plugin_observe.py", "tests/judging/session/test_plugin_verdicts.py"),
    ),
}


def copied(folder: Path) -> None:
    """A copy of what the tests need."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def noticed(mutation: Mutation) -> bool:
    """Whether the tests fail in a copy of the project with this mutation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        path = folder / mutation.file
        path.write_text(path.read_text().replace(mutation.before, mutation.after))
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *mutation.tests]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"pytest {' '.join(mutation.tests)} could not run:\n{done.stdout[-3000:]}")
        return done.returncode == 1


def main(names: list[str]) -> int:
    """Try the mutations of these names, or all; how many survive decides the exit status."""
    unknown = sorted(set(names) - set(MUTATIONS))
    if unknown:
        raise SystemExit(f"mutation: got {unknown[0]!r}, wanted one of {', '.join(map(repr, MUTATIONS))}")
    survivors = []
    for name in names or MUTATIONS:
        caught = noticed(MUTATIONS[name])
        print(f"{'noticed ' if caught else 'SURVIVED'}  {name}", flush=True)
        if not caught:
            survivors.append(name)
    print(f"{len(names or MUTATIONS) - len(survivors)} noticed, {len(survivors)} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
