"""Exports of news databases: Nexis, Factiva, ProQuest, Europresse, in their containers."""
