"""An invented pipeline whose deals are won by the throw of a coin: whoever scores it has found noise."""

import numpy as np

from guanxi.analytical.scoring import Features, Signal, assess
from tests.truths.conftest import beside


def test_deals_that_nothing_foretells_get_no_score() -> None:
    deals = beside("maven_crm/sales_pipeline.parquet").to_pandas()
    deals = deals[deals["deal_stage"].isin(["Won", "Lost"])]
    deals["product"] = deals["product"].replace("GTXPro", "GTX Pro")
    deals = deals.merge(beside("maven_crm/accounts.parquet").to_pandas(), how="left", on="account")
    deals = deals.merge(beside("maven_crm/sales_teams.parquet").to_pandas(), how="left", on="sales_agent")
    deals = deals.merge(beside("maven_crm/products.parquet").to_pandas(), how="left", on="product")
    won = (deals["deal_stage"] == "Won").to_numpy(float)
    assert round(won.mean() * 100, 2) == 63.15
    numbers = {
        name: deals[name].to_numpy(float) for name in ("year_established", "revenue", "employees", "sales_price")
    }
    texts = ("sales_agent", "product", "account", "sector", "office_location", "manager", "regional_office", "series")
    features = Features.of(numbers, {name: deals[name].tolist() for name in texts})
    for seed in (1, 2, 3):
        found = assess(features, won, seed=seed, order=deals["engage_date"].rank().to_numpy() if seed == 3 else None)
        assert (found.signal, found.model) == (Signal.NONE, None)
        assert np.mean(found.fold_aucs) < 0.53
