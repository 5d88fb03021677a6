"""What does a person look at?

A lake as a static site: every number on it leads to the sentence that it was read from. Modules
that make pages have a function ``pages(site)`` which gives the files one by one;
:mod:`pages.build` puts them in place.
"""
