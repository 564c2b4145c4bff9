"""The running application: the only package that talks to the network, the clock and the terminal."""
