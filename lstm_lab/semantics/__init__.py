"""What Keras itself does, by version and backend: asked by a probe, recorded, and told in words.

Needs nothing of the lab's own dependencies, and Python 3.8 alone (the probe: 2.7).
"""

from lstm_lab.semantics.questions import Question, Questionnaire
from lstm_lab.semantics.recordings import Recording, RecordingError, read_recordings
from lstm_lab.semantics.report_table import Phrases, Table, differences_table, errors_today, then_now_elsewhere
