"""What knows no noun of the business: text, dates, numbers, identifiers, money, ids, errors."""
