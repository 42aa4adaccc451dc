"""The whole charter as a file, in every format, over HTTP."""
