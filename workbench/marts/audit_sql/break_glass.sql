-- Charts opened in an emergency, and everything that was read or done under such an opening.
(e.held = 'B' OR e.action IN (SELECT key FROM actions WHERE event IN ('emergency.opened', 'emergency.closed', 'emergency.reviewed')))
