from guanxi.foundation import starting


class Customer(starting.StartingApp):
    name = "guanxi.customer"
    label = "customer"
