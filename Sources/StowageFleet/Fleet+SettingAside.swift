public import StowageModel

extension Fleet {
  /// One resource of one host.
  public struct HostLoad: Hashable, Sendable {
    /// The host, by index.
    public let host: Int
    /// The resource.
    public let resource: Resource

    /// A resource of a host.
    public init(host: Int, _ resource: Resource) {
      self.host = host
      self.resource = resource
    }
  }

  /// The same fleet with some loads left out of the highest utilisation, so that a search sees what can be lowered behind
  /// those that cannot. Limits stay as they are.
  public func settingAside(_ loads: some Sequence<HostLoad>) -> Fleet {
    var fleet = self
    for load in loads { fleet.levelled[load.host][load.resource] = nil }
    return fleet
  }
}
