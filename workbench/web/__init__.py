"""The edge: server, sign-in, sessions, sockets, headers, safe text. Knows no screen, no page and no portal."""
