"""The seeds: from files to checked, typed rows, to figures tied to their sentences, to frames."""
