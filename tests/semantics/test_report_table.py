"""What a report tells of the recordings."""

from dataclasses import replace

from recorded import ON_JAX, QUESTIONNAIRE, RECORDINGS, SOFTWARE, TODAY

from lstm_lab.semantics import differences_table, errors_today, then_now_elsewhere


def test_the_table_has_a_row_for_each_difference_that_matters():
    """About ten, in columns from 2016 to today, in words."""
    table = differences_table(QUESTIONNAIRE, RECORDINGS)
    rows = {row[0]: row[1:] for row in table.rows}

    assert ["", "2016: Keras 1.0.6, Theano"] == table.headings[:2]
    assert "today: Keras 3.15.1, JAX" == table.headings[4]
    assert 8 <= len(rows) <= 16
    assert {len(table.headings)} == {len(row) for row in table.rows}
    assert ["carries", "carries", "carries", "forgets"] == rows["`fit`: the state from batch to batch"][:4]
    assert ["raises", "raises", "9 answers", "raises"] == rows["`predict` of 7 samples, built for 3"][:4]
    # A row whose cells are all alike is of no difference.
    assert [] == [row[0] for row in table.rows if len(set(row[1:])) == 1]


def test_it_is_computed_from_the_recordings():
    """Another answer is another cell."""
    other = replace(ON_JAX, answers={**ON_JAX.answers, "fit_batch_to_batch": "carry"})
    table = differences_table(QUESTIONNAIRE, {**RECORDINGS, ON_JAX.name: other})

    assert ["carries"] * 4 == table.rows[0][1:5]


def test_then_now_and_elsewhere():
    """A phrase each; where answers are not alike, each with its subject."""
    found = then_now_elsewhere(["fit_batch_to_batch"], QUESTIONNAIRE, RECORDINGS)

    assert ("carries", "carries") == found[:2]
    assert "JAX: forgets" in found.elsewhere

    found = then_now_elsewhere(["predict_call_to_call", "model_call_carries"], QUESTIONNAIRE, RECORDINGS)
    assert "carries (`predict`, call to call), – (`model(x)` after `model(x)`)" == found.then
    assert "carries" == found.now
    assert "JAX: forgets (`predict`, call to call), carries (`model(x)` after `model(x)`)" in found.elsewhere


def test_backends_that_answer_alike_are_named_together():
    """And nothing is said of no question."""
    alike = dict.fromkeys(RECORDINGS, TODAY) | {SOFTWARE.name: SOFTWARE, ON_JAX.name: ON_JAX}
    others = [name for _, name in QUESTIONNAIRE.columns if name not in (SOFTWARE.name, TODAY.name)]
    alike |= {name: replace(ON_JAX, versions={**ON_JAX.versions, "backend": "torch"}) for name in others[-1:]}
    found = then_now_elsewhere(["fit_batch_to_batch"], QUESTIONNAIRE, alike)

    assert "JAX and torch: forgets" == found.elsewhere


def test_errors_of_today_are_told_as_they_read():
    """Class and text, each once, shortened, without the numbers that Keras puts behind names of layers."""
    found = errors_today(["evaluate_1_default", "fit_batch_to_batch", "evaluate_5_1"], QUESTIONNAIRE, RECORDINGS)

    assert found[0].startswith("ValueError: Input tensor `sequential/lstm/ReadVariableOp:0` enters the loop with shape")
    assert 1 == sum("If an RNN is stateful, the batch size" in message for message in found)
    assert all(len(message) < 200 for message in found)


def test_what_raises_nowhere_has_no_error():
    """Nor has no question."""
    assert () == errors_today(["rows_share_state"], QUESTIONNAIRE, RECORDINGS)
    assert () == errors_today([], QUESTIONNAIRE, RECORDINGS)
