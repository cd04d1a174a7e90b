import StowageModel

/// Amounts of a resource in the unit that an operator uses for it.
struct AmountWords {
  /// A unit as shown.
  private struct Scale {
    /// Units of ``StowageModel/Resource`` in one of these.
    let factor: Double
    let unit: String
  }

  let resource: Resource
  let cpu: CPUCounting

  /// From coarse to exact.
  private var scales: [Scale] {
    switch resource {
    case .cpu where cpu == .vcpu: [Scale(factor: 1000, unit: "vCPUs")]
    case .cpu: Self.steps(1000, ["GHz", "MHz", "kHz"])
    case .memory, .localDisk: Self.steps(1024, ["GiB", "MiB", "KiB"])
    case .network: Self.steps(1000, ["Gb/s", "Mb/s", "kb/s"])
    case .slots: [Scale(factor: 1, unit: "VMs")]
    case .gpus: [Scale(factor: 1, unit: "GPUs")]
    }
  }

  private static func steps(_ step: Double, _ units: [String]) -> [Scale] {
    zip([step * step, step, 1], units).map { Scale(factor: $0, unit: $1) }
  }

  /// ` memory`, for resources whose unit does not tell what is meant.
  private var noun: String {
    switch resource {
    case .cpu: cpu == .vcpu ? "" : " CPU"
    case .memory: " memory"
    case .network: " network"
    case .localDisk: " local disk"
    case .slots, .gpus: ""
    }
  }

  /// `66.0 GiB of 64.0 GiB memory`, in the coarsest unit in which the two differ.
  func share(_ load: Int64, of limit: Int64) -> String {
    let scale = scale(for: load, and: limit)
    return "\(text(load, scale)) of \(text(limit, scale))\(noun)"
  }

  /// `32.0 GiB`, in the unit that ``share(_:of:)`` uses.
  func amount(_ amount: Int64, besides load: Int64, of limit: Int64) -> String {
    text(amount, scale(for: load, and: limit))
  }

  private func scale(for left: Int64, and right: Int64) -> Scale {
    let scales = scales
    let telling = left == right ? scales.first : scales.first { text(left, $0) != text(right, $0) }
    return telling ?? scales.last ?? Scale(factor: 1, unit: "units")
  }

  private func text(_ amount: Int64, _ scale: Scale) -> String {
    let value = Double(amount) / scale.factor
    switch resource {
    case .slots, .gpus: return "\(amount) \(scale.unit)"
    case .cpu where cpu == .vcpu: return "\(Words.number(value, decimals: 3)) \(scale.unit)"
    case .cpu, .memory, .network, .localDisk:
      return scale.factor == 1 ? "\(amount) \(scale.unit)" : "\(Words.oneDecimal(value)) \(scale.unit)"
    }
  }
}
