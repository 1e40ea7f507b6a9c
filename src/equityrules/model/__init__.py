"""The nouns of the field as frozen values: periods, scales, evidence, frameworks, results."""
