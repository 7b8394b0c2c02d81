"""Whether an installation is fit to run: each module looks at one thing and changes nothing.

A diagnosis is one line that says what was found and, where that is wrong, what to do.
"""

from cs_pipeline.doctor.diagnosis import Diagnosis, Examination

__all__ = ["Diagnosis", "Examination"]
