"""What the record itself knows of every customer, bought or not: contact, consent, ways to be reached, gaps."""

from typing import Any

from guanxi.customer.models import Source
from guanxi.customer.timeline.kinds import touching_kinds
from guanxi.foundation.company.queries import current
from guanxi.insight.refresh.exchange import copy_out
from guanxi.insight.refresh.work import Work

SAID = {
    "party": "BIGINT",
    "on_record": "DOUBLE",
    "silence": "DOUBLE",
    "contacts": "DOUBLE",
    "contacts_year": "DOUBLE",
    "colleagues": "DOUBLE",
    "owned": "DOUBLE",
    "phones": "DOUBLE",
    "emails": "DOUBLE",
    "verified_emails": "DOUBLE",
    "address_parts": "DOUBLE",
    "abroad": "DOUBLE",
    "sources": "DOUBLE",
    "offers_agreed": "DOUBLE",
    "offers_refused": "DOUBLE",
    "last_failed": "DOUBLE",
    "contact_persons": "DOUBLE",
    "organisation": "DOUBLE",
}
# Spans in whole days before the moment; `silence` is null for whom nobody has contacted.
RECORD = """
WITH moment AS (SELECT %(at)s::timestamptz AS at), contact AS (
    SELECT party_id, count(*) AS ever, count(DISTINCT by_id) AS colleagues, max(e.at) AS last,
           count(*) FILTER (WHERE e.at > moment.at - interval '365 days') AS year
    FROM customer_event e, moment
    WHERE by_id IS NOT NULL AND kind = ANY(%(touching)s) AND e.at <= moment.at GROUP BY party_id
), pointer AS (
    SELECT party_id, count(DISTINCT value) FILTER (WHERE kind = 'phone') AS phones,
           count(DISTINCT value) FILTER (WHERE kind = 'email') AS emails,
           count(DISTINCT value) FILTER (WHERE kind = 'email' AND verified_at IS NOT NULL) AS verified
    FROM customer_identifier WHERE kind IN ('phone', 'email') GROUP BY party_id
), answer AS (
    SELECT party_id, count(*) FILTER (WHERE is_given) AS agreed, count(*) FILTER (WHERE NOT is_given) AS refused
    FROM (SELECT DISTINCT ON (party_id, channel) party_id, is_given FROM customer_consent c, moment
          WHERE purpose = 'offers' AND c.at <= moment.at ORDER BY party_id, channel, c.at DESC, id DESC) latest
    GROUP BY party_id
), told AS (
    SELECT party_id, count(DISTINCT source_id) FILTER (WHERE s.key <> %(own)s) AS sources
    FROM customer_sourcerecord r JOIN customer_source s ON s.id = r.source_id GROUP BY party_id
), message AS (
    SELECT DISTINCT ON (party_id) party_id, failed_at IS NOT NULL AS failed FROM customer_outbox
    WHERE sent_at IS NOT NULL OR failed_at IS NOT NULL
    ORDER BY party_id, coalesce(sent_at, failed_at) DESC, id DESC
), tie AS (
    SELECT other_id, count(DISTINCT party_id) AS persons FROM customer_relationship, moment
    WHERE kind = 'works_at' AND (until IS NULL OR until > moment.at::date) GROUP BY other_id
)
SELECT p.id, floor(extract(epoch FROM moment.at - p.created_at) / 86400),
    floor(extract(epoch FROM moment.at - contact.last) / 86400), coalesce(contact.ever, 0), coalesce(contact.year, 0),
    coalesce(contact.colleagues, 0), (p.owner_id IS NOT NULL)::int, coalesce(phones, 0), coalesce(emails, 0),
    coalesce(verified, 0), (street <> '')::int + (city <> '')::int + (postcode <> '')::int + (country <> '')::int,
    (country <> '' AND country <> %(country)s)::int, told.sources, coalesce(agreed, 0), coalesce(refused, 0),
    coalesce(message.failed, false)::int, coalesce(persons, 0), (p.kind = 'organisation')::int
FROM moment, customer_party p JOIN told ON told.party_id = p.id
LEFT JOIN contact ON contact.party_id = p.id LEFT JOIN pointer ON pointer.party_id = p.id
LEFT JOIN answer ON answer.party_id = p.id LEFT JOIN message ON message.party_id = p.id
LEFT JOIN tie ON tie.other_id = p.id
WHERE p.merged_into_id IS NULL ORDER BY p.id
"""


def read_record(work: Work) -> dict[str, Any]:
    """Writes `record`: one row for every living party with a source record, in the order of their ids."""
    company = current()
    asked = {
        "at": work.run.as_of,
        "touching": touching_kinds(),
        "own": Source.OWN,
        "country": company.country if company else "",
    }
    return {"parties": copy_out(RECORD, SAID, work.folder.record, asked)}
