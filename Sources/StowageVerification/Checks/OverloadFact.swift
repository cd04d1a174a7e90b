public import StowageModel

/// A host is still above its capacity when a repair has ended.
public struct OverloadFact: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// Of what.
  public var resource: Resource
  /// How CPU is counted in this plan.
  public var cpu: CPUCounting
  /// How much, in the unit of the resource.
  public var load: Int64
  /// What it may hold.
  public var limit: Int64
  /// The hour of the week, from Monday 0:00 UTC, where the resource is counted by the hour.
  public var hour: Int?
  /// How many VMs it holds.
  public var vms: Int
}

extension OverloadFact: FactWording {
  var code: FindingCode { .overload }

  var sentence: String {
    let words = AmountWords(resource: resource, cpu: cpu)
    let when = hour.map { " on \(WeekProfile.name(ofHour: $0))" } ?? ""
    return
      "host \(Words.name(host)) still holds \(words.share(load, of: limit))\(when) when the repair has ended"
  }
}

extension FindingCode {
  /// A host is still above its capacity when a repair has ended.
  public static let overload = FindingCode(rawValue: "verify.overload")

  static let overloadCodes: [FindingCode] = [.overload]
}
