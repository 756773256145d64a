"""What is printed: checklists, lists of wants, album pages. Typst sets them; where each mount stands is computed here. Pure."""
