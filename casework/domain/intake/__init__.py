"""Collecting the facts of a matter, as plain rules over a draft: no storage, no words of its own.

``topic`` is what is asked (data), ``words`` what a short message means, ``answers`` how an answer is
read, ``mining`` what a narrative already tells, ``corrections`` how people take something back,
``answering`` and ``silence`` what an answer does and what none does, ``agenda`` what is next,
``probing`` the few questions of the matter's own topic, ``interview`` the order of it all.
"""
