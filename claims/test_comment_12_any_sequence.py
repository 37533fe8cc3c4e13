"""Claims of comment 12 (the reply of 2016-11-08) that LSTMs learn any sequence, however complex.

Shown on families of growing length, each with a declared budget: random bits that are to be repeated 10, 30 or 100
bits later (10 units, 10 epochs of 1000 bits), texts of 50, 200 or 1000 random letters to be known by heart (32 units,
300 epochs), and a cycle in which two letters tell the next (32 units, 5000 epochs). One that is not learned to 95 %
refutes "any" at that budget; it does not show that no other network or budget would do.
"""

from fixtures.probes import accuracy_on_stream
from lstm_lab import Comment, always, best_accuracy, claim

REPLY = Comment(12, "Jason Brownlee", "2016-11-08")

LEARNED = 0.95


@claim(
    "comment-12/arbitrary-complex-sequences",
    "An LSTM that carries its state from letter to letter learns any sequence at the budgets tried: delayed bits (10 "
    "units, 10 epochs), random texts (32 units, 300 epochs), a cycle (32 units, 5000 epochs).",
    source=REPLY,
    criterion=always(),
    expect="refuted",
)
def test_arbitrary_complex_sequences(
    echo_stateful_10,
    echo_stateful_30,
    echo_stateful_100,
    random_text_50,
    random_text_200,
    random_text_1000,
    markov_stateful_5000,
    observe,
):
    """One letter at a time; every one of them could be known wholly, so all ceilings are 1.0. Learned is 95 %.

    One that is not learned refutes "any" at its budget; other networks or budgets may do. Planned as `possible()` for
    the opposite statement, it is judged by `always()` for this one, which is the same: one counterexample decides.
    """
    _observe_learned(
        observe,
        delay_10=echo_stateful_10,
        delay_30=echo_stateful_30,
        delay_100=echo_stateful_100,
        text_of_50=random_text_50,
        text_of_200=random_text_200,
        text_of_1000=random_text_1000,
        cycle=markov_stateful_5000,
    )


@claim(
    "comment-12/arbitrary-complex-sequences-windows",
    "An LSTM that is given all steps that matter at once learns any sequence at the budgets tried: delayed bits (10 "
    "units, 10 epochs) and a cycle (32 units, 5000 epochs).",
    source=REPLY,
    criterion=always(),
    expect="refuted",
)
def test_arbitrary_complex_sequences_windows(
    echo_windows_10, echo_windows_30, echo_windows_100, markov_2_5000, observe
):
    """Windows of three steps more than the delay, so gradients reach as far back as is needed.

    Here, too, what is not learned refutes "any" at its budget alone, and `always()` stands for the `possible()` of the
    opposite statement.
    """
    _observe_learned(
        observe,
        delay_10=echo_windows_10,
        delay_30=echo_windows_30,
        delay_100=echo_windows_100,
        cycle=markov_2_5000,
    )


def _observe_learned(observe, **members):
    accuracies = {name: _accuracy(member) for name, member in members.items()}
    ceiling = min(
        best_accuracy(one.experiment.problem, one.seed, stateful=one.experiment.network.stateful)
        for one in members.values()
    )
    observe(all(accuracy >= LEARNED for accuracy in accuracies.values()), **accuracies, lowest_ceiling=ceiling)


def _accuracy(member):
    return accuracy_on_stream(member) if member.experiment.network.stateful else member.accuracy
