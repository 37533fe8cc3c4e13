"""Claims of comment 15 (Louis Abraham, 2016-12-19) on LSTMs that are to remember the input before.

The programs that the comment links to are not available, so they are built anew: 1000 random bits, of each the bit
before it is asked for, 10 LSTM units, 10 epochs.
"""

from fixtures.comment_experiments import ECHO_ALONE, ECHO_ALONE_100, ECHO_STATEFUL
from fixtures.probes import accuracy_on_stream
from lstm_lab import Comment, at_least, best_accuracy, case, claim

COMMENT = Comment(15, "Louis Abraham", "2016-12-19")


@claim(
    "comment-15/remember-last-input-about-half",
    "A stateless LSTM given random bits one by one, in batches of {rows}, recalls the bit before about half of "
    "the time.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    control="a stateful layer instead of a stateless one",
    cases=[
        case(rows="one", model=ECHO_ALONE),
        case(
            "batches-of-100",
            rows="a hundred",
            model=ECHO_ALONE_100,
            note=(
                "The bits in order: but for the first of each batch, the row before holds the bit that is "
                "asked for. The model is not the better for it."
            ),
        ),
    ],
)
def test_remember_last_input_about_half(seed, model, echo_stateful_1, broken, observe):
    """About half is 0.4 to 0.6; the bits in order, as to the stateful layer. The ceiling is what any model could reach
    that is shown the one bit."""
    accuracy = accuracy_on_stream(echo_stateful_1) if broken else model.accuracy
    observe(0.4 <= accuracy <= 0.6, accuracy=accuracy, ceiling=best_accuracy(ECHO_ALONE.problem, seed))


@claim(
    "comment-15/stateful-performs-well",
    "A stateful LSTM given random bits one by one recalls the bit before well.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
    contradicts=["comment-06/truncation-is-a-drawback"],
)
def test_stateful_performs_well(seed, echo_stateful_1, observe):
    """Well is 80 % or more of the bits, from a reset. The ceiling is that of a model that remembers one bit."""
    ceiling = best_accuracy(ECHO_STATEFUL[0].problem, seed, history=1)
    accuracy = accuracy_on_stream(echo_stateful_1)
    observe(accuracy >= 0.8, accuracy=accuracy, ceiling=ceiling)
