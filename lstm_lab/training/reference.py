"""One seed of an experiment through plain Keras: `compile` and `fit`. What the compiled loop is held to."""

from __future__ import annotations

from collections.abc import Sequence

import keras

from lstm_lab.training.experiment import Experiment
from lstm_lab.training.networks import initialised, reset_states
from lstm_lab.training.schedule import schedule, steps_per_epoch


def fit(experiment: Experiment, seed: int, callbacks: Sequence[keras.callbacks.Callback] = ()) -> keras.Model:
    """The trained Keras model of one seed, by `model.fit` epoch by epoch in the order of the schedule.

    The schedule's order is given to `fit` as the order of the samples with `shuffle=False`, because the
    permutations that `fit` draws itself cannot be told from outside.

    Args:
        experiment: what is trained.
        seed: which seed of it.
        callbacks: given to every call of `fit`; each of them is one epoch.
    """
    samples = experiment.problem.samples(seed)
    count, *sample_shape = samples.x.shape
    regime = experiment.regime
    model = initialised(
        experiment.network, seed, tuple(sample_shape), regime.batch_size if experiment.network.stateful else None
    )
    model.compile(loss=experiment.network.loss, optimizer=experiment.network.optimizer.build())
    steps = steps_per_epoch(regime, count)
    drawn = schedule(regime, count, seed, regime.epochs)
    for epoch in range(regime.epochs):
        if drawn.resets[epoch * steps]:
            reset_states(model)
        rows = drawn.batches[epoch * steps : (epoch + 1) * steps].reshape(-1)
        model.fit(
            samples.x[rows],
            samples.y[rows],
            batch_size=regime.batch_size,
            initial_epoch=epoch,
            epochs=epoch + 1,
            shuffle=False,
            verbose=0,
            callbacks=list(callbacks),
        )
    return model
