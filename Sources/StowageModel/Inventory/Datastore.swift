/// A place where disks lie.
public struct Datastore: Hashable, Sendable {
  /// The unique name.
  public var id: String
  /// The name shown to people.
  public var name: String?
  /// The data center.
  public var site: String?
  /// The kind, as the inventory says it (VMFS, NFS, lvm, …).
  public var type: String?
  /// Size in GiB.
  public var capacityGiB: Double?
  /// In use, in GiB.
  public var usedGiB: Double?
  /// Promised, in GiB.
  public var provisionedGiB: Double?
  /// Whether several hosts reach it.
  public var isShared: Bool?
  /// The hosts that reach it.
  public var hosts: [Host.ID]
  /// Columns that Stowage does not know, by their header.
  public var attributes: [String: String]

  /// A datastore of which only the name is known.
  public init(id: String) {
    self.id = id
    hosts = []
    attributes = [:]
  }
}
