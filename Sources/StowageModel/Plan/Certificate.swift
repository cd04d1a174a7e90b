/// What somebody without a solver needs to check the bounds of a plan.
public struct Certificate: Hashable, Sendable {
  /// Weights that bound the number of moves, for the proof `move-weights`.
  public var moveWeights: MoveWeights?
  /// Weights that bound the highest utilisation, for the proof `level-weights`.
  public var levelWeights: LevelWeights?
  /// Prices that bound the power or the cost of the hosts on, for the proof `host-prices`.
  public var hostPrices: HostPrices?
  /// Prices that bound the memory that stays where it is, for the proof `keep-prices`.
  public var keepPrices: KeepPrices?
  /// Prices that bound the nights that waves need, for the proof `night-prices`.
  public var nightPrices: NightPrices?

  /// A certificate of its parts.
  public init(
    moveWeights: MoveWeights? = nil, levelWeights: LevelWeights? = nil, hostPrices: HostPrices? = nil,
    keepPrices: KeepPrices? = nil, nightPrices: NightPrices? = nil
  ) {
    self.hostPrices = hostPrices
    self.keepPrices = keepPrices
    self.nightPrices = nightPrices
    self.moveWeights = moveWeights
    self.levelWeights = levelWeights
  }

  /// Hosts whose room has the same prices.
  public struct RoomPrices: Hashable, Sendable {
    /// The hosts.
    public var hosts: [Host.ID]
    /// Price of one unit of each ``Resource``, in the parts that the proof counts in; resources without one are
    /// free.
    public var perUnit: [Resource: Int64]

    /// Hosts and their prices.
    public init(hosts: [Host.ID], perUnit: [Resource: Int64]) {
      self.hosts = hosts
      self.perUnit = perUnit
    }
  }

  /// A price for each move group; the guide *Proofs* says what they prove.
  public struct NightPrices: Hashable, Sendable {
    /// The price of the group of each VM named here; groups of which none is named are free.
    public var ofGroup: [VM.ID: Int]

    /// Prices.
    public init(ofGroup: [VM.ID: Int]) {
      self.ofGroup = ofGroup
    }
  }

  /// Prices for the room of hosts that draw power or cost money; the guide *Proofs* says what they prove.
  public struct HostPrices: Hashable, Sendable {
    /// Parts of a W, or of a unit of money, in which prices are counted.
    public static let scale = 1e12
    /// Prices of some hosts; a host of none has its room for nothing.
    public var groups: [RoomPrices]

    /// Prices.
    public init(groups: [RoomPrices]) {
      self.groups = groups
    }
  }

  /// Prices for the room of hosts that keep VMs; the guide *Proofs* says what they prove.
  public struct KeepPrices: Hashable, Sendable {
    /// Parts of a MiB in which prices are counted.
    public static let scale = 1e9
    /// What one host that is on costs, in these parts.
    public var hostBillionths: Int64
    /// Prices of some hosts; a host of none has its room for nothing.
    public var groups: [RoomPrices]

    /// Prices.
    public init(hostBillionths: Int64, groups: [RoomPrices]) {
      self.hostBillionths = hostBillionths
      self.groups = groups
    }
  }

  /// A level that the allowed moves cannot bring every host under, and the weights that show it.
  public struct LevelWeights: Hashable, Sendable {
    /// The level in millionths of each capacity.
    public var millionths: Int
    /// Weights that count the moves it takes at least.
    public var weights: MoveWeights

    /// A level and its weights.
    public init(millionths: Int, weights: MoveWeights) {
      self.millionths = millionths
      self.weights = weights
    }
  }

  /// An integer weight for each size of VM; the guide *Proofs* says what they prove.
  public struct MoveWeights: Hashable, Sendable {
    /// One size.
    public struct Size: Hashable, Sendable {
      /// The amount of each of the resources, in units of ``Resource``.
      public var amounts: [Int64]
      /// What a VM of this size or larger weighs, in parts of a move.
      public var weight: Int

      /// A size and its weight.
      public init(amounts: [Int64], weight: Int) {
        self.amounts = amounts
        self.weight = weight
      }
    }

    /// Parts of a move in which weights are counted.
    public var scale: Int
    /// The two or three resources in which sizes are measured.
    public var resources: [Resource]
    /// Units of each of the resources that are counted together as one cell.
    public var cells: [Int64]
    /// The sizes.
    public var sizes: [Size]
    /// What they prove, in parts of a move, before it is rounded up to whole moves.
    public var total: Int

    /// Weights of their parts.
    public init(scale: Int, resources: [Resource], cells: [Int64], sizes: [Size], total: Int) {
      self.scale = scale
      self.resources = resources
      self.cells = cells
      self.sizes = sizes
      self.total = total
    }
  }
}
