"""Questions of comment 6 (Alex, 2016-09-15): is it a drawback that gradients stop at one step, and is there a way out?

A stream of 1000 random bits, of each the bit some steps before it is asked for. One model reads it bit by bit and
carries its state, so it is trained on the one step; the other reads windows three steps longer than the delay, and is
trained through all of them. Both: 10 LSTM units, batches of one, 10 epochs, the same targets in the same order.
"""

from fixtures.article import COMMENT_6
from fixtures.comment_experiments import ECHO_STATEFUL, ECHO_STATEFUL_10_LONGER, ECHO_WINDOWS, ECHO_WINDOWS_10_LONGER
from fixtures.probes import accuracy_on_stream
from lstm_lab import at_least, beats, case, claim

MARGIN = 0.1  # of accuracy


@claim(
    "comment-06/truncation-is-a-drawback",
    "That gradients stop at one step is a drawback: trained through windows, the bit {before} is recalled "
    "better, by more than 0.1 of accuracy.",
    source=COMMENT_6.at(2, 4),
    stance="question",
    criterion=beats(by=MARGIN),
    holds_with="the bit three steps before",
    cases=[
        case(
            before="before",
            windows=ECHO_WINDOWS[0],
            stateful=ECHO_STATEFUL[0],
            expect="supported",
            revised="2026-11: statement, criterion; was REFUTED",
            note=(
                "From a reset. With most seeds the two are less than the margin apart; where they are not, the windows "
                "are ahead. These are learned wholly, the stream to nine tenths in the mean: what came in a "
                "step before can still be read off the state, though no gradient has put it there, and fades with "
                "each further step."
            ),
        ),
        case(
            "delay-3",
            before="three steps before",
            windows=ECHO_WINDOWS[2],
            stateful=ECHO_STATEFUL[2],
            expect="supported",
            revised="2026-11: statement, criterion; was SUPPORTED",
        ),
        case(
            "delay-10",
            before="ten steps before",
            windows=ECHO_WINDOWS[4],
            stateful=ECHO_STATEFUL[4],
            expect="supported",
            revised="2026-11: statement, criterion; was SUPPORTED",
        ),
    ],
)
def test_truncation_is_a_drawback(train, windows, stateful, planted, observe):
    if planted:
        windows, stateful = train(ECHO_WINDOWS[2]), train(ECHO_STATEFUL[2])
    observe(windows.accuracy, against=accuracy_on_stream(stateful))


@claim(
    "comment-06/more-steps-per-batch-overcome-it",
    "More time steps in a batch overcome it: trained through windows longer than the delay, for 50 epochs where that "
    "is ten steps, a model recalls the bits one, three and ten steps before.",
    source=COMMENT_6.at(2, 5),
    stance="question",
    criterion=at_least(0.5),
    expect="supported",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_more_steps_per_batch_overcome_it(train, echo_windows_1, echo_windows_3, echo_windows_10, observe):
    """It holds in a seed when all three are at least 95 % accurate. Shown are also the 10 epochs of the other delays
    for ten steps, and the 50 epochs for the model that reads bit by bit."""
    longest = train(ECHO_WINDOWS_10_LONGER)
    accuracies = [member.accuracy for member in (echo_windows_1, echo_windows_3, longest)]
    observe(
        min(accuracies) >= 0.95,
        delay_1=accuracies[0],
        delay_3=accuracies[1],
        delay_10_50_epochs=accuracies[2],
        delay_10_10_epochs=echo_windows_10.accuracy,
        bit_by_bit_delay_10_50_epochs=accuracy_on_stream(train(ECHO_STATEFUL_10_LONGER)),
    )
