"""Linking: what reports share. Pure; it is given digests and never queries.

``digest`` makes of a reading what linking needs; ``link`` judges a new digest against candidates, which are found by
the keys ``sought`` and ranked by ``key_weight``, ``link_all`` several; ``cluster`` makes copies, events and stories of
judgements; ``origin_of`` traces a claim.
"""

from __future__ import annotations

from onrecord.linking.clusters import Linkage, cluster, cluster_id, is_machine
from onrecord.linking.copies import shared_passages, shared_share
from onrecord.linking.digests import digest, key_weight, sought
from onrecord.linking.linker import link, link_all
from onrecord.linking.origins import family_of, independent, origin_of, outlet_key, use_families
from onrecord.linking.outlet_lines import headline_key, report_lines, with_boilerplate

__all__ = [
    "Linkage",
    "cluster",
    "cluster_id",
    "digest",
    "family_of",
    "headline_key",
    "independent",
    "is_machine",
    "key_weight",
    "link",
    "link_all",
    "origin_of",
    "outlet_key",
    "report_lines",
    "shared_passages",
    "shared_share",
    "sought",
    "use_families",
    "with_boilerplate",
]
