"""Each kind of evidence: when it speaks, how sure, and when it says nothing."""
