from guanxi.foundation import starting


class Transfer(starting.StartingApp):
    name = "guanxi.integration.transfer"
    label = "transfer"
