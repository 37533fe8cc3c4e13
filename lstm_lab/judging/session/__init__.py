"""One run of pytest: collecting claims, measuring, judging, and the processes that share it."""

from lstm_lab.judging.session.collection import INVENTORY, Inventory, claim_tests
from lstm_lab.judging.session.exchange import record_facts
from lstm_lab.judging.session.observe import SUBJECTS
from lstm_lab.judging.session.plot_collection import collect_plots
