"""Sentences of an article: where each begins and ends, in the language it is written in.

One rule for selecting, numbering and counting. pysbd knows the abbreviations of some two dozen
languages; the others, and very long blocks, follow a rule of punctuation.
"""

from postil.sentences.splitting import number_in, sentences_at, sentences_in

__all__ = ["number_in", "sentences_at", "sentences_in"]
