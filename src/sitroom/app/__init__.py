"""What the faces use: settings, reading reports into a room, and the answers they may ask for."""
