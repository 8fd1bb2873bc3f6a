"""What leaves on paper: sheets laid out as PDF. Knows no practice and no form; it is given words and sets them."""
