import StowageCosts
import StowageModel

@testable import StowageSequencing

/// A cost model for the head: a live move takes memory by rate and nothing else; a running VM that
/// is stopped takes 30 s to shut down and 60 s to boot; a VM that is off takes 1 s to register.
///
/// The label `hot` marks a VM whose rate must not be shared.
struct PlainForecaster: MoveForecasting {
  var slotLimits = SlotLimits()
  /// The most that a stream carries, in tenths of MiB/s.
  var streamTenths = Int.max

  func preferred(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> MoveOption? {
    if vm.powerState == .on, vm.allowedTechniques?.contains(.preCopy) ?? true { return live(vm, path) }
    return cold(vm, from: from, to: to, on: path)
  }

  private func live(_ vm: VM, _ path: PathRate) -> MoveOption? {
    let rate = min(path.tenths, streamTenths)
    guard rate > 0 else { return nil }
    let duration = Int((vm.memoryMiB * 10_000 / Double(rate)).rounded(.up))
    return MoveOption(
      manner: Manner(.preCopy), rateTenths: rate, duration: duration, releasedAfter: duration,
      reservedAfter: 0, slots: 1, downtime: 100, bearsSharing: vm.labels["hot"] == nil,
      estimate: estimate(mib: vm.memoryMiB, downtime: 100), rejected: [])
  }

  func cold(_ vm: VM, from: Host, to: Host, on path: PathRate) -> MoveOption? {
    guard vm.allowedTechniques?.contains(.cold) ?? true else { return nil }
    let isOn = vm.powerState == .on
    return MoveOption(
      manner: Manner(.cold), rateTenths: 0, duration: isOn ? 90_000 : 1000, releasedAfter: isOn ? 30_000 : 0,
      reservedAfter: isOn ? 30_000 : 1000, slots: 1, downtime: isOn ? 90_000 : 0, bearsSharing: true,
      estimate: estimate(mib: 0, downtime: isOn ? 90_000 : 0), rejected: [])
  }

  private func estimate(mib: Double, downtime: Double) -> MoveEstimate {
    MoveEstimate(
      bytesMiB: mib, downtimeMilliseconds: downtime, rounds: 1, lowSeconds: 0, highSeconds: 0,
      guestSlowdownSeconds: 0, lossProbability: 0)
  }

  func obstacles(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> [RejectedTechnique] {
    Technique.allCases.map { RejectedTechnique($0, because: "not allowed") }
  }

  func facts(_ vm: VM, from: Host, to: Host, by manner: Manner) -> TechniqueFacts? {
    guard vm.allowedTechniques?.contains(manner.technique) ?? true,
      vm.powerState == .on || manner.technique == .cold
    else {
      return nil
    }
    return TechniqueFacts(storage: .none, rateLimit: Double(streamTenths) / 10, slots: 1)
  }

  func seconds(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond: Double,
    roundTripMilliseconds: Double?
  ) -> Double? {
    least(
      vm, by: manner, storage: storage, mibPerSecond: mibPerSecond...mibPerSecond,
      roundTripMilliseconds: roundTripMilliseconds
    )?.seconds
  }

  func least(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond rates: ClosedRange<Double>,
    roundTripMilliseconds: Double?
  ) -> LeastMove? {
    guard vm.powerState == .on else { return LeastMove(mib: 0, seconds: 1) }
    guard manner.technique.isLive else { return LeastMove(mib: 0, seconds: 90) }
    return LeastMove(mib: vm.memoryMiB, seconds: vm.memoryMiB / rates.upperBound)
  }
}
