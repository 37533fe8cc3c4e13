"""The statistical verdicts taken together."""

from dataclasses import replace

from ledgers import entry, everything, ledger_of, measured_on, mixed, partial

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.family import family_view, fragile_lines
from lstm_lab.judging.verdicts.findings import judge


def test_family_view_names_each_verdict_that_may_be_chance():
    """The decided verdicts that do not survive are listed with their q, the most fragile first."""
    findings = judge(everything())
    expected, together = family_view(findings)

    assert expected.startswith("Verdicts that rest on statistics: 9. ")
    assert expected.endswith("so at most 0.23 wrong ones are expected.")
    assert together.endswith(
        "Of 6 decided verdicts 4 survive the strict correction for so many at once (Benjamini-Yekutieli, at most 5 % "
        "false discoveries), 5 the mild one (Benjamini-Hochberg). The other 2 [may be "
        "chance](#verdicts-that-may-be-chance), "
        "the first of all [`state/k-predicts-b`](#state--k-predicts-b), "
        "[`one-char/does-not-learn`](#one-char--does-not-learn)."
    )
    assert [
        "- [`state/k-predicts-b`](#state--k-predicts-b), ●\u00a0SUPPORTED: q-value 0.191",
        "- [`one-char/does-not-learn`](#one-char--does-not-learn), ●\u00a0SUPPORTED: q-value 0.107",
    ] == list(fragile_lines(findings))


def test_family_in_which_all_survive_names_none():
    """Where no decided verdict is lost, only their number is told."""
    expected, together = family_view(judge(ledger_of((entry("a/b", at_least(0.5)), mixed(30)))))

    assert expected.endswith("so at most 0.025 wrong ones are expected.")
    assert together.startswith("Of 1 decided verdicts 1 survive ")
    assert together.endswith(", 1 the mild one (Benjamini-Hochberg).")


def test_claims_outside_the_family_have_no_family_view():
    """Verdicts that one seed decides are no statistical ones."""
    assert ["No verdict of this report is statistical."] == list(family_view(judge(partial())))


def test_shared_models_are_told():
    """How many statistical verdicts rest on an experiment that another rests on; an exact claim is none of them."""
    claims = [(entry(f"a/{name}", at_least(0.5)), mixed(30)) for name in ("one", "two", "three", "four")]
    ledger = ledger_of(*claims, (entry("a/exact", always()), [True] * 5))
    for (claim, seed), observation in ledger.observations.items():
        own = {"a/two": ("stateful", "naive"), "a/three": ("naive",), "a/four": ("alone",)}
        ledger.observations[claim, seed] = replace(observation, subjects=own.get(claim, ("stateful",)))

    assert (
        "3 of the 4 share an experiment with another verdict; one experiment serves 2. If it misleads, they are wrong "
        "together."
    ) in list(family_view(judge(ledger)))
    alone = measured_on(ledger_of((entry("a/one", at_least(0.5)), mixed(30))), "stateful")
    assert "share an experiment" not in " ".join(family_view(judge(alone)))
