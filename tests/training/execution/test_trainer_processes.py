"""Two processes that want the same ensemble: one trains it, both have it, and its bits are those of any process."""

import hashlib
import json
import subprocess
import sys

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier

EXPERIMENT = 'Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=300))'
TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=300))
BLOCK = tuple(range(10))

# Each waits for the other to be ready, so that both want the ensemble at the same moment.
SCRIPT = f"""
import hashlib, json, sys, time
from pathlib import Path
import lstm_lab.training.ensemble.ensemble
from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer

folder, me = Path(sys.argv[1]), sys.argv[2]
(folder / me).touch()
while len(list(folder.glob("worker*"))) < 2:
    time.sleep(0.01)
trainer = Trainer(open_store(folder / "ensembles"), Reporter(None))
snapshot = trainer.ensemble({EXPERIMENT}, tuple(range(10))).snapshot
bits = b"".join(array.tobytes() for array in [*snapshot.weights, *snapshot.moments, snapshot.losses])
print(json.dumps([len(trainer.trained), len(trainer.loaded), hashlib.sha256(bits).hexdigest()]))
"""


def test_two_processes_train_an_ensemble_once(tmp_path, snapshots) -> None:
    """One trains and one loads; both hold the bits that a third process trains for itself."""
    workers = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), name], stdout=subprocess.PIPE, text=True)
        for name in ("worker-one", "worker-two")
    ]
    snapshot = snapshots(TINY, BLOCK)[-1]
    told = [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]
    bits = b"".join(array.tobytes() for array in [*snapshot.weights, *snapshot.moments, snapshot.losses])

    assert [[0, 1], [1, 0]] == sorted(counts for *counts, _ in told)
    assert {hashlib.sha256(bits).hexdigest()} == {digest for *_, digest in told}
