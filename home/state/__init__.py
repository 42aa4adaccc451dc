"""How the system is: for machines that send requests, and for the people who look after it."""
