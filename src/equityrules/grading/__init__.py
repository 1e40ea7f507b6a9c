"""From findings and awards to grades: of a criterion, of a group, of the whole."""
