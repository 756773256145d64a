"""The search against rivals, on made records: corpus, questions, engines, and the run that sets them side by side."""
