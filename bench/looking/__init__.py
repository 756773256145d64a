"""Looking a stamp up by its picture: photographs made out of pictures, and rivals that look for them."""
