"""The patient's site: plain pages rendered on the server, for people in care and for who stands in for them."""
