"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping" that look back at windows of letters."""

import numpy as np

from fixtures import article
from fixtures.article import STATEFUL
from fixtures.experiments import THREE_CHAR_TIME_STEPS
from lstm_lab import always, at_least, claim, equivalent

UPDATES = 50


@claim(
    "stateful/fixed-size-sequences-learned",
    "Cut into windows of three letters as time steps, the alphabet is learned: at most one of 23 windows is missed.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published=article.THREE_CHAR_TIME_STEPS.accuracy,
)
def test_fixed_size_sequences_learned(three_char_time_steps, observe):
    right = round(23 * three_char_time_steps.accuracy)
    observe(right >= 22, right=right)


@claim(
    "stateful/only-random-mappings",
    "From windows of three letters an arbitrary mapping is learned: that the targets have an order has no part in it.",
    source=STATEFUL,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="each seed has Keras trace two trainings",
    control="the output weights not renamed with the targets",
)
def test_only_random_mappings(train, seed, broken, observe):
    """Two trainings by Keras's own `fit`, 50 updates: of the letters as they are, and of targets renamed at random, the
    initial columns of the output layer renamed with them. Renamed back, the weights must agree within 1e-5, which
    covers the order of sums in the float32 of Keras's loss; the rest is computed in float64."""
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


@claim(
    "stateful/only-random-mappings-learned-as-well",
    "Windows of three letters are learned as well when the letters they stand for are renamed at random.",
    source=STATEFUL,
    criterion=equivalent(within=0.05),
    expect="supported",
    control="a fifth of the epochs for the renamed letters",
)
def test_only_random_mappings_learned_as_well(
    train,
    three_char_time_steps_relabelled,
    three_char_time_steps,
    naive_shuffled_codes,
    naive_one_char,
    broken,
    observe,
):
    """0.05 is a little more than one of 23 windows. The windows themselves are in order; of inputs without one single
    letters are shown, their codes shuffled, so that neighbours in the alphabet are no neighbours as numbers."""
    renamed = three_char_time_steps_relabelled
    judged = train(renamed.experiment.but(epochs=100)) if broken else renamed
    observe(
        judged.accuracy,
        against=three_char_time_steps.accuracy,
        single_letters=naive_one_char.accuracy,
        single_letters_with_shuffled_codes=naive_shuffled_codes.accuracy,
    )


def _distance(weights, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(weights, others, strict=True))
