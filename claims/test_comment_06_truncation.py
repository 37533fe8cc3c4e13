"""Claims of comment 6 (Alex, 2016-09-15): does it matter that gradients stop at the one step of a batch?

A stream of 1000 random bits, of each the bit some steps before it is asked for. One model reads it bit by bit and
carries its state, so it is trained on the one step; the other reads windows three steps longer than the delay, and is
trained through all of them. Both: 10 LSTM units, batches of one, 10 epochs, the same targets in the same order.
"""

from fixtures.comment_experiments import ECHO_STATEFUL, ECHO_WINDOWS
from fixtures.probes import accuracy_on_stream
from lstm_lab import Comment, at_least, beats, best_accuracy, case, claim

COMMENT = Comment(6, "Alex", "2016-09-15")
MARGIN = 0.1  # of accuracy


@claim(
    "comment-06/truncation-is-a-drawback",
    "That gradients stop at one step is a drawback: trained through windows, the bit {before} is recalled "
    "better, by more than 0.1 of accuracy.",
    source=COMMENT,
    criterion=beats(by=MARGIN),
    cases=[
        case(
            before="before",
            windows=ECHO_WINDOWS[0],
            stateful=ECHO_STATEFUL[0],
            expect="refuted",
            contradicts=["comment-15/stateful-performs-well"],
            note=(
                "Delay 1, from a reset. Windows do recall it better, by 0.05 in the median, but by less than "
                "the margin, which is that of the longer delays below.\n\n"
                "The windows are learned wholly, the stream to nine tenths in the mean: what came in a step "
                "before can still be read off the state, though no gradient has put it there, and fades with "
                "each further step."
            ),
        ),
        case(
            "delay-2", before="two steps before", windows=ECHO_WINDOWS[1], stateful=ECHO_STATEFUL[1], expect="supported"
        ),
        case(
            "delay-3",
            before="three steps before",
            windows=ECHO_WINDOWS[2],
            stateful=ECHO_STATEFUL[2],
            expect="supported",
        ),
        case(
            "delay-5",
            before="five steps before",
            windows=ECHO_WINDOWS[3],
            stateful=ECHO_STATEFUL[3],
            expect="supported",
        ),
        case(
            "delay-10",
            before="ten steps before",
            windows=ECHO_WINDOWS[4],
            stateful=ECHO_STATEFUL[4],
            expect="supported",
        ),
    ],
)
def test_truncation_is_a_drawback(windows, stateful, observe):
    observe(windows.accuracy, against=accuracy_on_stream(stateful))


@claim(
    "comment-06/more-steps-per-batch-overcome-it",
    "More time steps per batch overcome it: windows longer than the delay recall bits one, two and three steps before.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
)
def test_more_steps_per_batch_overcome_it(seed, echo_windows_1, echo_windows_2, echo_windows_3, observe):
    """It holds in a seed when all three are at least 95 % accurate; some model could be wholly so (the ceiling)."""
    accuracies = [member.accuracy for member in (echo_windows_1, echo_windows_2, echo_windows_3)]
    ceiling = min(best_accuracy(experiment.problem, seed) for experiment in ECHO_WINDOWS[:3])
    observe(
        min(accuracies) >= 0.95,
        delay_1=accuracies[0],
        delay_2=accuracies[1],
        delay_3=accuracies[2],
        ceiling=ceiling,
    )
