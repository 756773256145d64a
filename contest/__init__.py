"""The contest: one package a part of the year, in the order of the year.

editions → letters → judging and winners → results; arrows point back only.
"""
