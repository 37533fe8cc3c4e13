"""A claim of the section "Stateful LSTM for a One-Char to One-Char Mapping" that looks back at windows of letters."""

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import THREE_CHAR_TIME_STEPS
from lstm_lab import always, claim

UPDATES = 50


@claim(
    "stateful/only-random-mappings",
    "From windows of three letters an arbitrary mapping is learned: that the targets have an order has no part in it.",
    source=STATEFUL.at(1),
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="each seed has Keras trace two trainings",
    control="the output weights not renamed with the targets",
)
def test_only_random_mappings(train, seed, broken, observe):
    """Two trainings by Keras's own `fit`, 50 updates: of the letters as they are, and of targets renamed at random, the
    initial columns of the output layer renamed with them. Renamed back, the weights must agree within 1e-5, which
    covers the order of sums in the float32 of Keras's loss; the rest is computed in float64.

    Initial columns are drawn alike, so renamed targets are learned as well. That the windows are learned at all is
    said in the section on time steps.
    """
    member = train(THREE_CHAR_TIME_STEPS.untrained)
    x, y = member.samples[:2]
    random = np.random.default_rng(seed)
    names, rows = random.permutation(26), random.integers(len(x), size=UPDATES)
    plain, renamed = (member.keras_model(dtype="float64", to_fit=True) for _ in range(2))
    first = plain.get_weights()
    if not broken:
        renamed.set_weights([*first[:3], *(part[..., names] for part in first[3:])])
    plain.fit(x[rows], y[rows], batch_size=1, shuffle=False, verbose=0)
    renamed.fit(x[rows], y[rows][:, names], batch_size=1, shuffle=False, verbose=0)

    weights, others = plain.get_weights(), renamed.get_weights()
    back = [*others[:3], *(part[..., np.argsort(names)] for part in others[3:])]
    assert _distance(weights, first) > 1e-3, "nothing was trained"
    distance = _distance(weights, back)
    observe(distance <= 1e-5, distance=distance, moved=_distance(weights, first))


def _distance(weights, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(weights, others, strict=True))
