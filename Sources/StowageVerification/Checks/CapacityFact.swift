public import StowageModel

/// A host holds more of a resource than it may.
public struct CapacityFact: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// Of what.
  public var resource: Resource
  /// How CPU is counted in this plan.
  public var cpu: CPUCounting
  /// How much, in the unit of the resource.
  public var load: Int64
  /// The capacity, or the load at the start if that is more.
  public var limit: Int64
  /// The hour of the week, from Monday 0:00 UTC, where the resource is counted by the hour.
  public var hour: Int?
  /// Whether the limit is the load at the start, which is above the capacity.
  public var isLimitedByStart: Bool
  /// Who holds what; empty when there are so many findings that nobody would read it.
  public var holders: [Holder]
}

extension CapacityFact: FactWording {
  var code: FindingCode { .capacity }

  var sentence: String {
    let words = AmountWords(resource: resource, cpu: cpu)
    let start = isLimitedByStart ? " at the start" : ""
    let when = hour.map { " on \(WeekProfile.name(ofHour: $0))" } ?? ""
    let head = "host \(Words.name(host)) holds \(words.share(load, of: limit))\(start)\(when)"
    guard !holders.isEmpty else { return head }
    return "\(head): \(Words.list(holders.map { item($0, words) }))"
  }

  private func item(_ holder: Holder, _ words: AmountWords) -> String {
    let amount = words.amount(holder.amount, besides: load, of: limit)
    switch holder.presence {
    case .resident: return "\(Words.name(holder.vm)) \(amount)"
    case .arriving(let move): return "\(Words.name(holder.vm)) (arriving, \(Words.name(move))) \(amount)"
    case .leaving(let move): return "\(Words.name(holder.vm)) (leaving, \(Words.name(move))) \(amount)"
    }
  }
}

extension FindingCode {
  /// A host holds more of a resource than its capacity, and than at the start.
  public static let capacity = FindingCode(rawValue: "verify.capacity")

  static let capacityCodes: [FindingCode] = [.capacity]
}
