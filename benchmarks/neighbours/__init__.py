"""How the site answers while each of its neighbours is silent."""
