"""Measurements of the product on the machine at hand, as ratios within one run; they judge nothing."""
