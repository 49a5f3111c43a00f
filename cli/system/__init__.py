"""The running system as a set of processes: what is started, in which order, and how it stops."""
