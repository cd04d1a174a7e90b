print("no suite yet")
