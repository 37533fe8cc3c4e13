"""A pytest session with claims: collection, measurement, judging, and the exchange between its processes."""

from lstm_lab.judging.session.collection import INVENTORY, Inventory
from lstm_lab.judging.session.exchange import record_facts
from lstm_lab.judging.session.given import SOFTWARE, YOUR_KERAS
from lstm_lab.judging.session.marks import claim_of, claim_tests, control_of
from lstm_lab.judging.session.observe import SUBJECTS
from lstm_lab.judging.session.places import seeds_of_run
from lstm_lab.judging.session.plot_collection import collect_plots
