"""Readers of programs in other languages: what they read and write, by their text. Nothing is run or imported."""
