"""What may leave the house: names off, unsafe amounts withheld, and a check that nothing withheld is left in any file.

The rules are those of statistical disclosure control for magnitude tables of enterprises: a threshold, a dominance rule
and secondary suppression. Source: Hundepool, Domingo-Ferrer, Franconi, Giessing, Lenz, Naylor, Schulte Nordholt, Seri,
de Wolf, Handbook on Statistical Disclosure Control (ESSnet SDC, 2010), chapters 4.2 (magnitude tables) and 4.3
(secondary suppression).
"""

from zonereport.disclosure.check import Checked, checked
from zonereport.disclosure.edition import Public, public_edition

__all__ = ["Checked", "Public", "checked", "public_edition"]
