"""The wing that trains: problems, experiments, the compiled loop, the store. Never imports the judging wing."""
