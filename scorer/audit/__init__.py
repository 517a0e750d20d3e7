"""Many reports at once: who submitted, what each lacks, who copied from whom, what became of last year's plan."""
