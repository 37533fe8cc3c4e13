"""What holds for a whole process is the same after each claim as before: a claim that changes it fails alone."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = """
from lstm_lab import Section, at_least, claim

HERE = Section("Here")
"""
CLAIM = """
@claim("here/{0}", "It holds.", source=HERE, criterion=at_least(0.5))
def test_{0}(observe{1}):
    import os
    import keras
    import numpy as np
    observe({2})
    {3}
"""
AS_EVER = (
    "(keras.config.floatx(), keras.config.dtype_policy().name, keras.config.epsilon(), keras.config.max_epochs(), "
    "keras.config.image_data_format(), np.geterr()['divide'], os.environ.get('XLA_FLAGS')) "
    "== ('float32', 'float32', 1e-7, None, 'channels_last', 'warn', None)"
)
CHANGING = {
    "floatx": ("keras.config.set_floatx('float64')", "Keras's floatx left at 'float64', wanted 'float32' again: *"),
    "old": ("keras.backend.set_floatx('float16')", "Keras's floatx left at 'float16', wanted 'float32' again: *"),
    "policy": (
        "keras.mixed_precision.set_dtype_policy('mixed_float16')",
        "Keras's dtype policy left at 'mixed_float16', wanted 'float32' again: *",
    ),
    "epsilon": ("keras.config.set_epsilon(0.1)", "Keras's epsilon left at 0.1, wanted 1e-07 again: *"),
    "image": (
        "keras.config.set_image_data_format('channels_first')",
        "Keras's image_data_format left at 'channels_first', wanted 'channels_last' again: *",
    ),
    "epochs": ("keras.config.set_max_epochs(1)", "Keras's max_epochs left at 1, wanted None again: *"),
    "numpy": ("np.seterr(all='raise')", "NumPy's errors left at {*'raise'*}, wanted {*'warn'*} again: *"),
    "flags": (
        "os.environ['XLA_FLAGS'] = '--xla_cpu_max_isa=AVX'",
        "the environment's XLA_FLAGS left at '--xla_cpu_max_isa=AVX', wanted None again: *",
    ),
}


def test_settings_are_set_back_and_whoever_changed_them_fails(pytester, monkeypatch):
    """The first claim loads Keras and changes it at once; the sound one after each sees what it expects."""
    monkeypatch.delenv("XLA_FLAGS", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    claims = [HEADER]
    for name, (change, _) in CHANGING.items():
        claims += [CLAIM.format(name, "", "True", change), CLAIM.format(f"after-{name}", "", AS_EVER, "pass")]
    claims.append(CLAIM.format("careful", ", monkeypatch", "True", "monkeypatch.setenv('XLA_FLAGS', 'x')"))
    pytester.makeconftest('pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]')
    (pytester.path / "claims").mkdir()
    (pytester.path / "claims" / "test_here.py").write_text("".join(claims).replace("test_after-", "test_after_"))
    run = pytester.runpytest_subprocess("claims", "-n0", "--seeds", "1")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    for name, (_, line) in CHANGING.items():
        run.stdout.fnmatch_lines([f"error: here/{name}: 1 of 1 seeds without evidence (0): {line}"])
    found = json.loads((pytester.path / "evidence" / "report.json").read_text())["claims"]
    sound = {one["claim"]["id"] for one in found if one["status"] != "error" and one["observations"][0]["holds"]}
    assert {"here/careful"} | {f"here/after-{name}" for name in CHANGING} == sound
