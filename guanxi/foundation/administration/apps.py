from guanxi.foundation import starting


class Administration(starting.StartingApp):
    name = "guanxi.foundation.administration"
    label = "administration"
