"""Evidence: records of observations, the ledger of a run, data of plots, results of controls."""

from lstm_lab.judging.evidence.control_results import ControlResult, Shown, can_fail, can_hold
from lstm_lab.judging.evidence.editions import (
    TODAY,
    RecordedClaim,
    RecordedEdition,
    read_edition,
    read_editions,
    update_edition,
)
from lstm_lab.judging.evidence.experiment_ids import compatible_ids, shared_ids
from lstm_lab.judging.evidence.final_criteria import Final, finalized, not_final, read_finals, write_finals
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.plot_data import (
    SHARES,
    Curves,
    CurvesPanel,
    HeatmapPanel,
    Heatmaps,
    Line,
    Mark,
    PlotData,
)
from lstm_lab.judging.evidence.records import Entry, EvidenceError, Failure, Observation, ReportedValue, Run, observed
from lstm_lab.judging.evidence.run_facts import PROCESSOR, Facts, add_facts
from lstm_lab.judging.evidence.serialization import structure, unstructure
from lstm_lab.judging.evidence.your_keras import InKeras, YourKeras
