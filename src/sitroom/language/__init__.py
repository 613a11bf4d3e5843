"""What the text says: sentences, parses, names, places, dates. The only home of the spaCy model."""
