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
    "For three letters three output neurons do where the activation and the loss are changed, too: linear ones, that "
    "give the codes of the letters.",
    source=PLACE,
    stance="probe",
    criterion=at_least(0.5),
    measure="share of windows with all three letters right",
    expect="supported",
    control="three neurons under the softmax",
)
def test_change_output_neurons_linear(train, broken, observe):
    """Three linear neurons, mean squared error, codes 0 to 25 as targets, answers rounded.

    Activation, loss and targets must change for a neuron to stand for a letter.
    """
    _observe_complete(observe, train(THREE_NEURONS_SOFTMAX if broken else THREE_NEURONS))


@claim(
    "comment-08/change-output-neurons",
    "For three letters it is enough to change the number of output neurons: three, and else the article's model.",
    source=PLACE,
    stance="stated",
    criterion=at_least(0.5),
    measure="share of windows with all three letters right",
    expect="refuted",
    holds_with="three linear neurons and the squared error",
)
def test_change_output_neurons(train, planted, observe):
    """Softmax, cross-entropy, letter codes 0 to 25 as targets, answers rounded: the number is all that changes.

    A softmax gives numbers between 0 and 1, so no answer can name another letter than A or B. Its author would answer
    that 26 neurons make a letter in his listing, so that three take 78. These do it, under a softmax for each letter
    (`comment-05/bcde-to-fgh`); that does not save it, because the reply counts one neuron for what there is now, and
    changes nothing but the number. So does the article's text: `naive-one-char/single-output-neuron`.
    """
    _observe_complete(observe, train(THREE_NEURONS if planted else THREE_NEURONS_SOFTMAX))


def _observe_complete(observe, member):
    """Observe whether 95 % of the 20 windows are answered completely, and what is said to BCDE."""
    share = complete(member)
    observe(share >= 0.95, complete=share, said_to_bcde=word(member, "BCDE"))
