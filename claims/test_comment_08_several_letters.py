"""Claims of comment 8 about several letters as the answer, and how many output neurons they need.

Four consecutive letters are given and the next two or three are asked for. An answer is complete where every letter of
it is right; at least 95 % of all windows must be.
"""

from fixtures.comment_experiments import THREE_LETTERS, THREE_NEURONS, THREE_NEURONS_FRACTIONS, THREE_NEURONS_SOFTMAX
from fixtures.probes import complete, word
from lstm_lab import Comment, at_least, case, claim

ARNOLD = Comment(8, "Arnold", "2016-09-21")
JASON = Comment(8, "Jason Brownlee", "2016-09-22")


@claim(
    "comment-08/n-character-output-is-possible",
    "A model can be trained to answer the next two letters: EF to ABCD, and 95 % of all windows.",
    source=ARNOLD,
    criterion=at_least(0.5),
    expect="supported",
)
def test_n_character_output_is_possible(two_letters, observe):
    """Two softmaxes over the alphabet, 21 windows, 500 epochs."""
    said, share = word(two_letters, "ABCD"), complete(two_letters)
    observe(said == "EF" and share >= 0.95, said=said, complete=share, letters_right=two_letters.accuracy)


@claim(
    "comment-08/change-output-neurons",
    "For three letters it is enough to have {outputs}.",
    source=JASON,
    criterion=at_least(0.5),
    cases=[
        case(
            outputs="three output neurons under the softmax, and else the article's model",
            model=THREE_NEURONS_SOFTMAX,
            expect="refuted",
            contradicts=["comment-05/extra-output-dimension-is-like-a-window"],
            note=(
                "The first reading: three neurons, softmax, cross-entropy, letter codes 0 to 25 as targets, "
                "answers rounded.\n\n"
                "A softmax gives numbers between 0 and 1, so no answer can name another letter than A or B. It "
                "also makes each output depend on the weights of the others, which is why this reading alone "
                "cannot hold together with comment 5."
            ),
        ),
        case(
            "linear",
            outputs="three output neurons that give the codes of the letters",
            model=THREE_NEURONS,
            expect="supported",
            note=(
                "The second reading: three linear neurons, mean squared error, codes 0 to 25 as targets, "
                "answers rounded.\n\n"
                "Linear neurons do not know of each other either, so this can hold together with what comment "
                "5 says of outputs."
            ),
        ),
        case(
            "linear-fractions",
            outputs="three output neurons that give the letters as the input gives them",
            model=THREE_NEURONS_FRACTIONS,
            expect="supported",
            note=(
                "The second reading with targets divided by 26, as the inputs are; answers to the nearest "
                "letter.\n\n"
                "As for codes, nothing in it speaks against comment 5."
            ),
        ),
        case(
            "softmaxes",
            outputs="three times 26 output neurons, as three softmaxes",
            model=THREE_LETTERS,
            expect="supported",
            note=(
                "The third reading, which needs more than another number of neurons: a softmax for each "
                "letter.\n\n"
                "The softmaxes do not know of each other, just as comment 5 says. Here that costs nothing, "
                "since one letter tells the others, so both can hold."
            ),
        ),
    ],
)
def test_change_output_neurons(model, observe):
    _complete(observe, model)


def _complete(observe, member):
    """Observe whether 95 % of the 20 windows are answered completely, and what is said to BCDE."""
    share = complete(member)
    observe(share >= 0.95, complete=share, said_to_bcde=word(member, "BCDE"))
