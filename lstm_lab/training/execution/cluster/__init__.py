"""Jobs on other machines: a plan is sent to the workers of a Dask cluster, and what they answer is checked and stored.

`asking` runs in the process that has the plan. On a worker, `worker` passes each job on to a `process` of its own; its
software must be that of the asking side, see `software`.
"""

from lstm_lab.training.execution.cluster.cluster import Cluster, check
from lstm_lab.training.execution.cluster.connection import ClusterError, end_run, local_cluster, local_size
