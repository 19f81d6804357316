from guanxi.customer.models import Party


def proper_survivor(*parties: Party) -> Party:
    """Who best stays when these are one: somebody whom a colleague looks after, else the one known longest.

    Owner and team stay with their own party through a merge, so that its undoing finds them; the survivor's count.
    """
    return min(parties, key=lambda party: (party.owner_id is None, party.created_at, party.pk))
