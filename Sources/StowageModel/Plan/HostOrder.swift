/// Hosts that do not exist yet and hold VMs at the end of a plan: what to order, and what that costs.
public struct HostOrder: Hashable, Sendable {
  /// Hosts of one type for one site.
  public struct Item: Hashable, Sendable {
    /// The type, by its name in the price list.
    public var type: String
    /// The site that they are for; `nil` for none.
    public var site: String?
    /// The names under which the plan places VMs on them, ascending.
    public var hosts: [Host.ID]
    /// The price of one; `nil` where the list states only a cost a month.
    public var price: Double?
    /// What one costs a month.
    public var costPerMonth: Double

    /// Hosts of a type.
    public init(type: String, site: String?, hosts: [Host.ID], price: Double?, costPerMonth: Double) {
      self.type = type
      self.site = site
      self.hosts = hosts
      self.price = price
      self.costPerMonth = costPerMonth
    }
  }

  /// The types, in ascending order of site and name.
  public var items: [Item]
  /// The currency, in the words of the price list; `nil` where it does not say.
  public var currency: String?
  /// The price of all of them; `nil` where some type states none.
  public var price: Double?
  /// What all of them cost a month.
  public var costPerMonth: Double
  /// What the hosts that exist and hold VMs at the end cost a month, beside them.
  public var keptCostPerMonth: Double
  /// No plan's hosts on, those that exist among them, cost less a month; `nil` when nothing is proved.
  public var leastCostPerMonth: Double?

  /// An order of its parts.
  public init(
    items: [Item], currency: String?, price: Double?, costPerMonth: Double, keptCostPerMonth: Double,
    leastCostPerMonth: Double?
  ) {
    self.items = items
    self.currency = currency
    self.price = price
    self.costPerMonth = costPerMonth
    self.keptCostPerMonth = keptCostPerMonth
    self.leastCostPerMonth = leastCostPerMonth
  }
}
