"""What comes next: ranked events, questions with probabilities, and the score of every forecast."""
