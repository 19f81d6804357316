from guanxi.foundation import starting


class Marketing(starting.StartingApp):
    name = "guanxi.operational.marketing"
    label = "marketing"
