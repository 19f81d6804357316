from guanxi.foundation import starting


class Channels(starting.StartingApp):
    name = "guanxi.collaborative.channels"
    label = "channels"
