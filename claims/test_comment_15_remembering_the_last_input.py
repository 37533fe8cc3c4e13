"""Claims of comment 15 (Louis Abraham, 2016-12-19) on LSTMs that are to remember the input before.

The programs that the comment links to are not available, so they are built anew: 1000 random bits, of each the bit
before it is asked for, 10 LSTM units, 10 epochs.
"""

from fixtures.article import COMMENT_15
from fixtures.comment_experiments import ECHO_ALONE, ECHO_ALONE_100, ECHO_STATEFUL
from fixtures.probes import accuracy_from_zeros, accuracy_on_stream
from lstm_lab import at_least, best_accuracy, claim


@claim(
    "comment-15/remember-last-input-about-half",
    "A stateless LSTM given random bits one by one, in batches of one or of a hundred, recalls the bit before about "
    "half of the time.",
    source=COMMENT_15.at(4),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the bit before",
    expect="supported",
    control="a stateful layer instead of a stateless one",
    revised="2026-11: measure; was SUPPORTED",
)
def test_remember_last_input_about_half(train, seed, echo_alone, echo_stateful_1, broken, observe):
    """About half is 0.4 to 0.6, in both; the bits in order, so in batches of a hundred the row before holds what is
    asked for, but for the first of each batch. The ceiling is what any model could reach that is shown the one bit."""
    accuracy = accuracy_on_stream(echo_stateful_1) if broken else echo_alone.accuracy
    of_hundred = train(ECHO_ALONE_100).accuracy
    observe(
        min(accuracy, of_hundred) >= 0.4 and max(accuracy, of_hundred) <= 0.6,
        accuracy=accuracy,
        accuracy_in_batches_of_100=of_hundred,
        ceiling=best_accuracy(ECHO_ALONE.problem, seed),
    )


@claim(
    "comment-15/stateful-performs-well",
    "A stateful LSTM given random bits one by one recalls the bit before well.",
    source=COMMENT_15.at(5),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the bit before",
    expect="inconclusive",
    control="the state zeroed before each bit",
    revised="2026-11: criterion; was SUPPORTED",
)
def test_stateful_performs_well(seed, echo_stateful_1, broken, observe):
    """Well is 80 % or more of the bits, from a reset. The ceiling is that of a model that remembers one bit.

    It is better than without a state in any case (`comment-19/state-is-a-benefit`), and not always as good as a model
    that is trained through windows (`comment-06/truncation-is-a-drawback`).
    """
    ceiling = best_accuracy(ECHO_STATEFUL[0].problem, seed, history=1)
    accuracy = accuracy_from_zeros(echo_stateful_1) if broken else accuracy_on_stream(echo_stateful_1)
    observe(accuracy >= 0.8, accuracy=accuracy, ceiling=ceiling)
