"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": it learns how letters depend on each other.

In the article's training letter and step are one: A is always first. What was learned of the two is found out by
parting them: random letters for a trained model, and a constant input in place of the letters in training.
The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_COUNTER, STATEFUL_COUNTER_50, STATEFUL_ONE_CHAR, STATEFUL_ONE_CHAR_50
from fixtures.probes import answers_to
from lstm_lab import ALPHABET, at_least, beats, case, claim, equivalent

DRAWS = 50


@claim(
    "stateful/learns-the-inter-dependencies",
    "What the {units}-unit model answers depends on the letters: fed random ones, it does not go on counting the "
    "alphabet.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="refuted",
    control="a model that was trained and is asked with a constant input",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, counter=STATEFUL_COUNTER),
        case(
            "50-units",
            units=50,
            model=STATEFUL_ONE_CHAR_50,
            counter=STATEFUL_COUNTER_50,
            note="As with 16 units; no letter disturbs the count of this model.",
        ),
    ],
)
def test_learns_the_inter_dependencies(model, counter, broken, observe):
    """50 draws of 25 letters A to Y. It holds in a seed where at most 0.2 of all answers are the letter that belongs
    to the step whatever is fed (B first, Z last); 0.8 and more is a counter of steps.

    In training each step brings the same letter in every epoch, so letter and step tell the target equally well: it
    rewards a look at either and does not tell the two apart. The model mostly counts; letters disturb the count in many
    seeds. That a stateless model of the same weights gives the same answers (`variable-length/stateful-is-a-shortcut`)
    can hold beside it: that is so with any weights.
    """
    share = _share_of_counted(counter if broken else model)
    observe(share <= 0.2, share_of_counted_answers=share)


@claim(
    "stateful/learns-the-inter-dependencies-counts",
    "The {units}-unit model counts steps: fed random letters, it answers at least 0.8 of the time what belongs "
    "to the step.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, contradicts=["stateful/learns-the-inter-dependencies"]),
        case(
            "50-units",
            units=50,
            model=STATEFUL_ONE_CHAR_50,
            contradicts=["stateful/learns-the-inter-dependencies-50-units"],
        ),
    ],
)
def test_learns_the_inter_dependencies_counts(model, observe):
    """The same share, against the bar that was declared for a counter; not something the text says."""
    share = _share_of_counted(model)
    observe(share >= 0.8, share_of_counted_answers=share)


@claim(
    "stateful/needs-smaller-network-because-of-dependencies",
    "It is the letters that let {units} units suffice: given zeros in their place, the model learns less.",
    source=STATEFUL,
    criterion=beats(),
    expect="refuted",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, baseline=STATEFUL_COUNTER),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, baseline=STATEFUL_COUNTER_50),
    ],
)
def test_needs_smaller_network_because_of_dependencies(model, baseline, observe):
    """With zeros only the number of steps since the reset is left to tell the targets apart."""
    observe(model.accuracy, against=baseline.accuracy)


@claim(
    "stateful/needs-smaller-network-because-of-dependencies-counting-as-well",
    "Counting does as well: given zeros in place of the letters, {units} units learn as much, within 0.05.",
    source=STATEFUL,
    criterion=equivalent(within=0.05),
    expect="supported",
    control="a reset before each step, which leaves nothing to count",
    cases=[
        case(
            units=16,
            model=STATEFUL_ONE_CHAR,
            counting=STATEFUL_COUNTER,
            contradicts=["stateful/needs-smaller-network-because-of-dependencies"],
        ),
        case(
            "50-units",
            units=50,
            model=STATEFUL_ONE_CHAR_50,
            counting=STATEFUL_COUNTER_50,
            contradicts=["stateful/needs-smaller-network-because-of-dependencies-50-units"],
        ),
    ],
)
def test_counting_as_well(train, model, counting, broken, observe):
    """The other reading of the same control: no difference, shown rather than not found."""
    counter = train(counting.experiment.but(reset=1)) if broken else counting
    observe(model.accuracy, against=counter.accuracy)


def _share_of_counted(member):
    """The share of answers to random letters that are the letter of the step."""
    hits = [
        one == step
        for said in answers_to(member, _random_letters)
        for one, step in zip(said, ALPHABET[1:], strict=True)
    ]
    return float(np.mean(hits))


def _random_letters(seed):
    """Texts of 25 letters from A to Y, drawn for one seed."""
    random = np.random.default_rng([seed, *b"random letters"])
    return tuple("".join(text) for text in random.choice(list(ALPHABET[:-1]), (DRAWS, 25)))
