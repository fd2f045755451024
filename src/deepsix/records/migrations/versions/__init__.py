"""The steps. One that has been released is never edited: a change of the tables is a new step."""
