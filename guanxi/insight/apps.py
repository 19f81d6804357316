from guanxi.foundation import starting


class Insight(starting.StartingApp):
    name = "guanxi.insight"
    label = "insight"
