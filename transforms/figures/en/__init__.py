"""English figures: the words, rules and tests of the language, over the engine one level up."""
