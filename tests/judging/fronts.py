"""A front page made by hand, of the claims in `ledgers.everything`."""

from __future__ import annotations

from ledgers import ONE_CHAR, STATE, WINDOWS

from lstm_lab.judging.claims.front_page import (
    Carried,
    FrontPage,
    GlanceRow,
    Part,
    PrintedFigure,
    Question,
    Side,
    Symptom,
)

LEARNS = "one-char/does-not-learn"
STEPS = "windows/steps-beat-features"
K_TO_B = "state/k-predicts-b"

FRONT = FrontPage(
    title="Letters & states",
    author="Ada",
    year=2016,
    url="https://example.org/letters",
    answer=Carried("**Time steps win.**", supported=(STEPS,)),
    questions=(
        Question("How many are right?", Carried("{stated_hold} of {stated}.")),
        Question("And from K?", Carried("B ([why](#state--k-predicts-b)).", supported=(K_TO_B,))),
    ),
    glance=(
        GlanceRow(
            "Features / steps",
            STEPS,
            (Side("features", STEPS, "baseline"), Side("steps", STEPS, "treatment")),
            Carried("steps win", supported=(STEPS,)),
        ),
        GlanceRow("One letter", LEARNS, (Side("learned", LEARNS, "holds"),), Carried("hardly", supported=(LEARNS,))),
    ),
    printed=(PrintedFigure("one letter", "84 %", STEPS, "baseline", LEARNS),),
    lessons=(Carried("Give time steps.", supported=(STEPS,)),),
    parts=(
        Part((ONE_CHAR,), "one-char", "One letter", Carried("not learned", supported=(LEARNS,))),
        Part((WINDOWS,), "windows", "Windows", Carried("better as steps", supported=(STEPS,))),
        Part((STATE,), "state", "State", Carried("it begins anew", supported=(K_TO_B,))),
    ),
    symptoms=(
        Symptom("It forgets after `reset`", (K_TO_B, "state/warm-up")),
        Symptom("It does not learn", (LEARNS,)),
    ),
)
