"""What comes next: ranked events, questions with probabilities, and the score of every forecast.

Start at `history` (the one table that all read), then `forecast.answer` (questions), `desk.next_ones` (who or which act is
next), `backtest.roll` and `score_all` (how good such answers were), `room.history_from_incidents` and
`tables.read_table` (where histories come from). Nothing heavy is imported here.
"""
