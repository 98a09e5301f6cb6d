"""The check as plain functions of plain data: no database, no web, no language.

`facts` says what is looked at, `relations` how two categories stand to each other, `judging` what a
case touches, `people` who may not serve it, `weighing` what follows. Sentences are pairs of a code
and its fillings; conflicts/because.py speaks them.
"""
