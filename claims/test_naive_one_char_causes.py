"""Claims of the section "Naive LSTM for Learning One-Char to One-Char Mapping" about what makes it hard."""

from fixtures.article import NAIVE
from fixtures.experiments import PERCEPTRON_ONE_CHAR
from lstm_lab import at_least, beats, claim, equivalent


@claim(
    "naive-one-char/difficult-framing",
    "One letter at a time is a difficult framing: three letters as time steps are learned better.",
    source=NAIVE,
    criterion=beats(by=0.02),
    expect="supported",
)
def test_difficult_framing(three_char_time_steps, naive_one_char, observe):
    """Each on its own training patterns: 23 windows against 25 letters.

    The margin is half a letter: without it, models that answer a single letter rightly, as most do before they are
    trained, count as better by 0.35 points.
    """
    observe(three_char_time_steps.accuracy, against=naive_one_char.accuracy)


@claim(
    "naive-one-char/difficult-framing-same-targets",
    "One letter at a time is a difficult framing: three letters as time steps are learned better, on the same targets.",
    source=NAIVE,
    criterion=beats(),
    expect="supported",
)
def test_difficult_framing_same_targets(three_char_time_steps, naive_same_targets, observe):
    """The second reading: the one-letter model is trained on C to Y alone, so both predict D to Z."""
    observe(three_char_time_steps.accuracy, against=naive_same_targets.accuracy)


@claim(
    "naive-one-char/no-context-is-the-reason",
    "The reason for the poor learning is that a single letter gives the LSTM no context.",
    source=NAIVE,
    criterion=at_least(0.5),
    expect="refuted",
    contradicts=[
        "comment-03/output-depends-on-letter-only",
        "problem/next-letter-is-a-function-of-one-letter",
        "within-batch/achieves-100-percent",
    ],
)
def test_no_context_is_the_reason(naive_one_hot_50, naive_5000, repeated_letter_time_steps, observe):
    """Without any context, one other thing is changed: the code of the letters, the epochs, the number of time steps.

    If the lack of context were the reason, all three would stay below 100 %. All three have a single letter to go by.
    """
    accuracies = {
        "one_hot_letters_50_epochs": naive_one_hot_50.accuracy,
        "5000_epochs": naive_5000.accuracy,
        "same_letter_in_three_time_steps": repeated_letter_time_steps.accuracy,
    }
    observe(max(accuracies.values()) < 1.0, **accuracies)


@claim(
    "naive-one-char/reset-is-a-cause",
    "The reset after each pattern is a cause of the poor learning: with it, longer trainings do not succeed either.",
    source=NAIVE,
    criterion=at_least(0.5),
    expect="refuted",
)
def test_reset_is_a_cause(naive_5000, within_batch, observe):
    """Two models with the very same reset and ten times the epochs: batches of one, and the article's full batch."""
    observe(
        naive_5000.accuracy < 1.0 and within_batch.accuracy < 1.0,
        batch_1_epochs_5000=naive_5000.accuracy,
        batch_25_epochs_5000=within_batch.accuracy,
    )


@claim(
    "naive-one-char/performs-like-a-perceptron",
    "Given one letter, the LSTM performs like a multilayer perceptron with as many hidden units, within two letters.",
    source=NAIVE,
    criterion=equivalent(within=0.08),
    expect="supported",
    control="50 epochs in the perceptron instead of 500",
)
def test_performs_like_a_perceptron(train, naive_one_char, perceptron_one_char, broken, observe):
    """32 tanh units under the same softmax, same letters, order and budget."""
    perceptron = train(PERCEPTRON_ONE_CHAR.but(epochs=50)) if broken else perceptron_one_char
    observe(naive_one_char.accuracy, against=perceptron.accuracy)
