"""What if one of them moved differently: graph-model games and spatial bargaining, with the grounds for every line."""
