"""Claims of the replies in comment 6 (Jason Brownlee, 2016) on when the weights are updated."""

import numpy as np

from fixtures.experiments import STATEFUL_ONE_CHAR, WITHIN_BATCH
from lstm_lab import Comment, always, claim

ANSWER = Comment(6, "Jason Brownlee", "2016-09-16")
SECOND_ANSWER = Comment(6, "Jason Brownlee", "2016-09-17")

STEPS = 5
UPDATES_SEEDS = {"seeds": 2, "seeds_reason": "when weights move does not depend on them, and Keras trains step by step"}


@claim(
    "comment-06/updates-after-each-batch",
    "The weights are updated after each batch.",
    source=ANSWER,
    criterion=always(),
    expect="supported",
    control="gradients accumulated over five batches",
    **UPDATES_SEEDS,
)
def test_updates_after_each_batch(train, broken, observe):
    """An epoch of Keras's own `fit` on 25 letters in batches of five, stateless and stateful: five updates are
    counted, the weights move within each batch and not between two."""
    import keras

    counts, moves, stays = [], [], []
    for experiment in (WITHIN_BATCH, STATEFUL_ONE_CHAR):
        member = train(experiment.untrained)
        model = member.keras_model(batch_size=5)
        optimizer = keras.optimizers.Adam(gradient_accumulation_steps=STEPS if broken else None)
        model.compile(optimizer, "categorical_crossentropy", run_eagerly=True)
        begins, ends = [], []
        record = keras.callbacks.LambdaCallback()
        record.on_train_batch_begin = lambda batch, logs=None, m=model, to=begins: to.append(m.get_weights())
        record.on_train_batch_end = lambda batch, logs=None, m=model, to=ends: to.append(m.get_weights())
        model.fit(*member.samples[:2], batch_size=5, epochs=1, shuffle=False, verbose=0, callbacks=[record])
        counts.append(int(model.optimizer.iterations))
        moves += [_distance(*pair) for pair in zip(begins, ends, strict=True)]
        stays += [_distance(*pair) for pair in zip(ends[:-1], begins[1:], strict=True)]
    observe(
        counts == [5, 5] and len(moves) == 10 and min(moves) > 0 and max(stays) == 0,
        updates_stateless=counts[0],
        updates_stateful=counts[1],
        least_move_within_a_batch=min(moves),
        largest_move_between_batches=max(stays),
    )


@claim(
    "comment-06/answer-does-not-change",
    "However a sequence is cut up, there is one update for each batch: five for five steps in five batches, one for "
    "five steps in one.",
    source=SECOND_ANSWER,
    criterion=always(),
    expect="supported",
    control="gradients accumulated over five batches",
    **UPDATES_SEEDS,
)
def test_answer_does_not_change(seed, broken, observe):
    """Counted by the optimizer and by the changes of the weights; five steps in one batch are one row of five time
    steps, or five rows of one."""
    import keras

    keras.utils.set_random_seed(seed)
    letters, targets = [_letter(step) for step in range(STEPS)], [_target(step) for step in range(STEPS)]
    gather = STEPS if broken else None
    in_five = _trained_on(_model(1), list(zip(letters, targets, strict=True)), gather)
    in_one = _trained_on(_model(STEPS), [(np.concatenate(letters, axis=1), targets[-1])], gather)
    as_rows = _trained_on(_model(1, rows=STEPS), [(np.concatenate(letters), np.concatenate(targets))], gather)
    observe(
        in_five == (STEPS, STEPS) and in_one == as_rows == (1, 1),
        five_batches=in_five[0],
        one_batch_of_five_steps=in_one[0],
        one_batch_of_five_rows=as_rows[0],
    )


def _trained_on(model, batches, gather=None):
    """The updates that Keras's optimizer counts, and the batches after which some weight had changed."""
    import keras

    optimizer = keras.optimizers.Adam(gradient_accumulation_steps=gather)
    model.compile(optimizer, "categorical_crossentropy", run_eagerly=True)
    changes = 0
    for x, y in batches:
        before = model.get_weights()
        model.train_on_batch(x, y)
        changes += _distance(before, model.get_weights()) > 0
    return int(optimizer.iterations), changes


def _model(steps, rows=1):
    import keras

    layers = [keras.layers.LSTM(16, stateful=True), keras.layers.Dense(26, "softmax")]
    return keras.Sequential([keras.Input(batch_shape=(rows, steps, 1)), *layers])


def _letter(step):
    return np.full((1, 1, 1), step / 26, np.float32)


def _target(step):
    return np.eye(26, dtype=np.float32)[step + 1][None]


def _distance(weights, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(weights, others, strict=True))
