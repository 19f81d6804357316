from guanxi.foundation import starting


class Push(starting.StartingApp):
    name = "guanxi.foundation.push"
    label = "push"
