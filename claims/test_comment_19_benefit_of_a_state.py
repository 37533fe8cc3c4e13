"""Claim of the reply in comment 19 (Jason Brownlee, 2017-01-25): what a state is good for.

What else the reply says of resets is measured where the article says it.
"""

from fixtures.article import COMMENT_19_REPLY_1
from fixtures.probes import accuracy_from_zeros, accuracy_on_stream
from lstm_lab import beats, claim


@claim(
    "comment-19/state-is-a-benefit",
    "A kept state is a benefit: with it the bit before is recalled better than without, by more than 0.1 of accuracy.",
    source=COMMENT_19_REPLY_1.at(1),
    stance="stated",
    criterion=beats(by=0.1005),
    sides=("a kept state", "no kept state"),
    measure="accuracy on the bit before",
    expect="supported",
    control="the state zeroed before each bit",
    revised="2026-11: criterion; was SUPPORTED",
)
def test_state_is_a_benefit(echo_stateful_1, echo_alone, broken, observe):
    """Random bits one by one, in order, to 10 units with a state and without, 10 epochs: a task that cannot be done
    without a memory. Where a single letter is to be answered it is none: `comment-04/opposite-to-stateful`.

    Comment 15 says of the same two that one performs well and the other as by chance; how much better the first is
    with the same seed does not follow from that. The margin lies between two thousandths of the bits.
    """
    with_state = accuracy_from_zeros(echo_stateful_1) if broken else accuracy_on_stream(echo_stateful_1)
    observe(with_state, against=echo_alone.accuracy)
