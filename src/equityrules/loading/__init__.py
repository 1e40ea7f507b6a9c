"""From files to frozen values: frameworks, profiles and evidence, checked as code is compiled."""
