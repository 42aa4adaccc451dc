"""The door of the admin: how often one may try, how long a session holds, who is told of what happens there."""
