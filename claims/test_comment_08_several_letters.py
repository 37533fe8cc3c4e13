"""Claims of comment 8 about how many output neurons several letters need.

Four consecutive letters are given and the next three are asked for. An answer is complete where every letter of it is
right; at least 95 % of all windows must be. That a softmax for each letter does it is `comment-05/bcde-to-fgh`.
"""

from fixtures.article import COMMENT_8_REPLY_2
from fixtures.comment_experiments import THREE_NEURONS, THREE_NEURONS_SOFTMAX
from fixtures.probes import complete, word
from lstm_lab import at_least, claim

PLACE = COMMENT_8_REPLY_2.at(4, 2)


@claim(
    "comment-08/change-output-neurons-linear",
    "For three letters another number of output neurons will do: three that give the codes of the letters.",
    source=PLACE,
    stance="stated",
    criterion=at_least(0.5),
    expect="supported",
)
def test_change_output_neurons_linear(train, observe):
    """Three linear neurons, mean squared error, codes 0 to 25 as targets, answers rounded.

    That is more than another number: also the activation, the loss and the targets are others, as they must be for a
    neuron to stand for a letter. With nothing else changed it fails: `comment-08/change-output-neurons`.
    """
    _observe_complete(observe, train(THREE_NEURONS))


@claim(
    "comment-08/change-output-neurons",
    "For three letters it is enough to have three output neurons under the softmax, and else the article's model.",
    source=PLACE,
    stance="strict",
    criterion=at_least(0.5),
    expect="refuted",
    holds_with="three linear neurons and the squared error",
)
def test_change_output_neurons(train, planted, observe):
    """Softmax, cross-entropy, letter codes 0 to 25 as targets, answers rounded: the number is all that changes.

    A softmax gives numbers between 0 and 1, so no answer can name another letter than A or B.
    """
    _observe_complete(observe, train(THREE_NEURONS if planted else THREE_NEURONS_SOFTMAX))


def _observe_complete(observe, member):
    """Observe whether 95 % of the 20 windows are answered completely, and what is said to BCDE."""
    share = complete(member)
    observe(share >= 0.95, complete=share, said_to_bcde=word(member, "BCDE"))
