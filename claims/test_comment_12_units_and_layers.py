"""Claims of comment 12 (the reply of 2016-11-08): complex problems want more units and more layers.

On a cycle over five symbols in which two letters tell the next, given as two time steps, 500 epochs.
"""

from lstm_lab import Comment, at_least, beats, claim

REPLY = Comment(12, "Jason Brownlee", "2016-11-08")

UNITS = (4, 8, 16, 32, 64, 128)


@claim(
    "comment-12/scale-memory-units",
    "With more units, from 4 to 128, more of a sequence that depends on two letters is learned in equal epochs.",
    source=REPLY,
    criterion=at_least(0.5),
    expect="supported",
    contradicts=["comment-17/units-do-not-matter"],
)
def test_scale_memory_units(
    markov_2_4_units,
    markov_2_8_units,
    markov_2_16_units,
    markov_2,
    markov_2_64_units,
    markov_2_128_units,
    observe,
):
    """Rank correlation (Spearman) of units with accuracy above 0; that of accuracies all equal counts as 0."""
    from scipy.stats import spearmanr

    members = (markov_2_4_units, markov_2_8_units, markov_2_16_units, markov_2, markov_2_64_units, markov_2_128_units)
    accuracies = [member.accuracy for member in members]
    correlation = float(spearmanr(UNITS, accuracies).statistic) if len(set(accuracies)) > 1 else 0.0
    shown = {f"units_{units}": accuracy for units, accuracy in zip(UNITS, accuracies, strict=True)}
    observe(correlation > 0, **shown, correlation=correlation)


@claim(
    "comment-12/scale-layers",
    "With two layers more of a sequence that depends on two letters is learned in equal epochs than with one.",
    source=REPLY,
    criterion=beats(),
    expect="supported",
)
def test_scale_layers(markov_2_2_layers, markov_2, observe):
    """32 units in each layer."""
    observe(markov_2_2_layers.accuracy, against=markov_2.accuracy)
