"""Joins `judging` and `training` in pytest: trained models as fixtures, progress lines, plans; for any article."""
