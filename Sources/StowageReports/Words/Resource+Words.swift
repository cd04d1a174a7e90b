public import StowageModel

extension Resource {
  /// The resource's name in running text.
  public var name: String {
    switch self {
    case .cpu: "CPU"
    case .memory: "memory"
    case .network: "network"
    case .localDisk: "local disk"
    case .slots: "VM slots"
    case .gpus: "GPUs"
    }
  }

  /// An amount in the unit that people use: vCPUs or GHz, GiB, Gb/s, a count.
  public func amount(_ amount: Int64, counting cpu: CPUCounting) -> String {
    let value = Double(amount)
    switch self {
    case .cpu:
      switch cpu {
      case .vcpu: return "\(Units.decimal(value / 1000, digits: amount % 1000 == 0 ? 0 : 1)) vCPUs"
      case .mhz: return "\(Units.decimal(value / 1_000_000, digits: 1)) GHz"
      }
    case .memory, .localDisk: return Units.gibibytes(fromMiB: value / 1024)
    case .network: return "\(Units.decimal(value / 1_000_000, digits: 2)) Gb/s"
    case .slots: return Units.count(Int(amount), "VM")
    case .gpus: return Units.count(Int(amount), "GPU")
    }
  }
}
