"""What differs is told in words, what hurts first, what says the same in one line, and nothing else."""

import pytest
from recorded import ON_JAX, QUESTIONNAIRE, RECORDINGS, SOFTWARE, TODAY

from lstm_lab.semantics.comparison import differences_from_article, differences_from_recording, same, told, wrapped

RAISED = {"error": "ValueError", "text": "one text"}


def from_article(answers):
    """The lines about the article."""
    return told(differences_from_article(answers, QUESTIONNAIRE, SOFTWARE))


def from_today(changes):
    """The lines about today's recording."""
    return told(differences_from_recording({**TODAY.answers, **changes}, QUESTIONNAIRE, TODAY))


def test_the_article_s_own_software_differs_in_one_sentence_only():
    """Rows of a batch share no state there, either."""
    assert ["rows of one batch share no state (the article: share a state)"] == from_article(SOFTWARE.answers)


def test_jax_forgets_first():
    """All ways in which it forgets are one line, the first; `model(x)` is none of them."""
    first, *others = from_article(ON_JAX.answers)

    assert first.startswith(
        "forgets (the article and its Keras: carries): `fit`, batch to batch; `fit`, epoch to epoch"
    )
    assert not any("forgets" in line or "`model(x)` after" in line for line in others)
    assert any(line.startswith("`model(x)`, `predict`, a reset, `predict`, still goes on") for line in others)


def test_today_is_told_where_it_hurts():
    """Silent batch sizes, seeds, names; nothing about a state, which is carried."""
    lines = "\n".join(from_article(TODAY.answers))

    assert "gives 5 answers without a word (the article: raises)" in lines
    assert "are not fixed (the article: are fixed): initial weights, by NumPy's seed alone; trained weights" in lines
    assert "`model.reset_states()` is not there: reset the layers (the article: is there)" in lines
    assert "forgets" not in lines


@pytest.mark.parametrize("name", RECORDINGS)
def test_some_thirty_lines_at_most(name):
    """Of a terminal, for every installation that is known."""
    assert len(wrapped(from_article(RECORDINGS[name].answers))) <= 34


def test_what_was_recorded_is_told_beside_what_is_found():
    """One answer, several with the same words, and an error with its class and text."""
    assert [] == from_today({})
    assert ["`fit`, batch to batch, forgets (recorded: carries)"] == from_today({"fit_batch_to_batch": "fresh"})
    assert ["forgets (recorded: carries): `fit`, batch to batch; `train_on_batch`"] == from_today(
        {"fit_batch_to_batch": "fresh", "train_on_batch_carries": "fresh"}
    )
    assert ["raises ValueError “one text”: `fit`, batch to batch; a reset in `on_epoch_end`"] == from_today(
        {"fit_batch_to_batch": RAISED, "reset_in_epoch_callback": RAISED}
    )


def test_many_subjects_are_counted():
    """A line names the first ones."""
    state = [one.id for one in QUESTIONNAIRE.questions.values() if one.topic == "state"]
    (line,) = from_today(dict.fromkeys(state, RAISED))

    assert line.endswith(f"and {len(state) - 6} more")


def test_of_errors_the_class_counts_and_meaningless_questions_do_not():
    """An error with another text is the same answer; 1 is not True."""
    assert same(RAISED, {**RAISED, "text": "another"})
    assert not same(RAISED, {"error": "TypeError", "text": "one text"})
    assert same({"meaningless": "here"}, "carry")
    assert not same(1, True)


def test_control_characters_do_not_reach_the_terminal():
    """The text of an error may hold anything."""
    bad = {"error": "ValueError", "text": "a\x1b[2J\nb"}
    (line,) = from_today({"fit_batch_to_batch": bad, "train_on_batch_carries": bad})

    assert "a\ufffd[2J b" in line
