"""Claims: their declaration, source, seeds and controls, and the statements that no claim measures."""

from lstm_lab.judging.claims.claim import STANCES, Claim, ClaimError, Stance
from lstm_lab.judging.claims.controls import (
    DECLARE_PLANTED,
    UNTRAINED,
    Control,
    Kind,
    exempt,
    must_hold,
    peeking_error,
    reason_not_broken,
    validation_error,
)
from lstm_lab.judging.claims.declaration import UNCOLLECTED, Declaration, case, forget_collected
from lstm_lab.judging.claims.fingerprint import claim_fingerprint
from lstm_lab.judging.claims.front_page import (
    COUNTS,
    FRONT_PAGE,
    Carried,
    FrontPage,
    GlanceRow,
    Part,
    PrintedFigure,
    Question,
    Side,
    Symptom,
    front_page_error,
)
from lstm_lab.judging.claims.naming import with_sides
from lstm_lab.judging.claims.seeds import (
    DEFAULT_SEEDS,
    MOST_SEEDS,
    Seed,
    SeedCount,
    Seeds,
    control_part,
    node_part,
    seed_name,
    seeds_error,
)
from lstm_lab.judging.claims.source import SOURCES, Comment, Link, Section, Source, Voice
from lstm_lab.judging.claims.untested import OUTLINE, UNTESTED, Paragraphs, Untested, place_error
from lstm_lab.judging.claims.validation import CLAIM_ID, LONGEST_NAME, text_error, untested_error
