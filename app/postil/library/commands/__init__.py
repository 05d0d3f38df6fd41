"""The commands: one small value for each thing a person can change; see `postil.library`."""
